"""What the incidents that a coordinator sees have in common, in a period and an area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from foundation.actors import Actor
from missingcases.enums import PlaceFound
from missingcases.selectors.paging import keys_of
from reports.patterns import statements
from reports.patterns.things import NOBODYS, Kind, Person, Shared
from reports.periods import Period

MOST_PLACES = 30
EACH = 10  # of one sort of thing


@dataclass(frozen=True, slots=True)
class Place:
    """Where several incidents began, with the newest of them."""

    words: str
    incidents: int
    people: int
    newest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """All that is shown; `ids` are the incidents that it names, for the trail."""

    places: tuple[Place, ...]
    shared: tuple[Shared, ...]
    hours: dict[tuple[int, int], int]
    areas: tuple[tuple[str, int, int, int], ...]
    found: tuple[tuple[str, str, int, int], ...]
    ids: tuple[int, ...]

    @property
    def incidents(self) -> int:
        """How many incidents were looked through."""
        return sum(self.hours.values())


def patterns(actor: Actor, period: Period, areas: Sequence[int] | None) -> Patterns:
    """What the actor's own force's incidents share, as far as the actor sees them. Six statements."""
    values = {
        **keys_of(actor),
        "force": actor.organisation_id,
        "start": period.starts_at,
        "end": period.ends_at,
        "areas": list(areas) if areas is not None else None,
        "nobodys": list(NOBODYS),
        "most": MOST_PLACES,
    }
    places = _rows(statements.PLACES, values)
    shared = _rows(statements.SHARED, values | {"each": EACH})
    people, newest = _people(values, shared)
    return Patterns(
        places=tuple(Place(words, count, persons, tuple(refs)) for words, count, persons, refs, _ in places),
        shared=tuple(
            Shared(Kind(kind), words, tuple(people[pk] for pk in ids), count)
            for kind, words, ids, count in shared
        ),
        hours={(day, part): count for day, part, count in _rows(statements.HOURS, values)},
        areas=tuple(_rows(statements.AREAS, values)),
        found=tuple(
            (PlaceFound(kind).label, area, count, persons)
            for kind, area, count, persons in _rows(statements.FOUND, values)
        ),
        ids=tuple(sorted({*newest, *(pk for row in places for pk in row[4])})),
    )


def _people(values: dict[str, Any], shared: list[tuple[Any, ...]]) -> tuple[dict[int, Person], set[int]]:
    wanted = sorted({pk for row in shared for pk in row[2]})
    if not wanted:
        return {}, set()
    rows = _rows(statements.PEOPLE, values | {"people": wanted})
    people = {pk: Person(pk, name or "Name not known", reference) for pk, name, reference, _ in rows}
    return people, {row[3] for row in rows}


def _rows(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
