"""Reading the tree of areas, as it was on a day. Areas are public facts: everybody may see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from foundation.places.models import Area, AreaKind, AreaParent

# A link or an area counts on the day it starts and no more on the day it ends.
_WALK = """
WITH RECURSIVE walk(id) AS (
    SELECT {far} FROM places_areaparent
    WHERE {near} = ANY(%(areas)s)
      AND (starts_on IS NULL OR starts_on <= %(day)s) AND (ends_on IS NULL OR ends_on > %(day)s)
    UNION
    SELECT link.{far} FROM places_areaparent link JOIN walk ON link.{near} = walk.id
    WHERE (link.starts_on IS NULL OR link.starts_on <= %(day)s)
      AND (link.ends_on IS NULL OR link.ends_on > %(day)s)
)
SELECT id FROM walk
"""
_UP = _WALK.format(near="child_id", far="parent_id")
_DOWN = _WALK.format(near="parent_id", far="child_id")


def running_on(day: date) -> Q:
    """The condition that an area or a link counts on `day`."""
    started = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    return started & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def ancestors(area_id: int, *, on: date) -> QuerySet[Area]:
    """Every area that one lay within on that day: a borough's command unit, force, region and nation."""
    return Area.objects.filter(pk__in=_walk(_UP, [area_id], on))


def lies_within(area_ids: Sequence[int], gss_code: str, *, on: date) -> bool:
    """Whether one of these areas is that one, or lay within it on that day."""
    near = {*area_ids, *_walk(_UP, area_ids, on)} if area_ids else set()
    return Area.objects.filter(pk__in=near, gss_code=gss_code).exists()


def descendants(area_id: int, *, on: date) -> QuerySet[Area]:
    """Every area that lay within one on that day."""
    return Area.objects.filter(pk__in=_walk(_DOWN, [area_id], on))


def label(area: Area) -> str:
    """An area as it is offered and shown: a county and a force area may have one name."""
    ended = f", ended {_said(area.ends_on)}" if area.ends_on else ""
    return f"{area.name} ({area.get_kind_display().lower()}{ended})"


def offered(*, on: date) -> list[str]:
    """The labels of the areas that counted on that day, by name."""
    return [label(area) for area in Area.objects.filter(running_on(on)).order_by("name", "kind")]


def called(words: str, *, on: date) -> list[Area]:
    """The areas that somebody means by a label, a name or a code; of two that fit, those of that day."""
    asked = " ".join(words.split())
    name = asked.rpartition(" (")[0] or asked
    found = list(
        Area.objects.filter(Q(name__iexact=asked) | Q(name__iexact=name) | Q(code__iexact=asked)).order_by(
            "kind", "pk"
        )
    )
    labelled = [area for area in found if label(area).casefold() == asked.casefold()]
    named = [area for area in found if asked.casefold() in {area.name.casefold(), area.code.casefold()}]
    return labelled or [area for area in named if not why_not(area, on=on)] or named


def why_not(area: Area, *, on: date) -> str:
    """Why an area did not count on that day ("ended on 1 July 2018"); empty where it did."""
    if area.ends_on is not None and area.ends_on <= on:
        return f"ended on {_said(area.ends_on)}"
    if area.starts_on is not None and area.starts_on > on:
        return f"began on {_said(area.starts_on)}"
    return ""


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _walk(statement: str, area_ids: Sequence[int], day: date) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"areas": list(area_ids), "day": day})
        return [row[0] for row in cursor.fetchall()]


def ancestor_of_kind(area_id: int, kind: AreaKind, *, on: date) -> Area | None:
    """The area of that kind that one lay within on that day: a borough's command unit, say."""
    return ancestors(area_id, on=on).filter(kind=kind).first()


def children(area_id: int, *, on: date) -> QuerySet[Area]:
    """The areas directly within one on that day."""
    links = AreaParent.objects.filter(running_on(on), parent_id=area_id)
    return Area.objects.filter(running_on(on), pk__in=links.values("child_id"))


def parents(area_id: int, *, on: date) -> QuerySet[Area]:
    """The areas that one lies directly within on that day."""
    links = AreaParent.objects.filter(running_on(on), child_id=area_id)
    return Area.objects.filter(pk__in=links.values("parent_id"))


def roots(*, on: date) -> QuerySet[Area]:
    """The areas that lie within no other on that day: the nations, and what has no place in the tree."""
    within = AreaParent.objects.filter(running_on(on)).values("child_id")
    return Area.objects.filter(running_on(on)).exclude(pk__in=within)
