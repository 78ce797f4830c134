"""Files made from what is published, off the request: the photo in sizes, share image, posters, creatives.

They lie in a folder of their own, the only one that the public site's machine can read. Once an appeal is off
its channels they are deleted; that nobody is shown them from that moment on does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from typing import TypeVar

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
WIDTHS: Mapping[str, int] = {pages.size_kind(width): width for width in pages.SIZES}
# Pictures with few words by their kind, as playlists, posts and pages ask for them.
SHAPES: Mapping[str, printing.Shape] = {
    pages.SHARE: printing.Shape.SHARE,
    "landscape": printing.Shape.LANDSCAPE,
    "portrait": printing.Shape.PORTRAIT,
    "six-sheet": printing.Shape.SIX_SHEET,
}
# What is printed, to the audience whose words it bears.
PRINTED: Mapping[str, str] = {
    pages.SHARE: Audience.PUBLIC,
    **dict.fromkeys(pages.POSTERS, Audience.POSTER),
    **dict.fromkeys(("landscape", "portrait", "six-sheet"), Audience.BILLBOARD),
}
# Each is drawn by a process of its own; so many at once.
PRESSES = 2
Drawing = Callable[[], tuple[bytes, str]]
T = TypeVar("T")
_PDF, _PNG = "application/pdf", "image/png"
# A photo is taller than wide: what is fitted is its width.
_TALLEST = 3
_SWEEP = 500


def make_sizes(appeal_id: int) -> int:
    """Make the photo of a publication in each width that is missing; returns how many were made."""
    content = _published(appeal_id)
    missing = WIDTHS.keys() - _kinds_of(content) if content else set()
    if content is None or not missing or _photo_of(content) is None:
        return 0
    return sum(_keep(content, kind, *drawn(content, kind)) for kind in sorted(missing))


def make_printed(appeal_id: int) -> int:
    """Make share image, posters and creatives of a publication, where they are missing, some side by side."""
    content = _published(appeal_id)
    if content is None:
        return 0
    there, prepared = _kinds_of(content), {}
    for kind in PRINTED:
        if kind not in there and (drawing := _if_printable(content, kind, partial(_drawing, content, kind))):
            prepared[kind] = drawing
    with ThreadPoolExecutor(PRESSES) as presses:
        made = presses.map(lambda kind: _if_printable(content, kind, prepared[kind]), prepared)
        return sum(_keep(content, kind, *one) for kind, one in zip(prepared, made, strict=True) if one)


def proof(content: Content, kind: str) -> tuple[bytes, str]:
    """A file of a version as it is, or would be, published; nothing is kept. Raises as `drawn`."""
    found = Rendition.objects.filter(content=content, kind=kind).first()
    kept = bytes_of(content, [kind], most=found.size) if found else None
    return (kept, found.content_type) if found and kept else drawn(content, kind)


def drawn(content: Content, kind: str) -> tuple[bytes, str]:
    """One file of a version, made now, with its content type.

    Raises `KeyError` for another kind or where there is no photo, `NotPrinted`, `TooLongToPrint`.
    """
    return _drawing(content, kind)()


def _drawing(content: Content, kind: str) -> Drawing:
    """What draws a file, and needs the database no more for it. Raises `KeyError`, `TooLongToPrint`."""
    if kind in WIDTHS:
        photo = _photo_of(content)
        if photo is None:
            raise KeyError(kind)
        fitted = partial(pictures.fitted, photo, WIDTHS[kind], WIDTHS[kind] * _TALLEST)
        return lambda: (fitted().data, pictures.CONTENT_TYPE)
    sheets = _sheets(content, PRINTED[kind])
    if kind in pages.POSTERS:
        return lambda: (printing.poster(sheets, paper=kind.rpartition("-")[2]).content, _PDF)
    return lambda: (printing.creative(sheets, SHAPES[kind]).content, _PNG)


def foreseen(content: Content) -> list[pages.File]:
    """The files that a publication of this version would lead to."""
    sizes = list(WIDTHS) if content.picture_id else []
    printed = [kind for kind, audience in PRINTED.items() if too_long(content, audience) is None]
    return [
        *(pages.File(kind, pictures.CONTENT_TYPE) for kind in sizes),
        *(pages.File(kind, _PDF if kind in pages.POSTERS else _PNG) for kind in printed),
    ]


def too_long(content: Content, audience: str) -> TooLongToPrint | None:
    """What keeps the words for an audience from being printed, if anything does."""
    try:
        _sheets(content, audience)
    except TooLongToPrint as problem:
        return problem
    return None


def _if_printable(content: Content, kind: str, make: Callable[[], T]) -> T | None:
    """One sheet that cannot be printed leaves the others and the page as they are."""
    try:
        return make()
    except (NotPrinted, TooLongToPrint) as problem:
        log.warning("not_printed", content_id=content.pk, kind=kind, error=type(problem).__name__)
        return None


def _sheets(content: Content, audience: str) -> list[Sheet]:
    """The sheets of every language."""
    address, photo = page_address(content.appeal.token, content.appeal.page), _photo_of(content)
    shown = shown_for(content, audience=audience).values()
    return [sheet_of(Published.from_json(one), web_address=address, picture=photo) for one in shown]


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


def bytes_of(content: Content, kinds: Sequence[str], *, most: int) -> bytes | None:
    """The first of these files that there is and that has at most so many bytes."""
    rows = Rendition.objects.filter(content=content, kind__in=kinds, size__lte=most)
    found = sorted(rows.values_list("kind", "stored_name"), key=lambda one: kinds.index(one[0]))
    for _, stored_name in found:
        try:
            return storage.path_of(stored_name).read_bytes()
        except FileNotFoundError:  # withdrawn a moment ago
            continue
    return None


def _kinds_of(content: Content) -> set[str]:
    return set(Rendition.objects.filter(content=content).values_list("kind", flat=True))


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
