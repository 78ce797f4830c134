"""Files made from what is published, off the request: the photo in sizes, share image, posters, creatives.

They lie in a folder of their own, the only one that the public site's machine can read. Once an appeal is off
its channels they are deleted; that nobody is shown them from that moment on does not wait for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
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
# Each is drawn by a process of its own; so many at once.
PRESSES = 2
# A photo is taller than wide: what is fitted is its width.
_TALLEST = 3
_SWEEP = 500


@dataclass(frozen=True, slots=True)
class Print:
    """What is drawn of a publication: what it is called, whose words it bears, how it is drawn."""

    kind: str
    audience: Audience
    content_type: str
    draw: Callable[[list[Sheet]], bytes]


def _poster(kind: str) -> Print:
    paper = kind.rpartition("-")[2]
    return Print(
        kind, Audience.POSTER, "application/pdf", lambda sheets: printing.poster(sheets, paper=paper).content
    )


def _creative(kind: str, audience: Audience, shape: printing.Shape) -> Print:
    return Print(kind, audience, "image/png", lambda sheets: printing.creative(sheets, shape).content)


# Creatives by their kind, as playlists and posts ask for them.
PRINTS = (
    *map(_poster, pages.POSTERS),
    _creative("landscape", Audience.BILLBOARD, printing.Shape.LANDSCAPE),
    _creative("portrait", Audience.BILLBOARD, printing.Shape.PORTRAIT),
    _creative("six-sheet", Audience.BILLBOARD, printing.Shape.SIX_SHEET),
    _creative(pages.SHARE, Audience.PUBLIC, printing.Shape.SHARE),
)


def make_sizes(appeal_id: int) -> int:
    """Make the photo of a publication in each width that is missing; returns how many were made."""
    content = _published(appeal_id)
    photo = _photo_of(content) if content else None
    if content is None or photo is None:
        return 0
    made, there = 0, _kinds_of(content)
    for width in pages.SIZES:
        kind = pages.size_kind(width)
        if kind not in there:
            written = pictures.fitted(photo, width, width * _TALLEST)
            made += _keep(content, kind, written.data, pictures.CONTENT_TYPE)
    return made


def make_printed(appeal_id: int) -> int:
    """Make posters, creatives and share image of a publication, where they are missing, some side by side."""
    content = _published(appeal_id)
    if content is None:
        return 0
    there = _kinds_of(content)
    missing = [one for one in PRINTS if one.kind not in there]
    sheets = {audience: _sheets(content, audience) for audience in {one.audience for one in missing}}
    with ThreadPoolExecutor(PRESSES) as presses:
        made = presses.map(lambda one: _printed(one, sheets[one.audience], content.pk), missing)
        return sum(
            _keep(content, one.kind, data, one.content_type)
            for one, data in zip(missing, made, strict=True)
            if data
        )


def proof(content: Content, kind: str) -> tuple[bytes, str]:
    """A poster or creative of a version as it would be printed, with its content type; nothing is kept.

    Raises `KeyError` for another kind, `NotPrinted`, `TooLongToPrint`.
    """
    found = next((one for one in PRINTS if one.kind == kind and kind != pages.SHARE), None)
    if found is None:
        raise KeyError(kind)
    return found.draw(_sheets(content, found.audience)()), found.content_type


def _printed(one: Print, sheets: Callable[[], list[Sheet]], content_id: int) -> bytes | None:
    """One sheet that cannot be printed leaves the others and the page as they are."""
    try:
        return one.draw(sheets())
    except (NotPrinted, TooLongToPrint) as problem:
        log.warning("not_printed", content_id=content_id, kind=one.kind, error=type(problem).__name__)
        return None


def _sheets(content: Content, audience: str) -> Callable[[], list[Sheet]]:
    """The sheets of every language, put together when they are asked for, without the database."""
    address, photo = page_address(content.appeal.token), _photo_of(content)
    shown = [Published.from_json(one) for one in shown_for(content, audience=audience).values()]
    return lambda: [sheet_of(one, web_address=address, picture=photo) for one in shown]


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
