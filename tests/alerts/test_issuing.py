"""From the issuer's click to the last text: who gets what, and who does not."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alerts import planning, services
from alerts.enums import AlertStatus
from alerts.models import ChildRescueAlert, Notice
from alerts.policies import running
from foundation.access import Refused
from foundation.accounts.models import Membership
from foundation.exceptions import Conflict, NotVisible
from foundation.messaging.models import Broadcast, BroadcastPart, Line
from foundation.places.models import Area, AreaKind, AreaParent
from tests.alerts import making
from tests.alerts.subscribing import (
    got,
    issued,
    leave,
    line,
    mailboxes,
    phones,
    send_all,
    subscribe,
)

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
    """Nobody can even say yes to it, and the issue asks once more."""
    content = making.details(description="Needs insulin medication")
    alert = making.checked(room, making.proposed(room, incident, content=content))
    with pytest.raises(Refused) as wrong:
        services.authorise_alert(actor=room.superintendent, alert_id=alert.pk)
    assert "insulin" in wrong.value.refusal.message
    newest = planning.newest_content(alert)
    assert newest is not None
    refusal = running.may_be_said(newest, needed=[])
    assert refusal is not None
    assert refusal.code == "words"


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
