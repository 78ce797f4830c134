"""From a yes to a figure, over the pages; and what each page tells whom."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from families.helpline import services as helpline
from foundation.audit.models import AuditEvent
from foundation.messaging.models import Message
from missingcases.models import Incident
from missingcases.voice import services
from missingcases.voice.models import Answer, Invitation
from missingcases.voice.public import keys
from rhi.models import Referral
from rhi.voice import interview_voice
from tests.missingcases.voice.conftest import answered, page_of, said_yes, stranger
from tests.rhi.conftest import allocated, arrange, referred

pytestmark = pytest.mark.django_db
JULY = "2026-07-14T12:00:00+00:00"
LATER = "2026-11-20T12:00:00+00:00"


def public(method: str, address: str, given: dict[str, str] | None = None):
    with override_settings(ROOT_URLCONF="config.public_urls"):
        return getattr(Client(), method)(address, given or {})


def at(name: str, *args: object) -> str:
    return reverse(f"voice:{name}", args=args)


def test_from_a_yes_to_a_figure(
    mother, incident, met, family_worker, duty_manager, met_supervisor, client
) -> None:
    worker = family_worker.sign_in(client)
    page = worker.get(at("ask", "family", mother.reference)).content.decode()
    assert "You need not" in page
    yes = {"respondent": "family", "asked_in": "in_person", "language": "en", "said_yes": "on"}
    assert worker.post(at("ask", "family", mother.reference), {**yes, "said_yes": ""}).status_code == 422
    made = worker.post(at("ask", "family", mother.reference), yes)
    row = Invitation.objects.get()
    assert made["Location"] == at("invitation", row.reference)
    # Asked again, the same stands there.
    assert worker.get(at("ask", "family", mother.reference))["Location"] == made["Location"]
    assert "Text them the link" in worker.get(made["Location"]).content.decode()
    assert worker.get(at("send", row.reference)).status_code == 200
    assert worker.post(at("send", row.reference), {"way": mother.points.get().pk}).status_code == 302
    link = Message.objects.get(service="voice").body.rpartition(" ")[2]
    token = link.rstrip("/").rpartition("/")[2]

    with time_machine.travel(timezone.now().timestamp() - 60, tick=False):
        key = keys.new_key()
    assert "How was it?" in public("get", page_of(token)).content.decode()
    given = {"key": key, "trust_police": "no", "mental_health": "yes", "words": "Quokka said nobody asked."}
    assert public("post", page_of(token), given).status_code == 302
    assert services.read_submissions() == 1
    page = worker.get(made["Location"]).content.decode()
    assert "nobody can open it from here" in page
    assert "Quokka" not in page

    # Read once the month is over, by a manager alone, and that is put down.
    manager = duty_manager.sign_in(Client())
    assert "Quokka" not in manager.get(at("words")).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=32), tick=False):
        manager = duty_manager.sign_in(Client())
        assert "Quokka" in manager.get(at("words")).content.decode()
        answer = Answer.objects.get()
        read = AuditEvent.objects.filter(action="voice.words_read").latest("pk")
        assert read.target_ids == [answer.pk]
        assert family_worker.sign_in(Client()).get(at("words")).status_code == 403

    officer = met_supervisor.sign_in(Client())
    page = officer.get(at("figures")).content.decode()
    assert "Quokka" not in page
    assert row.reference not in page
    for name, args in (("list", ()), ("words", ()), ("invitation", (row.reference,))):
        assert officer.get(at(name, *args)).status_code in {403, 404}, name


def test_the_link_is_shown_once_and_leads_to_the_page(mother, family_worker, client) -> None:
    row = said_yes(family_worker, mother)
    worker = family_worker.sign_in(client)
    shown = worker.post(at("show", row.reference))
    page = shown.content.decode()
    [token] = set(re.findall(r'href="http[^"]*/how-it-was/([\w-]+)/"', page))
    assert "no-store" in shown["Cache-Control"]
    assert public("get", page_of(token)).status_code == 200
    assert token not in worker.get(at("invitation", row.reference)).content.decode()
    worker.post(at("withdraw", row.reference))
    assert public("get", page_of(token)).status_code == 404
    assert worker.post(at("show", row.reference))["Location"] == at("invitation", row.reference)
    again = worker.post(at("withdraw", row.reference), follow=True).content.decode()
    assert "cannot be done while it is withdrawn" in again
    assert "Taken back" in worker.get(at("list")).content.decode()


def test_aloud(mother, family_worker, client) -> None:
    row = said_yes(family_worker, mother)
    worker = family_worker.sign_in(client)
    assert "Read each question" in worker.get(at("aloud", row.reference)).content.decode()
    assert worker.post(at("aloud", row.reference), {}).status_code == 422
    assert worker.post(at("aloud", row.reference), {"again": "yes"}).status_code == 302
    assert Answer.objects.get().answers == {"again": "yes"}
    page = worker.get(at("aloud", row.reference)).content.decode()
    assert "cannot be done while it is answered" in page


def test_where_no_number_is_safe_nothing_is_texted(caseworker, client) -> None:
    row = stranger(caseworker)
    worker = caseworker.sign_in(client)
    assert "no number that is safe" in worker.get(at("invitation", row.reference)).content.decode()
    assert "no safe number" in worker.get(at("send", row.reference)).content.decode()


def test_a_record_that_somebody_does_not_see_is_not_there(
    mother, caseworker, rhi_interviewer, client
) -> None:
    worker = rhi_interviewer.sign_in(client)
    for kind, reference in (
        ("family", mother.reference),
        ("family", "FM-00000000"),
        ("bees", mother.reference),
        ("interview", "RR-00000000"),
    ):
        assert worker.get(at("ask", kind, reference)).status_code == 404
    for name in ("invitation", "send", "aloud"):
        assert worker.get(at(name, "HW-00000000")).status_code == 404


def test_adults_children_and_families_are_told_apart_at_the_form(caseworker, mother, family_worker) -> None:
    contact = helpline.begin_contact(
        actor=caseworker.actor, channel="call", caller="missing_person", form_token=uuid4(), is_anonymous=True
    )
    page = caseworker.sign_in(Client()).get(at("ask", "contact", contact.reference)).content.decode()
    assert "An adult who returned" in page
    assert "A child who returned" in page
    assert "A family member" not in page
    assert "Which force was it about?" in page
    page = family_worker.sign_in(Client()).get(at("ask", "family", mother.reference)).content.decode()
    assert "A child who returned" not in page
    assert "Which force was it about?" not in page
    assert "has died" not in page


def test_what_stands_against_asking_is_said_before_anything_is_filled_in(
    mother, incident, family_worker, duty_manager, client
) -> None:
    worker, there = family_worker.sign_in(client), at("ask", "family", mother.reference)
    Incident.objects.filter(pk=incident.pk).update(outcome="located_deceased")
    assert "Their relative has died, and they want to say how it was" in worker.get(there).content.decode()
    Incident.objects.filter(pk=incident.pk).update(outcome="", status="missing", located_at=None)
    page = worker.get(there).content.decode()
    assert "Somebody is still missing" in page
    assert "Put down that they said yes" not in page
    Incident.objects.filter(pk=incident.pk).update(status="located", located_at=timezone.now())
    said_yes(duty_manager, mother)
    assert "They were asked already" in worker.get(there).content.decode()


def test_an_interviewer_asks_a_child_they_talked_with(
    lambeth, charity, met_officer, duty_manager, rhi_interviewer, client
) -> None:
    arrange(lambeth, charity)
    referral = allocated(referred(met_officer, lambeth), duty_manager, rhi_interviewer)
    assert interview_voice.find(rhi_interviewer.actor, referral.reference) is None
    Referral.objects.filter(pk=referral.pk).update(status="closed")
    assert interview_voice.named(rhi_interviewer.actor, referral.pk).respondents == ("child",)
    worker = rhi_interviewer.sign_in(client)
    yes = {"respondent": "child", "asked_in": "in_person", "language": "cy", "said_yes": "on"}
    assert worker.post(at("ask", "interview", referral.reference), yes).status_code == 302
    row = Invitation.objects.get()
    assert (row.service, row.incident_id) == ("interview", referral.incident_id)
    assert "/cy/how-it-was/" in worker.post(at("show", row.reference)).content.decode()


@pytest.fixture
def summer(caseworker, met) -> None:
    """Twelve adults of the Met answered in July, and three children."""
    with time_machine.travel(JULY, tick=False):
        for number in range(24):
            trust = "yes" if number % 2 else "no"
            answered(caseworker, {"trust_police": trust}, words=f"Word {number}", force_id=met.pk)
        for _ in range(3):
            answered(caseworker, {"trust_police": "no"}, "child", force_id=met.pk)


def test_figures_are_shown_with_what_they_mean_and_given_as_a_file(
    summer, caseworker, met_supervisor, met_officer, kent_supervisor
) -> None:
    with time_machine.travel(LATER, tick=False):
        charity = caseworker.sign_in(Client())
        page = charity.get(at("figures"), {"who": "adult", "year": "2026", "force": "metropolitan"})
        text = page.content.decode()
        assert "Trusted the police while it lasted." in text
        assert "July to September" in text
        assert "24" in text
        assert "not told*" in text
        few = charity.get(at("figures"), {"who": "child", "year": "2026"}).content.decode()
        assert ">3<" not in few
        for nonsense in ({"who": "bees", "year": "x", "force": "bees"}, {"year": "99999999999"}):
            assert charity.get(at("figures"), nonsense).status_code == 200
        file = charity.get(at("download"), {"force": "metropolitan", "year": "2026"})
        rows = list(csv.DictReader(io.StringIO(file.content.decode())))
        asked = [row for row in rows if row["question"] == "How many answered" and row["answer"] == "Invited"]
        assert {(row["period"], row["count"]) for row in asked if row["period"] == "2026 Q3"} == {
            ("2026 Q3", "24")
        }
        own = met_supervisor.sign_in(Client())
        assert "24" in own.get(at("figures")).content.decode()
        assert "All forces" not in own.get(at("figures"), {"force": "kent"}).content.decode()
        assert own.get(at("download")).status_code == 200
        other = kent_supervisor.sign_in(Client())
        seen = other.get(at("figures"), {"force": "metropolitan"}).content.decode()
        assert ">24" not in seen
        assert met_officer.sign_in(Client()).get(at("figures")).status_code == 403
        done = {one.action for one in AuditEvent.objects.filter(target="voice.Answer")}
        assert {"voice.figures_read", "voice.figures_exported"} <= done


def test_managers_read_on_and_take_out_words_that_name_somebody(summer, caseworker, duty_manager) -> None:
    with time_machine.travel(JULY, tick=False):
        for number in range(40):
            answered(caseworker, {"safe": "yes"}, words=f"More {number}")
    with time_machine.travel(LATER, tick=False):
        manager = duty_manager.sign_in(Client())
        first = manager.get(at("words")).content.decode()
        assert first.count("take these words out") == 50
        rest = manager.get(at("words"), {"from": "50"}).content.decode()
        assert rest.count("take these words out") == 14
        assert manager.get(at("words"), {"from": "bees"}).status_code == 200
        named = Answer.objects.exclude(words="").latest("pk")
        assert manager.post(at("take_out", named.pk)).status_code == 302
        named.refresh_from_db()
        assert named.words == ""
        assert named.answers
        assert manager.post(at("take_out", named.pk)).status_code == 404
        assert caseworker.sign_in(Client()).post(at("take_out", 1)).status_code == 403


def test_the_pages_of_people_lead_there(mother, family_worker, incident) -> None:
    page = family_worker.sign_in(Client()).get(reverse("families:member", args=[mother.reference]))
    assert at("ask", "family", mother.reference) in page.content.decode()
    assert Incident.objects.filter(pk=incident.pk).exists()
