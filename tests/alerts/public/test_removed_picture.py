"""A picture that is taken away is shown nowhere from that commit on, and the alert stays out without it."""

from __future__ import annotations

import json

import pytest
from django.db import transaction

from alerts import services
from alerts.enums import AlertStatus, NoticeKind
from alerts.events import AlertUpdated
from alerts.models import ChildRescueAlert, PictureRemoval
from alerts.public.models import PublicPicture
from appeals.models import Content
from foundation.events.services import publish, sweep
from foundation.files import storage
from missingcases import services as cases
from missingcases.events import PhotoRefused
from tests.alerts.public import making
from tests.alerts.public.channels import issue, tell
from tests.alerts.public.test_pictures import page_of, picture_of
from tests.appeals.public.photos import jpeg

pytestmark = [pytest.mark.urls("config.public_urls"), pytest.mark.django_db]


@pytest.fixture
def out(settings, tmp_path, incident, people) -> ChildRescueAlert:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return making.issued(incident, people, photo=True)


def test_it_is_gone_everywhere_in_that_commit_and_the_words_stay(
    client, out, people, board, feed, made_files, django_capture_on_commit_callbacks
) -> None:
    appeal = issue(out)
    made_files(appeal)
    shown = picture_of(page_of(client, out))
    creative = board.playlist().json()["items"][0]["creatives"][0]
    in_cap = f"/alerts/cap/{out.reference}.1.jpg"
    assert [client.get(one).status_code for one in (shown, in_cap)] == [200, 200]
    assert "attachments" in json.dumps(feed.feed("json").json())
    place = storage.path_of(PublicPicture.objects.get().stored_name)

    manager = people[3].actor
    services.remove_picture(actor=manager, alert_id=out.pk, fault="somebody", reason="It is her sister.")
    assert [client.get(one).status_code for one in (shown, in_cap)] == [410, 410]
    page = page_of(client, out)
    assert making.HEADLINE in page
    assert "<img" not in page
    assert "Robin at the sea" not in page
    entry = feed.feed("json").json()
    assert "Girl of 8" in json.dumps(entry)
    assert "attachments" not in json.dumps(entry)
    assert creative not in [one for item in board.playlist().json()["items"] for one in item["creatives"]]
    assert Content.objects.filter(appeal=appeal).order_by("-number")[0].picture is None
    out.refresh_from_db()
    assert out.status == AlertStatus.ISSUED

    with django_capture_on_commit_callbacks(execute=True):
        sweep()
    assert not place.exists()
    # Going on for longer brings nothing back: the newest notice has the old words with the picture.
    going_on = making.notice(out, NoticeKind.UPDATE, content=out.contents.get(number=1))
    tell(AlertUpdated(alert_id=out.pk, notice_id=going_on.pk))
    assert "<img" not in page_of(client, out)
    assert client.get(f"/alerts/cap/{out.reference}.2.jpg").status_code == 404
    assert "<resource" not in client.get(f"/alerts/cap/{out.reference}.2.xml").content.decode()


@pytest.mark.urls("config.urls")
def test_a_photo_that_its_record_refuses_takes_its_copies_with_it(out, people, incident) -> None:
    officer = people[0].actor
    photo = cases.add_photo(actor=officer, incident_id=incident.pk, content=jpeg(300, 400), alt_text="Robin")
    out.contents.update(photo=photo)
    other = cases.add_photo(actor=officer, incident_id=incident.pk, content=jpeg(310, 400), alt_text="Other")

    def refuse(one) -> None:
        with transaction.atomic():
            publish(PhotoRefused(photo_id=one.pk, incident_id=incident.pk, at=out.issued_at))

    refuse(other)
    assert not PictureRemoval.objects.exists()
    refuse(photo)
    removal = PictureRemoval.objects.get()
    assert (removal.fault, removal.by) == ("consent", None)
    newest = out.contents.order_by("-number")[0]
    assert (newest.stored_name, newest.wordings.count()) == ("", 2)
    refuse(photo)
    assert PictureRemoval.objects.count() == 1
