"""A Child Rescue Alert on appeals' channels: at once when it is out, changed with it, gone with it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

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
from appeals.gates import judge
from appeals.models import Appeal, Content, Placement
from appeals.selectors import facts_of
from foundation.access import Refused
from foundation.events.models import Owed, OwedStatus
from foundation.events.services import publish, sweep
from foundation.exceptions import Invalid
from foundation.messaging import services as messaging
from foundation.messaging.enums import Lane
from foundation.sandbox.control import Control
from tests.alerts.public import making
from tests.appeals import making as appealing
from tests.appeals import outlets
from tests.appeals.readers.conftest import Reader, reader
from tests.missingcases.making import located

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.public_urls")]
P = PlacementStatus


@pytest.fixture(autouse=True)
def _nobody_is_signed_in() -> None:
    bluesky._sessions.clear()


@pytest.fixture
def board() -> Reader:
    return reader(Channel.BILLBOARD, "board", formats=["1920x1080"])


@pytest.fixture
def feed() -> Reader:
    return reader(Channel.MEDIA_FEED, "feed")


@pytest.fixture
def networks(provider: Control) -> Control:
    """One outlet of each network that is called, and one that is written to."""
    outlets.mastodon(provider)
    outlets.bluesky(provider)
    outlets.partner(provider)
    outlets.media()
    return provider


def tell(event: Any) -> None:
    """It happens, and what is owed for it is paid."""
    with transaction.atomic():
        publish(event)
    sweep()


def issue(alert: ChildRescueAlert) -> Appeal:
    tell(AlertIssued(alert_id=alert.pk, notice_id=alert.notices.first().pk))
    appeal = Appeal.objects.get(alert_id=alert.pk)
    delivery.send_appeal(appeal.pk)
    post()
    return appeal


def update(alert: ChildRescueAlert, **given: Any) -> Appeal:
    notice = making.notice(alert, NoticeKind.UPDATE, content=making.content(alert, **given))
    tell(AlertUpdated(alert_id=alert.pk, notice_id=notice.pk))
    appeal = Appeal.objects.get(alert_id=alert.pk)
    delivery.tell_outlets(appeal.pk)
    delivery.send_appeal(appeal.pk)
    post()
    return appeal


def end(alert: ChildRescueAlert) -> Appeal:
    ChildRescueAlert.objects.filter(pk=alert.pk).update(
        status=AlertStatus.CANCELLED, ended_at=timezone.now(), cancel_reason=CancelReason.FOUND_SAFE
    )
    notice = making.notice(alert, NoticeKind.CANCEL)
    tell(AlertEnded(alert_id=alert.pk, notice_id=notice.pk))
    return Appeal.objects.get(alert_id=alert.pk)


def post() -> None:
    """The postman's round."""
    messaging.send_due(lane=Lane.URGENT)
    messaging.tell_all()


def statuses(appeal: Appeal) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for channel, status in (
        Placement.objects.filter(appeal=appeal).order_by("pk").values_list("outlet__channel", "status")
    ):
        found.setdefault(channel, []).append(status)
    return found


def test_every_channel_gets_it_at_once_without_the_gates_of_an_appeal(out, networks, board, feed) -> None:
    appeal = issue(out)
    assert appeal.status == AppealStatus.LIVE
    assert set(statuses(appeal)) == {
        *(Channel.MASTODON, Channel.BLUESKY, Channel.WEBHOOK, Channel.MEDIA_EMAIL),
        *(Channel.BILLBOARD, Channel.MEDIA_FEED),
    }
    assert {one for some in statuses(appeal).values() for one in some} == {P.LIVE}
    assert [one.gate.code for one in judge(facts_of(appeal)) if one.met] == ["incident_open", "alert"]
    owed = Owed.objects.filter(event="alerts.AlertIssued")
    assert set(owed.values_list("lane", flat=True)) == {"urgent"}


def test_what_it_says_there(out, networks, feed) -> None:
    appeal = issue(out)
    posts = {one["network"]: one for one in networks.posts() if one["shown"]}
    assert set(posts) == {"mastodon", "bluesky", "partner"}
    page = f"/alerts/{out.token}/"
    for name in ("mastodon", "bluesky"):
        said = json.dumps(posts[name], ensure_ascii=False)
        assert "Child Rescue Alert: Girl of 8" in said
        assert making.INSTRUCTION in said
        assert page in said
        assert "116 000" not in said
        assert f"/appeals/{appeal.token}" not in said
    (mail,) = networks.mails(to=outlets.EDITOR)
    assert mail["subject"] == f"CHILD RESCUE ALERT {appeal.reference}"
    for words in ("publish it at once", making.VEHICLE, "black cap", "Camden Lock", page, "calls 999"):
        assert words in mail["plain"]
    assert "116 000" not in mail["plain"]
    entry = json.loads(feed.feed("json").content)["items"][0]
    assert entry["url"].endswith(page)
    assert "Child Rescue Alert: Girl of 8" in entry["title"]


def test_billboards_show_it_before_everything_else(settings, out, board, desk_ready, made_files) -> None:
    alert_appeal = issue(out)
    made_files(alert_appeal)
    later = services.publish_appeal(actor=desk_ready[0].second, appeal_id=desk_ready[1].pk)
    made_files(later)
    items = json.loads(board.playlist().content)["items"]
    assert [one.get("priority") for one in items] == ["alert", None]
    assert items[0]["creatives"]
    assert items[0]["areas"]


@pytest.fixture
def desk_ready(desk, met_officer, met_supervisor):
    """An appeal of somebody else that may be published."""
    other = appealing.open_incident(desk.officer, desk.supervisor, given_names="Ada", family_name="Hill")
    appeal = appealing.asked(desk.officer, other)
    appealing.checked(desk.publicity, appeal)
    appealing.consented(desk.publicity, appeal)
    return desk, appealing.authorised(desk.supervisor, appeal)


@pytest.fixture
def desk(met_officer, met_supervisor, met_inspector, publicity_officer, duty_manager):
    from tests.appeals.conftest import Desk

    return Desk(
        met_officer.actor,
        met_supervisor.actor,
        met_inspector.actor,
        publicity_officer.actor,
        duty_manager.actor,
    )


@pytest.fixture
def made_files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return lambda appeal: services.make_public_files(appeal.pk)


def test_its_picture_goes_along_as_a_copy_of_its_own(settings, tmp_path, incident, people, networks) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    alert = making.issued(incident, people, photo=True)
    appeal = issue(alert)
    content = Content.objects.get(appeal=appeal)
    assert content.alt_text == "Robin at the sea"
    assert content.picture.stored_name != alert.contents.get().stored_name


def test_it_is_in_no_list_of_appeals_and_on_no_page_of_ours(client, out, board) -> None:
    appeal = issue(out)
    assert "Robin" not in client.get("/appeals/").content.decode()
    assert client.get(f"/appeals/{appeal.token}/").status_code == 410
    assert not Placement.objects.filter(outlet__channel__in=[Channel.WEBSITE, Channel.POSTER]).exists()


def test_an_update_takes_the_place_of_what_was_said(out, networks, board, feed) -> None:
    appeal = issue(out)
    update(out, vehicle="White lorry")
    assert Content.objects.filter(appeal=appeal).count() == 2
    stands = statuses(appeal)
    assert {some[-1] for some in stands.values()} == {P.LIVE}
    assert {len(some) for some in stands.values()} == {2}
    # Who goes by the appeal is not asked to take down what it has just been given anew.
    assert stands[Channel.MEDIA_EMAIL][0] == stands[Channel.WEBHOOK][0] == P.REPLACED
    shown = [one["network"] for one in networks.posts() if one["shown"]]
    assert sorted(shown) == ["bluesky", "mastodon", "partner"]
    assert making.VEHICLE not in feed.feed("json").content.decode()
    assert "White lorry" in feed.feed("json").content.decode()
    newest = networks.mails(to=outlets.EDITOR)[-1]["plain"]
    assert "takes the place of what we sent you" in newest
    assert "White lorry" in newest


def test_going_on_for_longer_tells_no_outlet_anything(out, networks) -> None:
    appeal = issue(out)
    later = out.expires_at + timedelta(hours=5)
    ChildRescueAlert.objects.filter(pk=out.pk).update(expires_at=later)
    tell(AlertUpdated(alert_id=out.pk, notice_id=out.notices.first().pk))
    appeal.refresh_from_db()
    assert appeal.expires_at == later
    assert Placement.objects.filter(appeal=appeal).count() == 4


def test_late_and_doubled_events_do_no_harm(out, networks) -> None:
    first = out.notices.first().pk
    update(out, vehicle="White lorry")
    tell(AlertIssued(alert_id=out.pk, notice_id=first))
    tell(AlertIssued(alert_id=out.pk, notice_id=first))
    appeal = Appeal.objects.get(alert_id=out.pk)
    assert Content.objects.filter(appeal=appeal).count() == 1
    assert {len(some) for some in statuses(appeal).values()} == {1}
    assert "White lorry" in Content.objects.get(appeal=appeal).wordings.first().description


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
