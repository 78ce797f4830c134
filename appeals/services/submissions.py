"""Reading what came in by the public site: each form becomes one sighting, and the form is emptied."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import structlog
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils import timezone

from appeals.enums import Certainty, Channel, SubmissionKind
from appeals.models import Appeal, Sighting, Submission
from appeals.references import sighting_reference
from appeals.services.calling import start_clock
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.fields import box
from foundation.files import storage
from foundation.pictures import CONTENT_TYPE, EVERYDAY, Unfit, read_picture
from foundation.places.models import Area
from foundation.rounds import each

log = structlog.get_logger(__name__)
READER = Actor.system("appeals.read_submissions")
BATCH = 50
FOLDER = "sightings"


def read_submissions() -> int:
    """Read a batch of what is unread, each in a transaction of its own; returns how many were."""
    unread = Submission.objects.filter(processed_at__isnull=True).order_by("received_at", "pk")
    return each(unread.values_list("pk", flat=True)[:BATCH], _read)


@transaction.atomic
def _read(submission_id: int) -> int:
    """Read one, unless another worker has it or has read it."""
    rows = Submission.objects.select_for_update(skip_locked=True)
    submission = rows.filter(pk=submission_id, processed_at__isnull=True).first()
    if submission is None:
        return 0
    submission.result = _result(submission)
    submission.processed_at = timezone.now()
    submission.body, submission.photo = "", None
    submission.save(update_fields=["result", "processed_at", "body", "photo"])
    log.info("submission_read", submission_id=submission.pk, result=submission.result)
    return 1


def _result(submission: Submission) -> str:
    rows = Appeal.objects.select_related("incident")
    appeal = rows.filter(token=submission.token, first_live_at__isnull=False).first()
    told = _told(submission.body)
    if appeal is None or told is None:
        return "unreadable"
    sighting = Sighting(
        appeal=appeal,
        incident=appeal.incident,
        received_at=submission.received_at,
        channel=Channel.WEBSITE,
        **told,
    )
    refused = bool(submission.photo) and not _took_photo(submission, sighting)
    if Sighting.objects.filter(reference=sighting.reference).exists():
        sighting.reference = sighting_reference()
    start_clock(sighting, since=sighting.received_at)
    sighting.save()
    audit.record(
        actor=READER, action="appeals.sighting_received", target=sighting, incident_id=appeal.incident_id
    )
    return "photo_refused" if refused else "read"


def _took_photo(submission: Submission, sighting: Sighting) -> bool:
    """Keep the photo written anew; what is no picture is refused, and the words are kept."""
    try:
        picture = read_picture(box().decrypt(bytes(submission.photo or b"")), formats=EVERYDAY)
    except (Unfit, InvalidToken):
        return False
    sighting.photo_name = storage.keep(picture.data, folder=FOLDER, ending="jpg")
    sighting.photo_type = CONTENT_TYPE
    return True


def _told(body: str) -> dict[str, Any] | None:
    """The fields of a sighting, held to what each may be; None for what our form does not write."""
    try:
        given = json.loads(body)
        kind, certainty = SubmissionKind(given["kind"]), given["certainty"]
        is_anonymous = bool(given["is_anonymous"])
        seen_at = datetime.fromisoformat(given["seen_at"]) if given["seen_at"] else None
        area_id = Area.objects.filter(pk=given["area"]).values_list("pk", flat=True).first()
        return {
            "reference": given["reference"][:16],
            "kind": kind,
            "certainty": Certainty(certainty) if certainty else "",
            "seen_at": seen_at,
            "area_id": area_id,
            "place": given["place"][:250],
            "description": given["description"],
            "with_whom": given["with_whom"][:300],
            "direction": given["direction"][:200],
            "vehicle": given["vehicle"][:200],
            "is_anonymous": is_anonymous,
            "reporter_name": "" if is_anonymous else given["name"],
            "reporter_contact": "" if is_anonymous else given["contact"],
        }
    except (ValueError, KeyError, TypeError):
        return None
