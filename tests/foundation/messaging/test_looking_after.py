"""What messaging asks of people: replies and news that were not taken, and limits."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.contributions import WORK
from foundation.access import Refused
from foundation.audit.models import AuditEvent, Reason
from foundation.messaging import selectors
from foundation.messaging import services as messaging
from foundation.messaging.contributions import attention_work
from foundation.messaging.exceptions import UnknownService
from foundation.messaging.models import Inbound, Message, RateLimit, SettlementRow
from foundation.sandbox.enums import FaultKind
from tests.foundation.messaging import board
from tests.foundation.messaging.conftest import NUMBER, again, queue, text_in

pytestmark = pytest.mark.django_db
AGAIN = {"count": "20", "service": "plain", "seconds": "3600", "reason": "Too many at once."}


def broken_reply(service: str = "textsafe") -> Inbound:
    """A reply that its service failed to take."""
    board.deaf.add(service)
    text_in(NUMBER, "Is anybody there?")
    (inbound_id,) = messaging.take_in()
    messaging.hand_over(inbound_id=inbound_id)
    return Inbound.objects.get(pk=inbound_id)


def test_a_reply_that_was_not_taken_is_shown_in_words_and_tried_again(duty_manager) -> None:
    row = broken_reply()
    Inbound.objects.update(due_at=timezone.now() + timedelta(hours=1))
    client = duty_manager.sign_in(Client())

    page = client.get(reverse("messaging:not_taken")).content.decode()

    assert "A reply" in page
    assert "It met a fault in our own software." in page
    assert NUMBER not in page
    assert "Is anybody there" not in page
    board.deaf.clear()
    assert messaging.hand_over_due() == 0, "it waits for its next try"
    done = client.post(reverse("messaging:hand_over"), follow=True)
    assert "It is being tried again." in done.content.decode()
    assert messaging.hand_over_due() == 1
    assert AuditEvent.objects.get(action="handover.hurried").target_ids == [row.pk]
    assert "Everything was handed over" in client.get(reverse("messaging:not_taken")).content.decode()


def test_news_that_a_service_did_not_take_is_shown_and_told_again(provider, duty_manager) -> None:
    message = queue(service="textsafe")
    board.deaf_to.add(message.owner_id)
    messaging.send_one(message_id=message.pk)
    messaging.tell_all()

    (shown,) = selectors.not_taken(duty_manager.actor)

    assert (shown.words, shown.service, shown.attempts) == ("A message: sent", "textsafe", 1)
    board.deaf_to.clear()
    assert messaging.hand_over_again(actor=duty_manager.actor) == 1
    messaging.tell_all()
    assert board.told == [(message.owner_id, "sent")]
    assert selectors.not_taken(duty_manager.actor) == []


def test_what_is_seconds_old_is_on_its_way_and_late_if_nobody_came(duty_manager) -> None:
    text_in(NUMBER, "Hello")
    messaging.take_in()
    assert selectors.not_taken(duty_manager.actor) == []
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        (late,) = selectors.not_taken(duty_manager.actor)
    assert (late.words, late.error) == ("A reply", "")


def test_a_forces_operators_see_nothing_of_what_the_charity_keeps(met_administrator, administrator) -> None:
    broken_reply()
    assert selectors.not_taken(met_administrator.actor) == []
    assert len(selectors.not_taken(administrator.actor)) == 1
    assert messaging.hand_over_again(actor=met_administrator.actor) == 0


def test_the_reply_of_a_service_that_is_gone_is_the_charitys_to_see(duty_manager, met_administrator) -> None:
    Inbound.objects.filter(pk=broken_reply().pk).update(service="gone")
    assert [one.service for one in selectors.not_taken(duty_manager.actor)] == ["gone"]
    assert selectors.not_taken(met_administrator.actor) == []


def test_nobody_but_an_operator_hands_over_again(caseworker, met_officer) -> None:
    row = broken_reply()
    for member in (caseworker, met_officer):
        with pytest.raises(Refused):
            messaging.hand_over_again(actor=member.actor)
        assert member.sign_in(Client()).post(reverse("messaging:hand_over")).status_code == 403
    assert Inbound.objects.get(pk=row.pk).due_at == row.due_at


def test_my_work_tells_an_operator_what_needs_a_person(
    provider, duty_manager, caseworker, met_administrator
) -> None:
    assert attention_work in WORK
    assert attention_work(duty_manager.actor) is None, "nothing waits"
    provider.break_(FaultKind.CUT_AFTER, times=1)
    message = queue(service="textsafe")
    messaging.send_one(message_id=message.pk)
    Message.objects.filter(pk=message.pk).update(needs_person=True)
    broken_reply()

    work = attention_work(duty_manager.actor)

    assert work is not None
    assert [item.words for item in work.items] == [
        "A reply that came in has not reached its service: 1",
        "Settle whether a text message went out",
    ]
    assert (work.count, work.items[1].url) == (2, reverse("messaging:settle", args=[message.reference]))
    assert attention_work(met_administrator.actor) is None
    assert attention_work(caseworker.actor) is None


def test_the_charity_limits_a_forces_texts_from_its_page(provider, duty_manager, met) -> None:
    client = duty_manager.sign_in(Client())
    given = AGAIN | {"organisation": met.pk, "count": "1"}
    assert "No limit is set" in client.get(reverse("messaging:limits")).content.decode()
    assert client.get(reverse("messaging:limit_set")).status_code == 200
    assert client.post(reverse("messaging:limit_set"), given | {"count": "0"}).status_code == 200
    assert not RateLimit.objects.exists()

    page = client.post(reverse("messaging:limit_set"), given, follow=True).content.decode()

    assert "1 within any hour" in page
    rows = [queue(organisation_id=met.pk) for _ in range(2)]
    assert [messaging.send_one(message_id=row.pk) for row in rows] == [True, False]
    assert again(rows[1]).status == "queued"
    client.post(reverse("messaging:limit_set"), given | {"count": "5"})
    assert RateLimit.objects.get().count == 5, "a second limit takes the place of the first"
    assert AuditEvent.objects.filter(action="limit.set", fields=["count", "seconds"]).count() == 2
    assert Reason.objects.filter(text="Too many at once.").count() == 2


def test_a_limit_is_removed_with_a_reason(duty_manager, met) -> None:
    row = RateLimit.objects.create(organisation=met, service="plain", count=3, seconds=90)
    client = duty_manager.sign_in(Client())
    address = reverse("messaging:limit_remove", args=[row.pk])
    assert "3 within any 90 seconds" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 200
    assert RateLimit.objects.exists()

    assert client.post(address, {"reason": "Agreed with the force."}).status_code == 302

    assert not RateLimit.objects.exists()
    assert AuditEvent.objects.get(action="limit.removed").target_id == row.pk
    assert client.get(address).status_code == 404
    messaging.limits.remove_limit(actor=duty_manager.actor, limit_id=row.pk, reason="Twice is once.")


def test_a_force_sets_no_limit(met_administrator, met) -> None:
    client = met_administrator.sign_in(Client())
    for address in (reverse("messaging:limits"), reverse("messaging:limit_set")):
        assert client.get(address).status_code == 403
    row = RateLimit.objects.create(organisation=met, service="plain", count=3, seconds=3600)
    assert client.post(reverse("messaging:limit_remove", args=[row.pk]), {"reason": "No."}).status_code == 403
    assert RateLimit.objects.exists()


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"reason": " "}, "reason_required"),
        ({"count": 0}, "out_of_range"),
        ({"count": 100_001}, "out_of_range"),
        ({"seconds": 0}, "out_of_range"),
        ({"seconds": 700_000}, "out_of_range"),
    ],
)
def test_a_limit_that_cannot_be_meant_is_refused(duty_manager, met, over, code: str) -> None:
    given = {"service": "plain", "count": 3, "seconds": 3600, "reason": "Why not."} | over
    with pytest.raises(Refused) as refused:
        messaging.limits.set_limit(actor=duty_manager.actor, organisation_id=met.pk, **given)
    assert refused.value.refusal.code == code
    assert not RateLimit.objects.exists()


def test_a_limit_for_what_does_not_send_or_without_a_reason_to_go_is_refused(duty_manager, met) -> None:
    with pytest.raises(UnknownService):
        messaging.limits.set_limit(
            actor=duty_manager.actor, organisation_id=met.pk, service="x", count=1, seconds=60, reason="?"
        )
    with pytest.raises(Refused):
        messaging.limits.remove_limit(actor=duty_manager.actor, limit_id=1, reason="")
    assert not SettlementRow.objects.exists()
