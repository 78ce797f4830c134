"""An alert's picture in public: made of its own, at addresses that are good for minutes, gone with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import timezone

from alerts.enums import AlertStatus, CancelReason, NoticeKind
from alerts.events import AlertEnded, AlertIssued
from alerts.models import ChildRescueAlert
from alerts.public import addresses, services, subscribers
from alerts.public.models import PublicPicture
from foundation.files import storage
from tests.alerts.public import making

pytestmark = [pytest.mark.urls("config.public_urls"), pytest.mark.django_db]


@pytest.fixture
def out(settings, tmp_path, incident, people) -> ChildRescueAlert:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return making.issued(incident, people, photo=True)


def page_of(client, alert: ChildRescueAlert) -> str:
    return client.get(f"/alerts/{alert.token}/").content.decode()


def picture_of(page: str) -> str:
    return re.search(r'src="(/alerts/[^"]+\.jpg)"', page)[1]


def make(alert: ChildRescueAlert) -> None:
    subscribers.make_picture(AlertIssued(alert_id=alert.pk, notice_id=alert.notices.last().pk))


def test_the_page_is_there_at_once_and_its_picture_a_moment_later(client, out) -> None:
    assert "being made ready" in page_of(client, out)
    make(out)
    page = page_of(client, out)
    assert "being made ready" not in page
    assert 'alt="Robin at the sea"' in page
    assert "Robin ar lan y môr" in client.get(f"/cy/alerts/{out.token}/").content.decode()
    answer = client.get(picture_of(page))
    body = b"".join(answer.streaming_content)
    assert (answer.status_code, answer["Content-Type"], body[:2]) == (200, "image/jpeg", b"\xff\xd8")
    assert "no-store" in answer["Cache-Control"]
    assert picture_of(page) in client.get("/alerts/live.json").content.decode()


def test_it_is_made_once_and_of_no_rehearsal(out, people) -> None:
    make(out)
    make(out)
    assert PublicPicture.objects.count() == 1
    rehearsal = making.issued(None, people, photo=True)
    assert not services.make_picture(notice_id=rehearsal.notices.get().pk)
    assert PublicPicture.objects.count() == 1


def test_an_address_is_not_guessed_and_does_not_last(client, out) -> None:
    make(out)
    good = picture_of(page_of(client, out))
    assert client.get(good).status_code == 200
    until, signature = re.search(r"picture\.(\d+)\.(.+)\.jpg", good).groups()
    later = str(int(until) + 300)
    other = f"/alerts/{'A' * 16}/picture.{until}.{signature}.jpg"
    assert client.get(good.replace(until, later)).status_code == 403
    assert client.get(other).status_code == 403
    old = addresses.picture_path(out.token, int(until) - 4000)
    assert client.get(old).status_code == 403


def test_an_update_without_a_photo_shows_none(client, out) -> None:
    make(out)
    good = picture_of(page_of(client, out))
    making.notice(out, NoticeKind.UPDATE, content=making.content(out))
    assert "<img" not in page_of(client, out)
    assert client.get(good).status_code == 404


def test_it_is_gone_with_the_alert_and_then_deleted(client, out, django_capture_on_commit_callbacks) -> None:
    make(out)
    good = picture_of(page_of(client, out))
    place = storage.path_of(PublicPicture.objects.get().stored_name)
    ChildRescueAlert.objects.filter(pk=out.pk).update(
        status=AlertStatus.CANCELLED, ended_at=timezone.now(), cancel_reason=CancelReason.STOOD_DOWN
    )
    assert client.get(good).status_code == 410
    assert place.exists()
    with django_capture_on_commit_callbacks(execute=True):
        subscribers.clear_pictures(AlertEnded(alert_id=out.pk, notice_id=1))
    assert not place.exists()
    assert client.get(good).status_code == 410
    assert not PublicPicture.objects.exists()


def test_pictures_of_one_that_is_out_stay(out) -> None:
    make(out)
    assert services.clear_pictures(alert_id=out.pk) == 0
    assert Path(storage.path_of(PublicPicture.objects.get().stored_name)).exists()
