"""Loading official lists of areas."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.places import lists, policies
from foundation.places.lists import ORDER, Row, RowError
from foundation.places.models import Area, AreaParent

Link = tuple[int, date | None, date | None]


@dataclass(slots=True)
class Report:
    """What a list did, or would do. Areas are counted once, however many lines speak of them."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    links_added: int = 0
    links_removed: int = 0
    errors: list[RowError] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)


class _DryRun(Exception):
    pass


def load_areas(*, actor: Actor, content: bytes, dry_run: bool = False) -> Report:
    """Bring the areas in line with an official list; good lines land, bad ones are reported.

    The list has the last word on every area it names, and on where that area lay: for each kind of parent
    it gives, its links replace the earlier ones of that kind. What it does not name stays. Loading it again
    changes nothing. With `dry_run` everything is checked and nothing kept. Raises `Refused`, `NotAList`.
    """
    require(policies.may_load_areas(actor))
    rows, errors = lists.read(content)
    report = Report(errors=errors)
    try:
        with transaction.atomic():
            areas = _put_areas(rows, report)
            _put_links(rows, areas, report)
            if dry_run:
                raise _DryRun
            if report.touched:
                audit.record(
                    actor=actor,
                    action="areas.loaded",
                    target=Area,
                    target_ids=sorted(report.touched),
                    fields=["name", "kind", "starts_on", "ends_on", "parent"],
                )
    except _DryRun:
        pass
    report.errors.sort(key=lambda error: error.line)
    return report


def _put_areas(rows: list[Row], report: Report) -> dict[str, Area]:
    """Write the areas; return every area that a line may name as parent, by code."""
    areas = {area.code: area for area in Area.objects.select_for_update(no_key=True)}
    seen: dict[str, Row] = {}
    for row in rows:
        first = seen.setdefault(row.code, row)
        if first is not row:
            if _facts(first) != _facts(row):
                report.errors.append(RowError(row.line, "code", f"says other than line {first.line}"))
            continue
        area = areas.get(row.code)
        if area is None:
            areas[row.code] = area = Area(code=row.code)
            report.created += 1
        elif _facts(row) == (area.name, area.kind, area.starts_on, area.ends_on):
            report.unchanged += 1
            continue
        else:
            report.changed += 1
        area.name, area.kind, area.gss_code = row.name, row.kind, row.gss_code
        area.starts_on, area.ends_on = row.starts_on, row.ends_on
        area.save()
        report.touched.add(area.pk)
    return areas


def _facts(row: Row) -> tuple[str, str, date | None, date | None]:
    return row.name, row.kind, row.starts_on, row.ends_on


def _put_links(rows: list[Row], areas: dict[str, Area], report: Report) -> None:
    wanted: dict[tuple[int, str], list[Link]] = {}
    for row in rows:
        if not row.parent:
            continue
        child, parent = areas[row.code], areas.get(row.parent)
        if parent is None:
            report.errors.append(RowError(row.line, "parent", "is neither in the list nor known"))
        elif ORDER[parent.kind] >= ORDER[child.kind]:
            report.errors.append(RowError(row.line, "parent", f"is a {_words(parent.kind)}, not above it"))
        else:
            links = wanted.setdefault((child.pk, parent.kind), [])
            link = (parent.pk, row.parent_starts_on, row.parent_ends_on)
            if any(link != other and _overlap(link, other) for other in links):
                words = f"it would lie in two areas of the kind {_words(parent.kind)} at once"
                report.errors.append(RowError(row.line, "parent", words))
            elif link not in links:
                links.append(link)
    for (child_id, kind), links in wanted.items():
        _replace(child_id, kind, links, report)


def _overlap(one: Link, other: Link) -> bool:
    first, last = date.min, date.max
    return (one[1] or first) < (other[2] or last) and (other[1] or first) < (one[2] or last)


def _replace(child_id: int, kind: str, links: list[Link], report: Report) -> None:
    there = {
        (link.parent_id, link.starts_on, link.ends_on): link
        for link in AreaParent.objects.filter(child_id=child_id, parent__kind=kind)
    }
    gone = [link.pk for facts, link in there.items() if facts not in links]
    new = [facts for facts in links if facts not in there]
    AreaParent.objects.filter(pk__in=gone).delete()
    AreaParent.objects.bulk_create(
        AreaParent(child_id=child_id, parent_id=parent, starts_on=begins, ends_on=ends)
        for parent, begins, ends in new
    )
    report.links_removed += len(gone)
    report.links_added += len(new)
    if gone or new:
        report.touched.add(child_id)


def _words(kind: str) -> str:
    return kind.replace("_", " ")
