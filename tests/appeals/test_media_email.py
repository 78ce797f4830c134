"""Media partners by e-mail: the appeal, its embargo, that it has ended, and what the post can do wrong."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from appeals import delivery
from appeals.addresses import confirmed_reference
from appeals.enums import Channel, PlacementStatus
from appeals.models import Placement
from foundation.messaging import services as messaging
from foundation.messaging.enums import Lane, MessageStatus
from foundation.messaging.models import Message
from foundation.sandbox.control import Control
from foundation.sandbox.enums import FaultKind
from tests.appeals import outlets

pytestmark = pytest.mark.django_db
P = PlacementStatus


def post() -> None:
    """The postman's round: what is due goes, and owners hear of it."""
    now = timezone.now()
    later = Message.objects.filter(status=MessageStatus.QUEUED, next_attempt_at__gt=now)
    later.update(next_attempt_at=now)  # what is due already keeps its turn
    messaging.send_due(lane=Lane.URGENT)
    messaging.tell_all()


@pytest.fixture
def written(desk, ready, provider: Control) -> Any:
    outlets.media()
    live = outlets.publish(desk, ready)
    delivery.send_appeal(live.pk)
    return live


def test_a_partner_gets_the_appeal_and_then_that_it_has_ended(desk, written, provider) -> None:
    placement = outlets.of(written, Channel.MEDIA_EMAIL)
    assert (placement.status, placement.next_at) == (P.SENDING, None)
    post()
    placement.refresh_from_db()
    assert placement.status == P.LIVE
    (mail,) = provider.mails(to=outlets.EDITOR)
    assert mail["subject"] == f"Missing person appeal {written.reference}"
    for words in ("Robin, 46", "short brown hair", "116 000", "999", f"/appeals/{written.token}/"):
        assert words in mail["plain"]

    outlets.withdraw(desk, written)
    delivery.tell_outlets(written.pk)
    post()
    placement.refresh_from_db()
    assert placement.status == P.TOLD
    ended = provider.mails(to=outlets.EDITOR)[1]
    assert ended["subject"] == f"Take down appeal {written.reference}"
    assert "Robin" not in ended["plain"] + ended["subject"]
    token = ended["plain"].partition("/outlets/confirm/")[2].split()[0]
    assert confirmed_reference(token) == placement.reference

    outlets.make_due(written)
    delivery.tell_due()
    post()
    assert (
        provider.mails(to=outlets.EDITOR)[2]["subject"] == f"Reminder: take down appeal {written.reference}"
    )
    assert outlets.ledger(placement) == ["to_be_told", "told", "told_again"]


def test_an_embargo_stands_before_everything_else(desk, ready, provider) -> None:
    outlets.media()
    live = outlets.publish(desk, ready, embargo_until=timezone.now() + timedelta(hours=3))
    delivery.send_appeal(live.pk)
    post()
    (mail,) = provider.mails()
    assert mail["subject"].startswith("Under embargo: ")
    assert mail["plain"].startswith("UNDER EMBARGO UNTIL ")


def test_what_was_not_sent_before_the_withdrawal_is_never_sent(desk, written, provider) -> None:
    outlets.withdraw(desk, written)
    delivery.tell_outlets(written.pk)
    post()
    placement = outlets.of(written, Channel.MEDIA_EMAIL)
    assert placement.status == P.CONFIRMED
    assert outlets.ledger(placement)[-1] == "never_sent"
    assert provider.mails() == []


def test_a_dead_worker_writes_no_second_letter(desk, written, provider) -> None:
    Placement.objects.update(next_at=timezone.now())  # it died before it wrote that the letter is queued
    assert delivery.send_due() == 1
    post()
    assert len(provider.mails()) == 1
    assert outlets.of(written, Channel.MEDIA_EMAIL).status == P.LIVE


def test_an_address_that_takes_no_mail_is_said(desk, ready, provider) -> None:
    outlets.media(address="nobody")
    live = outlets.publish(desk, ready)
    delivery.send_appeal(live.pk)
    placement = outlets.of(live, Channel.MEDIA_EMAIL)
    assert (placement.status, placement.problem) == (P.FAILED, "bad_address")


def test_an_address_that_was_spoilt_later_is_said_too(desk, written, provider) -> None:
    post()
    placement = outlets.of(written, Channel.MEDIA_EMAIL)
    placement.outlet.address = "nobody"
    placement.outlet.save()
    outlets.withdraw(desk, written)
    delivery.tell_outlets(written.pk)
    placement.refresh_from_db()
    assert (placement.status, placement.problem) == (P.WITHDRAWING, "bad_address")
    assert outlets.ledger(placement) == ["to_be_told", "not_told"]


def test_mail_that_is_refused_for_good_fails_and_a_takedown_is_written_again(desk, written, provider) -> None:
    provider.break_(FaultKind.MAIL_REFUSED, times=1)
    post()
    assert outlets.of(written, Channel.MEDIA_EMAIL).status == P.FAILED
    Placement.objects.update(next_at=timezone.now())
    delivery.send_due()
    post()
    assert outlets.of(written, Channel.MEDIA_EMAIL).status == P.LIVE
    provider.break_(FaultKind.MAIL_REFUSED, times=1)
    outlets.withdraw(desk, written)
    delivery.tell_outlets(written.pk)
    post()
    placement = outlets.of(written, Channel.MEDIA_EMAIL)
    assert (placement.status, placement.problem) == (P.WITHDRAWING, "mail_not_sent")
    outlets.make_due(written)
    delivery.tell_due()
    post()
    assert outlets.of(written, Channel.MEDIA_EMAIL).status == P.TOLD


def test_mail_whose_end_nobody_knows_is_perhaps_published_and_is_taken_down(desk, written, provider) -> None:
    provider.break_(FaultKind.MAIL_CUT, times=1)
    post()
    placement = outlets.of(written, Channel.MEDIA_EMAIL)
    assert (placement.status, placement.problem) == (P.UNKNOWN, "mail_unknown")
    outlets.withdraw(desk, written)
    delivery.tell_outlets(written.pk)
    post()
    assert outlets.of(written, Channel.MEDIA_EMAIL).status == P.TOLD
