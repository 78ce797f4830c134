"""Updates, renewals and the end of an alert: who gets what, and who does not."""

from __future__ import annotations

import pytest
from django.utils import timezone

from alerts import services
from alerts.enums import AlertStatus
from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, NotVisible
from foundation.messaging.models import Broadcast
from missingcases.models import TimelineEntry
from tests.alerts import making
from tests.alerts.subscribing import (
    got,
    issued,
    leave,
    line,
    phones,
    rewritten,
    send_all,
    subscribe,
    updated,
)
from tests.missingcases.making import located

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _lines(db) -> None:
    line("sms")
    line("email")


def code_of(wrong: pytest.ExceptionInfo[Refused]) -> str:
    return wrong.value.refusal.code


def test_an_update_goes_to_everybody_and_takes_back_what_has_not_gone_out(provider, room, ready) -> None:
    subscribe(phones(4))
    first = issued(room, ready)
    rewritten(room, ready)
    second = updated(room, ready)
    send_all()
    assert got(first) == []
    assert got(second) == phones(4)
    assert provider.accepted() == 4
    assert "A green coat" in Broadcast.objects.get(pk=second.runs.get().broadcast_id).body


def test_whoever_was_reached_gets_the_update_too(provider, room, ready) -> None:
    subscribe(phones(2))
    first = issued(room, ready)
    send_all()
    rewritten(room, ready)
    second = updated(room, ready)
    send_all()
    assert got(first) == got(second) == phones(2)


def test_nobody_sends_their_own_words_or_the_same_words_twice(room, ready) -> None:
    subscribe(phones(1))
    issued(room, ready)
    with pytest.raises(Refused) as wrong:
        updated(room, ready)
    assert code_of(wrong) == "nothing_new"
    services.edit_content(actor=room.manager, alert_id=ready.pk, details=making.details(vehicle="A red van"))
    with pytest.raises(Refused) as wrong:
        updated(room, ready)
    assert code_of(wrong) == "own_words"


def test_the_end_is_told_to_exactly_those_who_were_reached(provider, room, ready) -> None:
    reached = subscribe(phones(2))
    first = issued(room, ready)
    send_all()
    subscribe(phones(2, first=30))
    leave(reached[0])
    ended = services.cancel_alert(actor=room.officer, alert_id=ready.pk, cancel_reason="found_safe")
    assert services.let_ends_go(now=timezone.now()) == 1
    send_all()
    assert got(first) == phones(2)
    assert got(ended) == phones(1, first=2)
    words = Broadcast.objects.get(pk=ended.runs.get().broadcast_id).body
    assert "is over" in words
    assert "Robin" not in words
    assert "safe" not in words


def test_somebody_whom_alert_and_update_reached_is_told_of_the_end_once(provider, room, ready) -> None:
    subscribe(phones(3))
    issued(room, ready)
    send_all()
    rewritten(room, ready)
    updated(room, ready)
    send_all()
    ended = services.cancel_alert(actor=room.manager, alert_id=ready.pk, cancel_reason="stood_down")
    services.let_ends_go(now=timezone.now())
    send_all()
    assert got(ended) == phones(3)
    assert provider.accepted() == 9


def test_located_ends_it_in_the_same_commit_and_tells_those_reached(provider, room, ready, incident) -> None:
    subscribe(phones(3))
    issued(room, ready)
    send_all()
    located(room.officer, incident)
    ready.refresh_from_db()
    assert (ready.status, ready.cancel_reason) == (AlertStatus.CANCELLED, "stood_down")
    ended = ready.notices.get(kind="cancel")
    services.let_ends_go(now=timezone.now())
    send_all()
    assert got(ended) == phones(3)


def test_located_before_a_text_went_out_tells_nobody(provider, room, ready, incident) -> None:
    subscribe(phones(3))
    issued(room, ready)
    located(room.officer, incident)
    services.let_ends_go(now=timezone.now())
    send_all()
    assert provider.accepted() == 0


def test_located_before_it_is_issued_calls_it_off(room, ready, incident) -> None:
    located(room.officer, incident)
    ready.refresh_from_db()
    assert (ready.status, ready.cancel_reason) == (AlertStatus.CANCELLED, "stood_down")
    assert not ready.notices.exists()


def test_nothing_goes_out_for_a_found_child_even_where_the_subscriber_is_broken(
    provider, room, ready, incident
) -> None:
    subscribe(phones(3))
    notice = issued(room, ready)
    type(incident).objects.filter(pk=incident.pk).update(
        status="located", located_at=timezone.now(), outcome="located_alive"
    )
    send_all()
    assert got(notice) == []
    assert provider.accepted() == 0


def test_it_expires_by_itself_unless_it_was_renewed(provider, room, ready) -> None:
    subscribe(phones(1))
    issued(room, ready)
    send_all()
    ready.refresh_from_db()
    before = ready.expires_at
    services.renew_alert(actor=room.superintendent, alert_id=ready.pk, version=ready.version)
    ready.refresh_from_db()
    assert ready.expires_at > before
    assert services.expire_due(now=before) == 0
    assert services.expire_due(now=ready.expires_at) == 1
    ready.refresh_from_db()
    assert ready.status == AlertStatus.EXPIRED
    services.let_ends_go(now=timezone.now())
    assert send_all() == 1


def test_a_renewal_writes_to_nobody_and_takes_nothing_back(provider, room, ready) -> None:
    subscribe(phones(2))
    first = issued(room, ready)
    ready.refresh_from_db()
    services.renew_alert(actor=room.manager, alert_id=ready.pk, version=ready.version)
    send_all()
    assert got(first) == phones(2)
    assert provider.accepted() == 2


def test_a_review_asks_again_in_four_hours(room, ready) -> None:
    subscribe(phones(1))
    issued(room, ready)
    ready.refresh_from_db()
    due = ready.review_at
    with pytest.raises((Refused, NotVisible)):
        services.review_alert(actor=room.unit, alert_id=ready.pk, version=ready.version)
    services.review_alert(actor=room.superintendent, alert_id=ready.pk, version=ready.version)
    ready.refresh_from_db()
    assert ready.review_at > due


def test_it_leaves_its_trace(room, ready, incident) -> None:
    subscribe(phones(1))
    issued(room, ready)
    services.cancel_alert(
        actor=room.officer, alert_id=ready.pk, cancel_reason="error", why="The wrong child."
    )
    said = set(AuditEvent.objects.filter(target_id=ready.pk).values_list("action", flat=True))
    assert {"alerts.issued", "alerts.cancelled"} <= said
    kinds = set(TimelineEntry.objects.filter(incident=incident).values_list("kind", flat=True))
    assert {"alerts.issued", "alerts.ended"} <= kinds


def test_an_error_says_what_was_wrong(room, ready) -> None:
    subscribe(phones(1))
    issued(room, ready)
    with pytest.raises(Invalid):
        services.cancel_alert(actor=room.officer, alert_id=ready.pk, cancel_reason="error")


def test_another_force_ends_nothing(room, ready, kent_officer) -> None:
    subscribe(phones(1))
    issued(room, ready)
    with pytest.raises(NotVisible):
        services.cancel_alert(actor=kent_officer.actor, alert_id=ready.pk, cancel_reason="error", why="x")
