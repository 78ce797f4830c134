"""Notes, uploaded files and photos."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path, PurePath

from django.db import transaction

from foundation import pictures
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.files import kinds, storage
from missingcases.enums import Audience, PhotoConsent, ScanStatus
from missingcases.models import Attachment, Incident, Note, Photo
from missingcases.policies import may_add_note, may_edit
from missingcases.services.common import for_writing, lock_incident, one_of, refuse
from missingcases.services.reviews import ask_for_review
from missingcases.services.timeline import add_timeline_entry

FOLDER = "files"


@transaction.atomic
def add_note(
    *,
    actor: Actor,
    incident_id: int,
    text: str,
    audience: str,
    is_significant: bool = False,
    named_user_ids: Iterable[int] = (),
) -> Note:
    """Add words for an audience the writer belongs to; significant ones ask for a review at once."""
    incident = lock_incident(incident_id)
    one_of(Audience, audience, "audience")
    require(may_add_note(actor, incident, audience))
    named = sorted(set(named_user_ids)) if audience == Audience.NAMED else []
    problems = {} if text.strip() else {"text": "Write the note."}
    if audience == Audience.NAMED and not named:
        problems["named_user_ids"] = "Name who may read it."
    refuse(problems)
    if named and actor.user_id is not None:
        named = sorted({*named, actor.user_id})  # Nobody is shut out from what they wrote.
    note = Note.objects.create(
        incident=incident,
        organisation_id=_organisation(actor),
        audience=audience,
        named_user_ids=named,
        text=text.strip(),
        is_significant=is_significant,
        author_id=actor.user_id,
    )
    _tell(actor, incident, "note.added", "Note added", audience, note.pk, "missingcases.Note", named)
    if is_significant and audience != Audience.CHARITY:
        ask_for_review(incident)
    audit.record(actor=actor, action="note.added", target=note, incident_id=incident.pk)
    return note


@transaction.atomic
def add_attachment(*, actor: Actor, incident_id: int, name: str, content: bytes, audience: str) -> Attachment:
    """Keep a file: pictures written anew without metadata, the rest as downloads once scanned.

    Raises `Invalid` for a file too large, of a kind not taken, or a picture that cannot be read.
    """
    incident = lock_incident(incident_id)
    one_of(Audience, audience, "audience")
    require(may_add_note(actor, incident, audience))
    picture = _as_picture(content)
    if picture is not None:
        stored, kind = picture.data, pictures.CONTENT_TYPE
    else:
        stored, kind = content, _download_type(name, content)
    attachment = Attachment.objects.create(
        incident=incident,
        organisation_id=_organisation(actor),
        audience=audience,
        stored_name=_keep(stored),
        original_name=Path(name).name[:200],
        content_type=kind,
        size=len(stored),
        sha256=hashlib.sha256(stored).hexdigest(),
        scan_status=ScanStatus.CLEAN if picture is not None else ScanStatus.WAITING,
        uploaded_by_id=actor.user_id,
    )
    _tell(actor, incident, "file.added", "File added", audience, attachment.pk, "missingcases.Attachment", ())
    audit.record(actor=actor, action="file.added", target=attachment, incident_id=incident.pk)
    return attachment


@transaction.atomic
def add_photo(
    *,
    actor: Actor,
    incident_id: int,
    content: bytes,
    taken_on: date | None = None,
    alt_text: str = "",
    consent: str = PhotoConsent.NOT_ASKED,
    consent_by: str = "",
    consent_on: date | None = None,
) -> Photo:
    """Keep a picture of the person, with when it was taken and who agreed to its publication."""
    incident = for_writing(actor, incident_id)
    require(may_edit(actor, incident))
    one_of(PhotoConsent, consent, "consent")
    picture = _as_picture(content)
    problems: dict[str, str] = {}
    if picture is None:
        problems["file"] = pictures.NotAPicture().words
    if consent != PhotoConsent.NOT_ASKED and not (consent_by.strip() and consent_on):
        problems["consent_by"] = "Say who answered and on which day."
    refuse(problems)
    if picture is None:
        raise NotVisible("picture")
    incident.person.photos.filter(is_current=True).update(is_current=False)
    photo = Photo.objects.create(
        person=incident.person,
        incident=incident,
        stored_name=_keep(picture.data),
        content_type=pictures.CONTENT_TYPE,
        width=picture.width,
        height=picture.height,
        size=len(picture.data),
        taken_on=taken_on,
        alt_text=alt_text.strip()[:200],
        consent=consent,
        consent_by=consent_by.strip()[:200],
        consent_on=consent_on,
        uploaded_by_id=actor.user_id,
    )
    audit.record(actor=actor, action="photo.added", target=photo, incident_id=incident.pk)
    _tell(
        actor,
        incident,
        "photo.added",
        "Photo added",
        Audience.AUTHORITY,
        photo.pk,
        "missingcases.Photo",
        (),
    )
    return photo


def _organisation(actor: Actor) -> int:
    if actor.organisation_id is None:
        raise NotVisible("organisation")
    return actor.organisation_id


def stored_path(stored_name: str) -> Path:
    """Where a kept file lies; nothing serves this folder but the views that check who asks."""
    return storage.path_of(f"{FOLDER}/{stored_name}")


def _keep(content: bytes) -> str:
    return PurePath(storage.keep(content, folder=FOLDER)).name


def _as_picture(content: bytes) -> pictures.Picture | None:
    """The picture written anew; None for another kind of file."""
    try:
        return pictures.read_picture(content)
    except pictures.NotAPicture:
        return None
    except pictures.Unfit as problem:
        refuse({"file": problem.words})
    return None


def _download_type(name: str, content: bytes) -> str:
    try:
        return kinds.download_type(name, content)
    except kinds.NotTaken as problem:
        raise Invalid({"file": str(problem)}) from None


def _tell(
    actor: Actor,
    incident: Incident,
    kind: str,
    summary: str,
    audience: str,
    subject_id: int,
    label: str,
    named: Iterable[int],
) -> None:
    add_timeline_entry(
        incident_id=incident.pk,
        kind=kind,
        actor=actor,
        audience=audience,
        summary=summary,
        subject=(label, subject_id),
        named_user_ids=named,
    )
