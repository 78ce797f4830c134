"""From the issuer's click to the last text: who gets what, and who does not."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alerts import services
from alerts.enums import AlertStatus
from alerts.models import ChildRescueAlert, Notice
from foundation.access import Refused
from foundation.accounts.models import Membership
from foundation.audit.models import AuditEvent
from foundation.exceptions import Conflict, NotVisible
from foundation.messaging.models import Broadcast, BroadcastPart, Line
from foundation.places.models import Area, AreaKind, AreaParent
from missingcases.models import TimelineEntry
from tests.alerts import making
from tests.alerts.subscribing import (
    got,
    issued,
    leave,
    line,
    mailboxes,
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


def runs_of(notice: Notice) -> list[tuple[str, str]]:
    return list(notice.runs.order_by("channel", "language").values_list("channel", "language"))


def test_everybody_of_the_areas_gets_it_once_by_each_channel(provider, room, ready) -> None:
    subscribe(phones(5))
    subscribe(mailboxes(3), channel="email")
    notice = issued(room, ready)
    assert runs_of(notice) == [("email", "en"), ("sms", "en")]
    assert send_all() == 8
    assert send_all() == 0
    assert got(notice) == sorted([*phones(5), *mailboxes(3)])
    assert provider.doubled() == {}
    ready.refresh_from_db()
    assert (ready.status, ready.issued_by_id) == (AlertStatus.ISSUED, room.manager.user_id)
    assert ready.review_at is not None
    assert ready.expires_at == notice.expires_at


def test_what_is_sent_is_frozen(provider, room, ready) -> None:
    subscribe(phones(1))
    notice = issued(room, ready)
    sent = Broadcast.objects.get()
    assert sent.body.startswith("Child Rescue Alert: Robin, 9.")
    assert "A red coat" in sent.body
    assert (notice.number, notice.kind, notice.area_ids) == (1, "alert", [making.area().pk])
    assert notice.identifier == f"{ready.reference}.1"
    assert notice.content.number == 1
    assert notice.runs.get().cost.recipients == 1


def test_who_comes_later_is_no_part_of_it_and_who_leaves_gets_none(provider, room, ready) -> None:
    first, second, _ = subscribe(phones(3))
    notice = issued(room, ready)
    subscribe(phones(2, first=50))
    leave(first)
    send_all()
    leave(second)
    assert got(notice) == phones(2, first=2)


def test_all_of_london_gets_an_alert_for_a_borough_and_the_other_way_round(provider, room, incident) -> None:
    london = making.area("London", "E12000007", AreaKind.REGION)
    camden = making.area()
    kent = making.area("Maidstone", "E07000110", AreaKind.DISTRICT)
    AreaParent.objects.create(child=camden, parent=london)
    subscribe(phones(1), area_id=london.pk)
    subscribe(phones(1, first=2), area_id=camden.pk)
    subscribe(phones(1, first=3), area_id=kent.pk)
    subscribe(phones(1), area_id=camden.pk)
    alert = making.ready(room, making.proposed(room, incident))
    notice = issued(room, alert)
    send_all()
    assert got(notice) == phones(2)
    assert provider.doubled() == {}


def test_each_language_gets_its_own_words_and_english_where_there_are_none(provider, room, ready) -> None:
    subscribe(phones(1))
    subscribe(phones(1, first=2), language="cy")
    notice = issued(room, ready)
    assert runs_of(notice) == [("sms", "en")]
    assert send_all() == 2


def test_a_rehearsal_goes_to_test_subscribers_and_to_nobody_else(provider, room, rehearsal) -> None:
    subscribe(phones(3))
    subscribe(phones(1, first=90), is_test=True)
    alert = making.ready(room, rehearsal)
    notice = issued(room, alert)
    send_all()
    assert got(notice) == phones(1, first=90)
    sent = Broadcast.objects.get()
    assert sent.audience == "alerts.rehearsal"
    assert sent.body.startswith("REHEARSAL, not a real alert.")
    ended = services.cancel_alert(actor=room.manager, alert_id=alert.pk, cancel_reason="stood_down")
    services.let_ends_go(now=timezone.now())
    send_all()
    assert got(ended) == phones(1, first=90)
    assert set(Broadcast.objects.values_list("audience", flat=True)) == {
        "alerts.rehearsal",
        "alerts.reached_rehearsal",
    }


def test_a_rehearsal_without_test_subscribers_reaches_nobody(provider, room, rehearsal) -> None:
    subscribe(phones(3))
    alert = making.ready(room, rehearsal)
    with pytest.raises(Refused) as wrong:
        issued(room, alert)
    assert code_of(wrong) == "nobody"
    assert not Broadcast.objects.exists()


def test_even_a_rehearsal_that_named_the_audience_of_alerts_would_reach_nobody(room, rehearsal) -> None:
    """The audience's own SQL leaves test places out: neither mistake alone reaches anybody."""
    from config.switchboard import AUDIENCES

    (person,) = subscribe(phones(1), is_test=True)
    given = {"part": person.bucket_id, "after": 0, "last": person.pk, "most": 10}
    with connection.cursor() as cursor:
        cursor.execute(AUDIENCES["alerts.areas"].rows, given)
        assert cursor.fetchall() == []
        cursor.execute(AUDIENCES["alerts.rehearsal"].rows, given)
        assert len(cursor.fetchall()) == 1


def test_nobody_of_the_other_three_issues_it(room, ready) -> None:
    subscribe(phones(1))
    fresh = ChildRescueAlert.objects.get(pk=ready.pk)
    for actor in (room.officer, room.superintendent, room.unit):
        with pytest.raises((Refused, NotVisible)):
            services.issue_alert(actor=actor, alert_id=fresh.pk, version=fresh.version)
    assert not Notice.objects.exists()


def test_an_authoriser_suspended_since_does_not_count(room, ready) -> None:
    subscribe(phones(1))
    Membership.objects.filter(user_id=room.superintendent.user_id).update(ended_at=timezone.now())
    with pytest.raises(Refused) as wrong:
        issued(room, ready)
    assert code_of(wrong) == "no_longer_counts"
    assert not Broadcast.objects.exists()


def test_it_is_issued_once_and_never_on_words_that_were_not_shown(room, ready) -> None:
    subscribe(phones(1))
    fresh = ChildRescueAlert.objects.get(pk=ready.pk)
    with pytest.raises(Conflict):
        services.issue_alert(actor=room.manager, alert_id=fresh.pk, version=fresh.version - 1)
    issued(room, ready)
    with pytest.raises(Refused):
        issued(room, ready)
    assert Notice.objects.count() == 1


def test_nothing_unsafe_is_told_to_the_public(room, incident) -> None:
    subscribe(phones(1))
    alert = making.ready(
        room, making.proposed(room, incident, content=making.details(description="Needs insulin medication"))
    )
    with pytest.raises(Refused) as wrong:
        issued(room, alert)
    assert code_of(wrong) == "words"
    assert "medication" in wrong.value.refusal.message or "insulin" in wrong.value.refusal.message


def test_too_slow_is_refused_with_the_choices_that_are_left(room, ready) -> None:
    subscribe(phones(1))
    Line.objects.filter(channel="sms").update(is_on=False)
    with pytest.raises(Refused) as wrong:
        issued(room, ready)
    assert code_of(wrong) == "no_line"
    assert "other channel first" in wrong.value.refusal.message


def test_by_e_mail_first_and_by_text_once_there_is_a_line(provider, room, ready) -> None:
    subscribe(phones(2))
    subscribe(mailboxes(2), channel="email")
    Line.objects.filter(channel="sms").update(is_on=False)
    notice = issued(room, ready, channels=["email"])
    assert runs_of(notice) == [("email", "en")]
    send_all()
    Line.objects.filter(channel="sms").update(is_on=True)
    fresh = ChildRescueAlert.objects.get(pk=ready.pk)
    services.issue_also_by(
        actor=room.manager, alert_id=fresh.pk, version=fresh.version, channels=["sms", "email"]
    )
    send_all()
    assert got(notice) == sorted([*phones(2), *mailboxes(2)])
    assert provider.doubled() == {}


def test_an_update_goes_to_everybody_and_takes_back_what_has_not_gone_out(provider, room, ready) -> None:
    subscribe(phones(4))
    first = issued(room, ready)
    rewritten(room, ready)
    second = updated(room, ready)
    send_all()
    assert got(first) == []
    assert got(second) == phones(4)
    texts = [one["body"] for one in provider.messages()] if hasattr(provider, "messages") else []
    assert all("green coat" in body for body in texts)
    assert second.kind == "update"


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
    from foundation.exceptions import Invalid

    subscribe(phones(1))
    issued(room, ready)
    with pytest.raises(Invalid):
        services.cancel_alert(actor=room.officer, alert_id=ready.pk, cancel_reason="error")


def test_another_force_ends_nothing(room, ready, kent_officer) -> None:
    subscribe(phones(1))
    issued(room, ready)
    with pytest.raises(NotVisible):
        services.cancel_alert(actor=kent_officer.actor, alert_id=ready.pk, cancel_reason="error", why="x")


def test_the_commit_does_the_same_whatever_number_of_people_it_is_for(room, incident) -> None:
    """The same statements for three people as for three hundred; rows by the place, not by the person."""
    counts = []
    for number, people in enumerate((3, 300)):
        area = making.area(f"Place {number}", f"E9900000{number}")
        subscribe(phones(people), area_id=area.pk)
        alert = making.ready(room, making.proposed(room, None if number else incident, area_ids=[area.pk]))
        if alert.is_rehearsal:
            subscribe(phones(people), area_id=area.pk, is_test=True)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            issued(room, alert)
        counts.append(len(asked))
    assert BroadcastPart.objects.count() == 2
    assert abs(counts[0] - counts[1]) <= 6
    assert Area.objects.filter(pk=area.pk).exists()
