"""A Child Rescue Alert on appeals' channels: at once when it is out, and changed with it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from alerts.enums import NoticeKind
from alerts.events import AlertIssued, AlertUpdated
from alerts.models import ChildRescueAlert
from appeals import services
from appeals.channels import bluesky
from appeals.enums import AppealStatus, Channel, PlacementStatus
from appeals.gates import judge
from appeals.models import Appeal, Content, Placement
from appeals.selectors import facts_of
from foundation.events.models import Owed
from tests.alerts.public import making
from tests.alerts.public.channels import issue, statuses, tell, update
from tests.appeals import outlets

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.public_urls")]
P = PlacementStatus


@pytest.fixture(autouse=True)
def _nobody_is_signed_in() -> None:
    bluesky._sessions.clear()


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
    notice = making.notice(out, NoticeKind.UPDATE, content=out.contents.get())
    tell(AlertUpdated(alert_id=out.pk, notice_id=notice.pk))
    appeal.refresh_from_db()
    assert appeal.expires_at == later
    assert Content.objects.filter(appeal=appeal).count() == 1
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
