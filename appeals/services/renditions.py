"""Files made from what is published, off the request: the photo in sizes, share image, posters, creatives.

They lie in a folder of their own, the only one that the public site's machine can read. Once an appeal is off
its channels they are deleted; that nobody is shown them from that moment on does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256

import structlog
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from appeals.addresses import page_address
from appeals.enums import AppealStatus, Audience
from appeals.models import Content, Publication, Rendition
from appeals.printing import services as printing
from appeals.printing.sheet import Sheet, TooLongToPrint, sheet_of
from appeals.projection import Published
from appeals.public import pages
from appeals.public.addresses import ENDINGS
from appeals.services.publications import shown_for
from foundation import pictures
from foundation.files import storage
from foundation.printing.exceptions import NotPrinted

log = structlog.get_logger(__name__)
FOLDER = "published"
# Creatives by their kind, as playlists and posts ask for them.
CREATIVES: Mapping[str, printing.Shape] = {
    "landscape": printing.Shape.LANDSCAPE,
    "portrait": printing.Shape.PORTRAIT,
    "six-sheet": printing.Shape.SIX_SHEET,
}
# A photo is taller than wide: what is fitted is its width.
_TALLEST = 3
_SWEEP = 500


def make_sizes(appeal_id: int) -> int:
    """Make the photo of a publication in each width that is missing; returns how many were made."""
    content = _published(appeal_id)
    photo = _photo_of(content) if content else None
    if content is None or photo is None:
        return 0
    made = 0
    for width in pages.SIZES:
        kind = pages.size_kind(width)
        if not _has(content, kind):
            written = pictures.fitted(photo, width, width * _TALLEST)
            made += _keep(content, kind, written.data, pictures.CONTENT_TYPE)
    return made


def make_printed(appeal_id: int) -> int:
    """Make share image, posters and creatives of a publication, where they are missing."""
    content = _published(appeal_id)
    if content is None:
        return 0
    pdf, png = "application/pdf", "image/png"
    plain, posters, boards = (
        _sheets(content, audience) for audience in (Audience.PUBLIC, Audience.POSTER, Audience.BILLBOARD)
    )
    wanted: list[tuple[str, str, Callable[[], bytes]]] = [
        (pages.SHARE, png, lambda: printing.creative(plain(), printing.Shape.SHARE).content)
    ]
    for kind in pages.POSTERS:
        paper = kind.rpartition("-")[2]
        wanted.append((kind, pdf, lambda paper=paper: printing.poster(posters(), paper=paper).content))  # type: ignore[misc]
    for kind, shape in CREATIVES.items():
        wanted.append((kind, png, lambda shape=shape: printing.creative(boards(), shape).content))  # type: ignore[misc]
    return sum(_print(content, kind, content_type, make) for kind, content_type, make in wanted)


def proof(content: Content, kind: str) -> tuple[bytes, str]:
    """A poster or creative of a version as it would be printed, with its content type; nothing is kept.

    Raises `KeyError` for another kind, `NotPrinted`, `TooLongToPrint`.
    """
    if kind in pages.POSTERS:
        made = printing.poster(_sheets(content, Audience.POSTER)(), paper=kind.rpartition("-")[2])
        return made.content, "application/pdf"
    shape = CREATIVES[kind]
    return printing.creative(_sheets(content, Audience.BILLBOARD)(), shape).content, "image/png"


def _print(content: Content, kind: str, content_type: str, make: Callable[[], bytes]) -> int:
    """One sheet that cannot be printed leaves the others and the page as they are."""
    if _has(content, kind):
        return 0
    try:
        return _keep(content, kind, make(), content_type)
    except (NotPrinted, TooLongToPrint) as problem:
        log.warning("not_printed", content_id=content.pk, kind=kind, error=type(problem).__name__)
        return 0


def _sheets(content: Content, audience: str) -> Callable[[], list[Sheet]]:
    """The sheets of every language, put together when they are asked for."""

    def made() -> list[Sheet]:
        address, photo = page_address(content.appeal.token), _photo_of(content)
        shown = shown_for(content, audience=audience).values()
        return [sheet_of(Published.from_json(one), web_address=address, picture=photo) for one in shown]

    return made


def clear_files(appeal_id: int) -> int:
    """Delete the files of an appeal that is off its channels, and those of earlier versions."""
    return _clear(Rendition.objects.filter(content__appeal_id=appeal_id))


def clear_left_over() -> int:
    """Delete what a lost task left."""
    return _clear(Rendition.objects.all())


def _clear(rows: QuerySet[Rendition]) -> int:
    off = ~Q(content__appeal__status=AppealStatus.LIVE)
    earlier = ~Q(content=F("content__appeal__publication__content"))
    found = list(rows.filter(off | earlier)[:_SWEEP])
    for one in found:
        storage.delete(one.stored_name)
        one.delete()
    return len(found)


def _published(appeal_id: int) -> Content | None:
    """The version that is live now."""
    rows = Publication.objects.filter(appeal_id=appeal_id, appeal__status=AppealStatus.LIVE)
    found = rows.select_related("content__picture", "content__appeal", "content__area").first()
    return found.content if found else None


def _photo_of(content: Content) -> bytes | None:
    if content.picture is None:
        return None
    try:
        return storage.path_of(content.picture.stored_name).read_bytes()
    except OSError:
        log.warning("picture_not_there", content_id=content.pk)
        return None


def _has(content: Content, kind: str) -> bool:
    return Rendition.objects.filter(content=content, kind=kind).exists()


def _keep(content: Content, kind: str, data: bytes, content_type: str) -> int:
    """Keep one file; where another worker was first, its own stays."""
    place = storage.keep(data, folder=FOLDER, ending=ENDINGS[content_type])
    _, is_new = Rendition.objects.get_or_create(
        content=content,
        kind=kind,
        language="en",
        defaults={
            "stored_name": place,
            "content_type": content_type,
            "size": len(data),
            "checksum": sha256(data).hexdigest(),
            "made_at": timezone.now(),
        },
    )
    if not is_new:
        storage.delete(place)
    return int(is_new)
