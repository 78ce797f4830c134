"""Notes, uploaded files and photos."""

from __future__ import annotations

import hashlib
import io
import secrets
import warnings
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import puremagic
from django.conf import settings
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from missingcases.enums import Audience, PhotoConsent, ScanStatus
from missingcases.models import Attachment, Incident, Note, Photo
from missingcases.policies import may_add_note, may_edit
from missingcases.services.common import for_writing, lock_incident, one_of, refuse
from missingcases.services.reviews import ask_for_review
from missingcases.services.timeline import add_timeline_entry

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 2400
FOLDER = "files"
# What a picture may be before it is written anew as JPEG; everything else is a download.
# Telephones put a preview or a depth picture behind the first (MPO): these open as JPEG.
PICTURES = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
ALLOWED_DOWNLOADS: dict[str, str] = {
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".txt": "text/plain",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
}


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
        stored, kind = picture[0], "image/jpeg"
    else:
        stored, kind = content, _download_type(name, content)
    attachment = Attachment.objects.create(
        incident=incident,
        organisation_id=_organisation(actor),
        audience=audience,
        stored_name=_keep(stored),
        original_name=Path(name).name[:200],
        content_type=kind,
        is_image=picture is not None,
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
        problems["file"] = "Choose a picture: JPEG, PNG or WebP."
    if consent != PhotoConsent.NOT_ASKED and not (consent_by.strip() and consent_on):
        problems["consent_by"] = "Say who answered and on which day."
    refuse(problems)
    if picture is None:
        raise NotVisible("picture")
    data, width, height = picture
    incident.person.photos.filter(is_current=True).update(is_current=False)
    photo = Photo.objects.create(
        person=incident.person,
        incident=incident,
        stored_name=_keep(data),
        content_type="image/jpeg",
        width=width,
        height=height,
        size=len(data),
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
    return Path(settings.MEDIA_ROOT) / FOLDER / stored_name


def _keep(content: bytes) -> str:
    name = secrets.token_hex(16)
    path = stored_path(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_bytes(content)
    return name


def _as_picture(content: bytes) -> tuple[bytes, int, int] | None:
    """The picture written anew, upright, without metadata, with its size; None for another kind of file."""
    if len(content) > MAX_BYTES:
        refuse({"file": "The file is larger than 20 MB."})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=PICTURES) as opened:
                return _written_anew(opened)
    except UnidentifiedImageError:
        return None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        refuse({"file": f"The picture has more than {MAX_PIXELS // 10**6} million pixels."})
    except (OSError, ValueError, SyntaxError):
        refuse({"file": "The picture is damaged and cannot be read."})
    return None


def _written_anew(opened: Image.Image) -> tuple[bytes, int, int]:
    if opened.width * opened.height > MAX_PIXELS:
        raise Image.DecompressionBombError
    upright = ImageOps.exif_transpose(opened).convert("RGB")
    upright.info = {}  # a comment would be written along
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    stream = io.BytesIO()
    upright.save(stream, "JPEG", quality=88, optimize=True)
    return stream.getvalue(), upright.width, upright.height


def _download_type(name: str, content: bytes) -> str:
    """The content type by what the bytes say; an ending that lies is refused."""
    ending = Path(name).suffix.lower()
    expected = ALLOWED_DOWNLOADS.get(ending)
    if expected is None:
        refuse({"file": f"Files such as {', '.join(ALLOWED_DOWNLOADS)} and pictures are taken."})
    if not content:
        refuse({"file": "The file is empty."})
    if ending != ".txt":
        try:
            found = {match.extension for match in puremagic.magic_string(content)}
        except puremagic.PureError:
            found = set()
        if ending not in found:
            refuse({"file": "The file is not what its name says."})
    elif b"\x00" in content:
        refuse({"file": "The file is not what its name says."})
    return expected or "application/octet-stream"


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
