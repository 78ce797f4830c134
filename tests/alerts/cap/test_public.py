"""The feed and each message, asked again at each read; a rehearsal is in no row of the view."""

from __future__ import annotations

import feedparser
import psycopg2
import pytest
from django.db import connection
from django.test import Client

from alerts.cap import services
from alerts.cap.models import CapArrival, CapMessage, PublicCapMessage
from alerts.enums import NoticeKind
from missingcases.models import Incident
from tests.alerts import making
from tests.alerts.cap.issuing import call_off, issue, tell
from tests.alerts.cap.making import incoming

FEED = "/alerts/cap/feed.atom"


@pytest.fixture
def outside(db, settings) -> Client:
    settings.ROOT_URLCONF = "config.public_urls"
    settings.IS_PUBLIC_SITE = True
    return Client()


def _entries(client: Client) -> list[str]:
    answer = client.get(FEED)
    assert answer.status_code == 200
    found = feedparser.parse(answer.content)
    assert not found.bozo
    return [entry.title for entry in found.entries]


def test_a_live_message_is_in_the_feed_and_is_given_out_as_it_was_signed(outside, issued) -> None:
    row = CapMessage.objects.get()
    assert _entries(outside) == ["Child Rescue Alert"]
    answer = outside.get(f"/alerts/cap/{row.identifier}.xml")
    assert answer.content.decode() == row.document
    assert answer["Content-Type"] == "application/cap+xml; charset=utf-8"
    assert "no-cache" in answer["Cache-Control"]
    assert "Robin" not in outside.get(FEED).content.decode()


def test_who_has_it_already_is_told_so(outside, issued) -> None:
    row = CapMessage.objects.get()
    for place in (FEED, f"/alerts/cap/{row.identifier}.xml"):
        tag = outside.get(place)["ETag"]
        answer = outside.get(place, headers={"if-none-match": f'"other", {tag}'})
        assert (answer.status_code, answer.content) == (304, b"")


def test_an_update_takes_the_place_of_what_it_replaces(outside, issued) -> None:
    tell(issued, NoticeKind.UPDATE)
    assert _entries(outside) == ["Child Rescue Alert: update"]
    assert outside.get(f"/alerts/cap/{issued.reference}.1.xml").status_code == 410
    assert outside.get(f"/alerts/cap/{issued.reference}.2.xml").status_code == 200


def test_what_has_ended_is_gone_and_its_end_is_told_for_a_day(outside, issued) -> None:
    call_off(issued)
    assert _entries(outside) == ["Child Rescue Alert ended"]
    gone = outside.get(f"/alerts/cap/{issued.reference}.1.xml")
    assert gone.status_code == 410
    assert gone["Cache-Control"] == "no-store"
    assert outside.get(f"/alerts/cap/{issued.reference}.2.xml").status_code == 200


@pytest.mark.parametrize("change", ["found", "held", "expired"])
def test_a_stop_depends_on_no_subscriber(outside, issued, change: str) -> None:
    """The child is found, a restore holds starts, or its time is over: nobody told CAP of it."""
    if change == "expired":
        type(issued).objects.filter(pk=issued.pk).update(expires_at="2999-01-01T00:00Z")
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE alerts_childrescuealert SET issued_at = now() - interval '2 days',"
                " expires_at = now() - interval '1 second' WHERE id = %s",
                [issued.pk],
            )
    else:
        found = {"status": "cancelled", "cancel_reason": "error", "outcome": "cancelled"}
        values = found if change == "found" else {"starts_held": True}
        Incident.objects.filter(pk=issued.incident_id).update(**values)
    assert _entries(outside) == []
    assert outside.get(f"/alerts/cap/{issued.reference}.1.xml").status_code == 410


def test_a_rehearsal_is_not_even_in_the_view(outside, room, rehearsal) -> None:
    making.ready(room, rehearsal)
    issue(rehearsal, room.manager)
    assert CapMessage.objects.get().status == "Exercise"
    assert not PublicCapMessage.objects.exists()
    assert _entries(outside) == []
    assert outside.get(f"/alerts/cap/{rehearsal.reference}.1.xml").status_code == 404
    assert outside.get(f"/alerts/cap/{rehearsal.reference}.1.jpg").status_code == 404


def test_what_came_in_is_given_out_nowhere(outside) -> None:
    outside.post("/webhooks/cap", incoming(), content_type="application/cap+xml")
    services.read_arrivals()
    assert CapMessage.objects.filter(identifier="NCA-2026-1").exists()
    assert outside.get("/alerts/cap/NCA-2026-1.xml").status_code == 404
    assert _entries(outside) == []


def test_the_picture_is_there_for_as_long_as_the_message(outside, settings, tmp_path, room, ready) -> None:
    from foundation.files import storage

    settings.MEDIA_ROOT = str(tmp_path)
    place = storage.keep(b"\xff\xd8\xff picture", folder="alerts", ending="jpg")
    ready.contents.update(stored_name=place, content_type="image/jpeg", alt_text="Robin smiling")
    issue(ready, room.manager)
    row = CapMessage.objects.get()
    path = f"/alerts/cap/{row.identifier}.jpg"
    assert path in row.document
    assert "Robin smiling" in row.document
    assert b"".join(outside.get(path).streaming_content) == b"\xff\xd8\xff picture"
    assert row.picture_name.startswith("published/")
    call_off(ready)
    assert services.clear_pictures(alert_id=ready.pk) == 1
    assert outside.get(path).status_code == 410
    assert outside.get(f"/alerts/cap/{ready.reference}.2.jpg").status_code == 404
    assert not storage.path_of(row.picture_name).exists()


def test_a_picture_that_cannot_be_read_keeps_no_alert_back(outside, room, ready) -> None:
    ready.contents.update(stored_name="alerts/none.jpg", content_type="image/jpeg", alt_text="Robin")
    issue(ready, room.manager)
    assert "<resource>" not in CapMessage.objects.get().document


def test_the_public_role_reads_the_view_and_keeps_a_call_and_nothing_else(
    public_database_url, room, ready
) -> None:
    issue(ready, room.manager)
    with psycopg2.connect(public_database_url) as link, link.cursor() as cursor:
        cursor.execute("SELECT identifier, is_live FROM cap_public_message")
        assert cursor.fetchall() == [(f"{ready.reference}.1", True)]
        cursor.execute(
            "INSERT INTO cap_caparrival (body, received_at, result) VALUES ('x', now(), '') RETURNING id"
        )
        assert cursor.fetchone()
    for statement in (
        "SELECT body FROM cap_caparrival",
        "UPDATE cap_caparrival SET body = ''",
        "SELECT 1 FROM cap_capmessage",
        "SELECT original FROM cap_capmessage",
        "SELECT 1 FROM cap_capproposal",
        "SELECT secret FROM cap_pushtarget",
        "SELECT 1 FROM alerts_childrescuealert",
    ):
        refused = pytest.raises(psycopg2.errors.InsufficientPrivilege)
        with psycopg2.connect(public_database_url) as link, link.cursor() as cursor, refused:
            cursor.execute(statement)
    assert CapArrival.objects.count() == 1
