"""The night it is for: back up, go on working, lose the database, restore, hold, let go."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from foundation.actors import Actor
from foundation.backups import selectors
from foundation.backups.models import Backup, Hold
from foundation.backups.services import holding
from foundation.messaging import services as messaging
from foundation.messaging.models import Message
from foundation.messaging.services.suppression import is_suppressed
from missingcases.models import Incident
from tests.foundation.messaging.conftest import again, text_in
from tests.missingcases.making import located, missing, report

NUMBER = "+447700900123"
STOPPER = "+447700900124"


def queue_textsafe(number: str, key: str) -> Message:
    return messaging.queue_message(
        actor=Actor.system("test"),
        channel="sms",
        lane="normal",
        to=number,
        body="Need to talk? Call or text 116 000.",
        service="textsafe",
        owner=("test.Owner", 1),
        guard="messaging.always",
        organisation_id=None,
        valid_until=timezone.now() + timedelta(hours=3),
        dedupe_key=key,
    )


def public_status(path: str = "/") -> int:
    return Client().get(path).status_code


def test_nothing_is_sent_twice_shown_again_or_sent_to_who_said_stop(
    committing_db, provider, place, met_officer, met_supervisor, duty_manager, administrator, settings
) -> None:
    (place.media / "photos").mkdir()
    (place.media / "photos" / "one.jpg").write_bytes(b"picture" * 1000)
    gone = missing(met_supervisor.actor, report(met_officer.actor))
    waiting, for_stopper = queue_textsafe(NUMBER, "test:1"), queue_textsafe(STOPPER, "test:2")

    place.back_up()
    assert Backup.objects.get().rows > 100

    # What happens after the backup and must not be lost with the database.
    assert messaging.send_one(message_id=waiting.pk)
    located(met_officer.actor, gone)
    raw = text_in(STOPPER, "STOP")
    messaging.take_in(raw_id=raw.pk)
    later = queue_textsafe("+447700900125", "test:3")
    assert messaging.send_one(message_id=later.pk)
    (place.media / "photos" / "one.jpg").unlink()
    sent_before = provider.accepted()

    place.restore("--over")

    hold = Hold.objects.get()
    assert (hold.failed, hold.unreadable) == (0, 0)
    assert hold.reapplied_at
    assert hold.reconciled_at
    assert (place.media / "photos" / "one.jpg").read_bytes() == b"picture" * 1000
    # The text that had gone reads as gone; the one nobody here remembers counts for the one a day.
    assert again(waiting).status in {"sent", "delivered"}
    assert hold.found == 2
    assert Message.objects.filter(dedupe_key__startswith="restored:", service="textsafe").count() == 1
    assert is_suppressed("textsafe", "sms", STOPPER)
    incident = Incident.objects.get(pk=gone.pk)
    assert incident.status == "missing"
    assert incident.starts_held

    # Held: no lane sends, the public site is shut.
    assert selectors.held() == {"public", "alert", "urgent", "normal", "bulk"}
    capped = queue_textsafe("+447700900125", "test:4")
    assert messaging.send_due(lane="normal") == 0
    assert not messaging.send_one(message_id=for_stopper.pk)
    assert again(for_stopper).status == "queued"
    settings.ROOT_URLCONF = "config.public_urls"
    assert public_status() == 503
    assert {public_status(path) for path in ("/health", "/ready", "/health/live/", "/robots.txt")} == {200}

    # Two people let it go, one step at a time.
    for step in hold.steps.all():
        holding.ask_release(actor=duty_manager.actor, step_id=step.pk, reason="Looked through the list.")
        holding.confirm_release(actor=administrator.actor, step_id=step.pk, reason="So did I.")
    assert selectors.held() == set()
    assert public_status() == 200
    for _ in range(3):  # a sweep ends at what may not go; the next goes on
        messaging.send_due(lane="normal")
    assert again(for_stopper).status == "suppressed"
    assert (again(capped).status, again(capped).failed_code) == ("suppressed", "capped")
    assert provider.accepted() == sent_before
