"""A Child Rescue Alert is off every channel with its end, and no rehearsal comes to any."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from alerts.enums import AlertStatus, CancelReason, NoticeKind
from alerts.events import AlertEnded, AlertIssued, AlertUpdated, RehearsalNotice
from alerts.models import ChildRescueAlert
from appeals import delivery, policies, services
from appeals.channels import bluesky
from appeals.delivery.mailing import may_be_published
from appeals.enums import AppealStatus, Channel, PlacementStatus, WithdrawCause
from appeals.models import Appeal, Placement
from appeals.selectors import facts_of
from foundation.access import Refused
from foundation.events.models import Owed, OwedStatus
from foundation.events.services import publish, sweep
from foundation.exceptions import Invalid
from tests.alerts.public import making
from tests.alerts.public.channels import end, issue, post, statuses, tell
from tests.appeals import making as appealing
from tests.appeals import outlets
from tests.missingcases.making import located

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.public_urls")]
P = PlacementStatus


@pytest.fixture(autouse=True)
def _nobody_is_signed_in() -> None:
    bluesky._sessions.clear()


def test_its_end_takes_it_off_in_the_same_commit_and_every_outlet_is_told(out, networks, board, feed) -> None:
    appeal = issue(out)
    assert board.playlist().status_code == 200
    with transaction.atomic():
        ChildRescueAlert.objects.filter(pk=out.pk).update(
            status=AlertStatus.CANCELLED, ended_at=timezone.now(), cancel_reason=CancelReason.FOUND_DECEASED
        )
        publish(AlertEnded(alert_id=out.pk, notice_id=making.notice(out, NoticeKind.CANCEL).pk))
        appeal.refresh_from_db()
        assert (appeal.status, appeal.withdrawn_cause) == (AppealStatus.WITHDRAWN, WithdrawCause.ALERT_ENDED)
        assert "Robin" not in feed.feed("json").content.decode()
    assert not Owed.objects.filter(was_together=True).exists()
    sweep()
    delivery.tell_outlets(appeal.pk)
    post()
    assert not any(one["shown"] for one in networks.posts())
    ended = networks.mails(to=outlets.EDITOR)[-1]
    assert ended["subject"] == f"Take down appeal {appeal.reference}"
    for word in ("Robin", "dead", "died", "found", "safe"):
        assert word not in ended["plain"]
    told = {some[-1] for some in statuses(appeal).values()}
    assert told <= {P.TOLD, P.CONFIRMED, P.WITHDRAWING}


def test_whoever_is_found_is_on_no_channel_though_the_alert_never_heard_of_it(
    out, networks, feed, incident, people
) -> None:
    appeal = issue(out)
    placement = outlets.of(appeal, Channel.MEDIA_EMAIL)
    Placement.objects.filter(pk=placement.pk).update(status=P.SENDING)
    assert may_be_published(placement.pk) is None
    located(people[0].actor, incident)
    appeal.refresh_from_db()
    assert appeal.status == AppealStatus.WITHDRAWN
    assert "Robin" not in feed.feed("json").content.decode()
    assert may_be_published(placement.pk).code == "withdrawn"


def test_one_that_ends_before_its_turn_is_never_shown(out, networks) -> None:
    with transaction.atomic():
        publish(AlertIssued(alert_id=out.pk, notice_id=out.notices.first().pk))
    ChildRescueAlert.objects.filter(pk=out.pk).update(
        status=AlertStatus.CANCELLED, ended_at=timezone.now(), cancel_reason=CancelReason.STOOD_DOWN
    )
    sweep()
    assert not Appeal.objects.exists()
    assert not Owed.objects.filter(event="alerts.AlertIssued").exclude(status=OwedStatus.DONE).exists()


def test_one_that_lapses_is_shown_no_more_by_the_clock_alone(out, networks, feed) -> None:
    appeal = issue(out)
    Appeal.objects.filter(pk=appeal.pk).update(expires_at=timezone.now() - timedelta(hours=1))
    assert "Robin" not in feed.feed("json").content.decode()


def test_a_rehearsal_reaches_no_channel_by_any_way(people, networks, board) -> None:
    rehearsal = making.issued(None, people)
    notice = rehearsal.notices.get()
    tell(RehearsalNotice(alert_id=rehearsal.pk, notice_id=notice.pk))
    # Not even where it is taken for an alert.
    tell(AlertIssued(alert_id=rehearsal.pk, notice_id=notice.pk))
    assert not Appeal.objects.exists()
    assert networks.posts() == networks.mails() == []


def test_without_any_outlet_it_is_all_the_same_on_record(out) -> None:
    appeal = issue(out)
    assert appeal.status == AppealStatus.LIVE
    assert statuses(appeal) == {}


def test_a_person_may_withdraw_it_and_that_stands(desk, out, networks) -> None:
    appeal = issue(out)
    for may in (policies.may_edit, policies.may_pause, policies.may_renew):
        assert may(desk.publicity, appeal).code == "alert"
    for may in (policies.may_publish, policies.may_resume):
        assert may(desk.second, appeal, facts_of(appeal)).code == "alert"
    services.withdraw_appeal(actor=desk.second, appeal_id=appeal.pk, cause="staff", reason="Wrong photo.")
    notice = making.notice(out, NoticeKind.UPDATE, content=making.content(out))
    tell(AlertUpdated(alert_id=out.pk, notice_id=notice.pk))
    end(out)
    appeal.refresh_from_db()
    assert (appeal.status, appeal.withdrawn_cause) == (AppealStatus.WITHDRAWN, WithdrawCause.STAFF)


def test_nobody_asks_for_one_by_hand(desk, incident) -> None:
    with pytest.raises(Invalid):
        appealing.asked(desk.officer, incident, kind="child_rescue_alert")


def test_an_appeal_of_another_kind_is_never_without_its_gates(desk, incident) -> None:
    appeal = appealing.asked(desk.officer, incident)
    services.take_up(actor=desk.publicity, appeal_id=appeal.pk)
    from appeals.services.alerting import TELLER
    from appeals.states import APPEAL
    from foundation.states import move

    appeal.refresh_from_db()
    with pytest.raises(Refused):
        move(appeal, APPEAL, AppealStatus.LIVE, actor=TELLER, changes={"first_live_at": timezone.now()})
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(alert_id=1)
