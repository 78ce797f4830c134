"""What people tell of exploitation: nobody knows who they are, and something is made of it."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from families.say_something import deadlines, selectors, services, subscribers, tasks
from families.say_something.contributions import account_handover, account_work
from families.say_something.models import Account, Submission
from families.say_something.policies import may_read
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, NotVisible
from missingcases.intelligence.models import Report

pytestmark = pytest.mark.django_db
FORM = {"words": "They make him sell.", "kind": "criminal", "place": "The estate", "is_urgent": False}


@pytest.fixture
def told(caseworker) -> Account:
    return services.take_call(actor=caseworker.actor, form_token=uuid4(), **FORM)


def raised(actor, account, force, **given) -> Account:
    said = {"kind": "criminal", "force_id": force.pk, "is_urgent": False, "rang_999": False}
    return services.raise_intelligence(actor=actor, account_id=account.pk, **(said | given))


def test_no_column_could_hold_who_sent_it() -> None:
    forbidden = ("number", "sender", "ip", "address", "name", "email", "phone", "session", "agent", "contact")
    for model in (Submission, Account):
        names = {field.name for field in model._meta.get_fields()}
        assert not {name for name in names for part in forbidden if part in name.split("_")}, model


def test_a_form_becomes_one_account_and_is_emptied(charity, caseworker) -> None:
    key = uuid4()
    services.take_form(form_key=key, **(FORM | {"is_urgent": True}))
    with pytest.raises(IntegrityError), transaction.atomic():
        services.take_form(form_key=key, **FORM)
    tasks.read_submissions()
    assert services.read_submissions() == 0
    account = Account.objects.get()
    assert (account.words, account.place, account.is_urgent) == ("They make him sell.", "The estate", True)
    assert account.read_by - account.received_at == deadlines.READ_URGENT_WITHIN
    assert Submission.objects.get().body == ""
    assert "danger now" in account_work(caseworker.actor).items[0].words
    assert account_handover(caseworker.actor).items[0].words == account_work(caseworker.actor).items[0].words


def test_what_our_form_does_not_write_is_unreadable(charity) -> None:
    for body in ("[]", "{", json.dumps({**FORM, "kind": "x"})):
        Submission.objects.create(form_key=uuid4(), body=body, received_at=timezone.now())
    assert services.read_submissions() == 3
    assert not Account.objects.exists()
    assert set(Submission.objects.values_list("result", "body")) == {("unreadable", "")}


def test_a_text_is_one_account_however_often_the_provider_tells_of_it(charity) -> None:
    for _ in range(2):
        subscribers.take_text("SM123", "they hurt her", timezone.now())
    account = Account.objects.get()
    assert (account.way, account.words) == ("text", "they hurt her")
    assert account.read_by - account.received_at == deadlines.READ_WITHIN
    assert "SM123" not in str(list(Account.objects.values()) + list(AuditEvent.objects.values()))


@pytest.mark.parametrize(
    ("change", "field"),
    [({"words": " "}, "words"), ({"words": "x" * 5_001}, "words"), ({"kind": "x"}, "kind")],
)
def test_a_call_note_says_what_and_of_which_kind(caseworker, change, field) -> None:
    with pytest.raises(Invalid) as caught:
        services.take_call(actor=caseworker.actor, form_token=uuid4(), **(FORM | change))
    assert list(caught.value.problems) == [field]


def test_it_becomes_intelligence_that_another_has_to_approve(told, caseworker, met) -> None:
    done = raised(caseworker.actor, told, met)
    report = Report.objects.get(reference=done.intelligence)
    assert (report.origin, report.origin_id, report.topic) == ("say_something", told.pk, "cce")
    assert report.status == "draft"
    assert report.force_id == met.pk
    assert report.lines.get().original == "They make him sell.\n\nPlace: The estate"
    with pytest.raises(Refused):
        raised(caseworker.actor, told, met)


def test_danger_now_is_rung_first(told, caseworker, met, charity) -> None:
    with pytest.raises(Invalid) as caught:
        raised(caseworker.actor, told, charity, kind="x", is_urgent=True)
    assert set(caught.value.problems) == {"kind", "force", "rang_999"}
    assert raised(caseworker.actor, told, met, is_urgent=True, rang_999=True).rang_999


def test_what_is_set_aside_says_why_and_can_be_taken_up(told, caseworker) -> None:
    with pytest.raises(Refused):
        services.set_aside(actor=caseworker.actor, account_id=told.pk, reason=" ")
    services.set_aside(actor=caseworker.actor, account_id=told.pk, reason="Nothing to go on.")
    assert not selectors.to_read(caseworker.actor).exists()
    services.take_up_again(actor=caseworker.actor, account_id=told.pk)
    assert list(selectors.to_read(caseworker.actor)) == [told]


def test_the_words_are_forgotten_after_ninety_days(told, caseworker, met) -> None:
    done = raised(caseworker.actor, told, met)
    now = done.decided_at + deadlines.KEEP_WORDS
    assert services.forget_words(now=now - timedelta(seconds=1)) == 0
    assert services.forget_words(now=now) == 1
    assert services.forget_words(now=now) == 0
    tasks.forget_words()
    done.refresh_from_db()
    assert (done.words, done.place) == ("", "")
    assert Report.objects.get().lines.get().original.startswith("They make him sell.")


def test_figures_never_tell_a_small_count(caseworker, met) -> None:
    for index in range(6):
        account = services.take_call(actor=caseworker.actor, form_token=uuid4(), **FORM)
        if index < 2:
            raised(caseworker.actor, account, met)
    Report.objects.update(outcome="useful")
    kinds, stages, outcomes = (
        {one.label: one.told for one in rows} for _, rows in selectors.figures(caseworker.actor)
    )
    assert kinds["Criminal exploitation or county lines"] == "6"
    assert kinds["Sexual exploitation"] == "none"
    assert (stages["Written up as intelligence"], stages["To be read"]) == ("fewer than 5", "fewer than 5")
    assert outcomes["Useful"] == "fewer than 5"


@pytest.mark.parametrize(
    "who", ["met_supervisor", "authority_worker", "rhi_interviewer", "family_worker", "auditor"]
)
def test_nobody_else_learns_of_it(request, told, who) -> None:
    other = request.getfixturevalue(who)
    assert may_read(other.actor) is not None
    assert account_work(other.actor) is None
    assert account_handover(other.actor) is None
    assert {one.told for _, rows in selectors.figures(other.actor) for one in rows} == {"none"}
    for reference in (told.reference, "SS-00000000"):
        with pytest.raises(NotVisible):
            selectors.account_named(other.actor, reference)
    with pytest.raises(NotVisible):
        services.set_aside(actor=other.actor, account_id=told.pk, reason="x")
    client = other.sign_in(Client())
    assert client.get(reverse("say_something:account", args=[told.reference])).status_code == 403


def at(name: str, account: Account) -> str:
    return reverse(f"say_something:{name}", args=[account.reference])


def test_the_pages(caseworker, met) -> None:
    client = caseworker.sign_in(Client())
    assert "Nothing to be read" in client.get(reverse("say_something:list")).content.decode()
    given = {"form_token": str(uuid4()), **FORM, "is_urgent": "yes"}
    assert client.post(reverse("say_something:take_call"), {**given, "words": ""}).status_code == 422
    assert client.post(reverse("say_something:take_call"), given).status_code == 302
    account = Account.objects.get()
    page = client.get(at("account", account)).content.decode()
    assert "Ring 999 first" in page
    assert "They make him sell." in page
    assert AuditEvent.objects.filter(action="say_something.read", target_id=account.pk).count() == 1
    assert "They make" not in client.get(reverse("say_something:list")).content.decode()
    assert client.post(at("set_aside", account), {"reason": ""}).status_code == 422
    assert client.get(at("set_aside", account)).status_code == 200
    assert client.post(at("set_aside", account), {"reason": "Nothing."}).status_code == 302
    assert "Take it up again" in client.get(at("account", account)).content.decode()
    for _ in range(2):
        assert client.post(at("take_up", account)).status_code == 302
    wanted = {"kind": "criminal", "force": met.pk, "is_urgent": "yes"}
    failed = client.post(at("account", account), wanted)
    assert failed.status_code == 422
    assert "ring 999 first" in failed.content.decode()
    assert client.post(at("account", account), {**wanted, "rang_999": "on"}).status_code == 302
    account.refresh_from_db()
    assert account.intelligence in client.get(at("account", account)).content.decode()
    assert "fewer than 5" in client.get(reverse("say_something:figures")).content.decode()
    assert client.get(reverse("say_something:account", args=["SS-00000000"])).status_code == 404
