"""Opening what was uploaded, and the answer about a photo's publicity."""

from __future__ import annotations

from datetime import date
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.backups.services.ledger import note
from foundation.events.services import publish
from foundation.exceptions import NotVisible
from missingcases.enums import PhotoConsent, ScanStatus
from missingcases.events import PhotoRefused
from missingcases.models import Attachment, Photo
from missingcases.policies import may_edit
from missingcases.selectors import attachments_for, incidents_visible_to, photos_of
from missingcases.services.common import apply, for_writing, one_of, refuse
from missingcases.services.notes import stored_path


@transaction.atomic
def open_attachment(*, actor: Actor, incident_reference: str, reference: str) -> tuple[Attachment, BinaryIO]:
    """One file that its scan found clean, for a download. The opening is audited. Raises `NotVisible`."""
    incident = incidents_visible_to(actor).filter(reference=incident_reference).first()
    if incident is None:
        raise NotVisible(incident_reference)
    row = attachments_for(actor, incident).filter(reference=reference, scan_status=ScanStatus.CLEAN).first()
    if row is None:
        raise NotVisible(reference)
    audit.record(actor=actor, action="attachment.opened", target=row, incident_id=incident.pk)
    return row, _handle(row.stored_name)


@transaction.atomic
def open_photo(*, actor: Actor, incident_reference: str, reference: str) -> tuple[Photo, BinaryIO]:
    """One photo of the person, for showing. Seeing it is audited. Raises `NotVisible`."""
    incident = incidents_visible_to(actor).filter(reference=incident_reference).first()
    if incident is None:
        raise NotVisible(incident_reference)
    row = photos_of(actor, incident).filter(reference=reference).first()
    if row is None:
        raise NotVisible(reference)
    audit.record(actor=actor, action="photo.opened", target=row, incident_id=incident.pk)
    return row, _handle(row.stored_name)


def _handle(stored_name: str) -> BinaryIO:
    try:
        return stored_path(stored_name).open("rb")
    except OSError:
        raise NotVisible("file") from None


@transaction.atomic
def set_photo_consent(
    *,
    actor: Actor,
    incident_id: int,
    photo_id: int,
    version: int,
    consent: str,
    consent_by: str,
    consent_on: date | None,
) -> Photo:
    """Record whether a photo may be published, who said so and when.

    Raises `Conflict` with both sides, `Invalid`, `Refused`, `NotVisible`.
    """
    incident = for_writing(actor, incident_id)
    require(may_edit(actor, incident))
    row = (
        Photo.objects.select_for_update(no_key=True).filter(pk=photo_id, person_id=incident.person_id).first()
    )
    if row is None:
        raise NotVisible(f"photo {photo_id}")
    one_of(PhotoConsent, consent, "consent")
    answered = consent != PhotoConsent.NOT_ASKED
    problems = {}
    if answered and not consent_by.strip():
        problems["consent_by"] = "Say who answered."
    if answered and consent_on is None:
        problems["consent_on"] = "Say when they answered."
    refuse(problems)
    changes = {
        "consent": consent,
        "consent_by": consent_by.strip() if answered else "",
        "consent_on": consent_on if answered else None,
    }
    changed = apply(row, version=version, changes=changes)
    if changed:
        audit.record(
            actor=actor, action="photo.consent_changed", target=row, incident_id=incident.pk, fields=changed
        )
    if "consent" in changed and consent == PhotoConsent.NO:
        note("photo.refused", photo_id=row.pk, incident_id=incident.pk)
        publish(PhotoRefused(photo_id=row.pk, incident_id=incident.pk, at=timezone.now()))
    return row
