"""Kept cells beside live GROUP BY over the same records; the page and its PDF.

The peer counts by the same definitions, a query for each family, on an analysed database; results have to be
equal to the digit, or the line is missed whatever it took. Both are timed in turns. Every size has a database
of its own, cloned from the migrated one.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from benchmarks.reports.filled import ROWS, Row, filled, printed

FAMILIES = ("incidents", "risk", "duration", "found_by", "looked_after", "individuals")
ONE, ALL, PAGE, PAPER = 200.0, 80.0, 1.0, 5.0
_TURNS = 5
_NAMES = (
    "clocks",
    "closures-supported",
    "learning",
    "national-return",
    "national-return/missing",
    "patterns",
)
PAGES = tuple(f"/figures/{name}/" for name in _NAMES)


def run(sizes: Sequence[int] = ROWS) -> Iterator[Row]:
    """The lines of the table. Goals are asked of a million; smaller sizes show the growth."""
    for size in sizes:
        is_asked = size == max(sizes) >= ROWS[-1]
        with filled(size) as there:
            yield there.counted
            yield _ten_years(size, there.force, ONE, is_asked)
            yield _ten_years(size, None, ALL, is_asked)
            yield _page(size, there.force)
            yield from _pages(size, there.force)


def _ten_years(size: int, force: int | None, goal: float, is_asked: bool) -> Row:
    from django.utils import timezone

    from reports import periods
    from reports.cells import reading
    from reports.periods import Period

    last = periods.financial_year_of(timezone.localdate())
    years = Period(last.start.replace(year=last.start.year - 9), last.end)

    def ours() -> dict[Any, int]:
        return dict(reading.counts(FAMILIES, period=years, force_id=force, by="f").found)

    def peer() -> dict[Any, int]:
        return _live(years, force)

    same = ours() == peer()
    mine, theirs = _in_turns(ours, peer)
    ratio = theirs / mine
    whose = "one force" if force else "all forces"
    told = f"{size:>9,}: {mine * 1000:8.2f} ms, live {theirs * 1000:9.1f} ms, {ratio:7.1f} times"
    equal = "equal to the digit" if same else "NOT EQUAL"
    return Row(f"ten-year report, {whose}", f"{told}, {equal}", same and (not is_asked or ratio >= goal))


def _live(years: Any, force: int | None) -> dict[Any, int]:
    """GROUP BY over the records, a query for each family."""
    from django.db import connection

    from reports.cells import statements as sql
    from reports.cells.declared import Unit
    from reports.cells.families import BY_NAME
    from reports.cells.sources import INCIDENT

    found: dict[Any, int] = {}
    for name in FAMILIES:
        family = BY_NAME[name]
        columns = [one.sql for one in family.dimensions] + [sql.starts("f", INCIDENT.day)]
        what = "count(DISTINCT i.person_id)" if family.unit is Unit.PEOPLE else "count(*)"
        places = ", ".join(str(at + 1) for at in range(len(columns)))
        where = f"{INCIDENT.only} AND i.reported_at >= %s AND i.reported_at < %s"
        given: list[Any] = [years.starts_at, years.ends_at]
        if force:
            where, given = f"{where} AND i.owner_id = %s", [*given, force]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(columns)}, {what} FROM {INCIDENT.tables} WHERE {where} GROUP BY {places}",
                given,
            )
            found |= {(name, tuple(row[:-2]), row[-2]): row[-1] for row in cursor.fetchall()}
    return found


def _in_turns(ours: Callable[[], Any], peer: Callable[[], Any]) -> tuple[float, float]:
    mine, theirs = [], []
    for _ in range(_TURNS):
        mine.append(min(_took(ours) for _ in range(3)))
        theirs.append(_took(peer))
    return statistics.median(mine), statistics.median(theirs)


def _took(do: Callable[[], Any]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _page(size: int, force: int) -> Row:
    """The page and the PDF of a year of the largest force, as the charity's manager, small numbers hidden."""
    from django.test import Client

    from foundation.accounts.enums import OrganisationKind, Role
    from foundation.accounts.models import Organisation
    from tests.cast import member, organisation

    charity = organisation("missing-people", OrganisationKind.CHARITY, "Missing People")
    reader = member("bench@charity.example", "Bench Reader", charity, Role.CHARITY_MANAGER)
    client = reader.sign_in(Client())
    code = Organisation.objects.values_list("code", flat=True).get(pk=force)
    took = {}
    for what, address in (("page", "partnership/"), ("PDF", "partnership.pdf")):
        asked = f"/figures/{address}?force={code}"
        assert client.get(asked).status_code == 200
        took[what] = statistics.median(_took(lambda asked=asked: client.get(asked)) for _ in range(3))
    holds = took["page"] < PAGE and took["PDF"] < PAPER
    return Row("partnership report", f"{size:>9,}: page {took['page']:.2f} s, PDF {took['PDF']:.2f} s", holds)


def _pages(size: int, force: int) -> Iterator[Row]:
    """The other pages of figures, as a coordinator of the largest force."""
    from django.test import Client

    from foundation.accounts.enums import Role
    from foundation.accounts.models import Organisation
    from tests.cast import member

    place = Organisation.objects.get(pk=force)
    client = member("bench@force.example", "Bench Officer", place, Role.POLICE_COORDINATOR).sign_in(Client())
    for address in PAGES:
        assert client.get(address).status_code == 200, address
        took = statistics.median(_took(lambda asked=address: client.get(asked)) for _ in range(3))
        yield Row(address, f"{size:>9,}: {took:.2f} s", took < PAGE)


def main(arguments: list[str]) -> int:
    """Print the lines; not 0 where one was missed."""
    return printed(run, arguments)
