"""Every read of the public site: through the two windows, which test at each read what may be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from appeals.models import PublicAppeal, PublicPlacement, Rendition
from appeals.public.addresses import ENDINGS
from appeals.public.pages import File
from foundation.clock import in_london
from foundation.places import selectors as places
from foundation.places.models import Area, AreaKind, AreaParent

PAGE = 20
# A reader who would go further is asked to look by area or name.
MOST_PAGES_BACK = 50
LONGEST_QUERY = 80
MOST_AREAS = 150
_LOCAL = (AreaKind.BOROUGH, AreaKind.DISTRICT, AreaKind.COUNTY)
_SHOWN = ("token", "reference", "shown", "content_id", "published_at")
_FOUND = ("token", "is_live", "is_awaited", "shown", "content_id", "area_ids")
_AREA = ("id", "name", "code", "kind")


@dataclass(frozen=True, slots=True)
class Found:
    """One appeal; where it is not live nothing of it is told. One under embargo is awaited."""

    token: str
    is_live: bool
    is_awaited: bool
    shown: dict[str, Any]
    content_id: int
    area_ids: list[int]


def appeal_at(token: str) -> Found | None:
    """The appeal at an address; None where nothing was ever published there."""
    rows = PublicAppeal.objects.filter(token=token)
    row = rows.values_list(*_FOUND).first()
    return Found(*row) if row else None


def files_of(content_ids: list[int]) -> dict[int, list[File]]:
    """The renditions that there are, by the version they were made from."""
    found: dict[int, list[File]] = {}
    rows = Rendition.objects.filter(content_id__in=content_ids).order_by("content_id", "kind")
    for content_id, kind, content_type in rows.values_list("content_id", "kind", "content_type"):
        found.setdefault(content_id, []).append(File(kind, content_type))
    return found


def file_of(content_id: int, kind: str, ending: str) -> tuple[str, str] | None:
    """Stored name and type of one rendition, if that is the ending of its type."""
    rows = Rendition.objects.filter(content_id=content_id, kind=kind).order_by("language")
    found = rows.values_list("stored_name", "content_type").first()
    return found if found and ENDINGS.get(found[1]) == ending else None


@dataclass(frozen=True, slots=True)
class Version:
    """What is shown of an appeal anywhere, and whether it still is."""

    content_id: int
    is_live: bool


def shown_version(token: str) -> Version | None:
    """Whether the files of an appeal may be read: by our page, or by an outlet that reads them from us."""
    row = PublicAppeal.objects.filter(token=token).values_list("content_id", "is_live").first()
    if row is None:
        return None
    content_id, is_live = row
    return Version(content_id, is_live or PublicPlacement.objects.filter(token=token, is_live=True).exists())


def live(*, area_id: int | None = None, words: str = "") -> QuerySet[PublicAppeal]:
    """What may be shown now, of one area and all within it, where every word is found."""
    rows = PublicAppeal.objects.filter(is_live=True)
    if area_id is not None:
        rows = rows.filter(area_ids__contains=[area_id])
    for word in words[:LONGEST_QUERY].split()[:6]:
        rows = rows.filter(words__icontains=word)
    return rows.order_by("-published_at", "-reference")


def after(rows: QuerySet[PublicAppeal], at: datetime, reference: str) -> QuerySet[PublicAppeal]:
    """Those older than one place in the list."""
    return rows.filter(Q(published_at__lt=at) | Q(published_at=at, reference__lt=reference))


def listed(rows: QuerySet[PublicAppeal]) -> list[dict[str, Any]]:
    """One page of the list and one row more, by which it is seen that there is another page."""
    return list(rows.values(*_SHOWN)[: PAGE + 1])


def areas_shown() -> set[int]:
    """Every area in which something is live."""
    found: set[int] = set()
    for ids in PublicAppeal.objects.filter(is_live=True).values_list("area_ids", flat=True)[:5000]:
        found.update(ids)
    return found


def area_at(code: str) -> dict[str, Any] | None:
    """One area that there is today."""
    today = in_london(timezone.now()).date()
    return Area.objects.filter(places.running_on(today), code=code).values(*_AREA).first()


def way_to(area_id: int) -> list[dict[str, Any]]:
    """The areas that one lies within, the largest first."""
    today = in_london(timezone.now()).date()
    order = list(Area.kind.field.choices or ())
    rank = {value: place for place, (value, _) in enumerate(order)}
    found = list(places.ancestors(area_id, on=today).values(*_AREA))
    return sorted(found, key=lambda one: (rank.get(one["kind"], 0), one["name"]))


def within(area_id: int | None) -> list[dict[str, Any]]:
    """The areas directly within one, or those at the top, in which something is live."""
    today = in_london(timezone.now()).date()
    rows = places.roots(on=today) if area_id is None else places.children(area_id, on=today)
    shown = areas_shown()
    return [one for one in rows.values(*_AREA).order_by("name") if one["id"] in shown]


def areas_near(area_ids: list[int]) -> list[tuple[int, str]]:
    """The boroughs, districts and counties around an appeal's areas, to choose one from; by name."""
    today = in_london(timezone.now()).date()
    within = AreaParent.objects.filter(places.running_on(today), parent_id__in=area_ids).values("child_id")
    rows = Area.objects.filter(places.running_on(today), pk__in=within, kind__in=_LOCAL)
    return list(rows.order_by("name").values_list("id", "name")[:MOST_AREAS])
