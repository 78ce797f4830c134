"""Kept cells beside live GROUP BY over the same records; what they cost eight writers; the page and its PDF.

The peer counts by the same definitions, a query for each family, on an analysed database; results have to be
equal to the digit, or the line is missed whatever it took. Both are timed in turns. Every size has a database
of its own, cloned from the migrated one.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

ROWS = (10_000, 100_000, 1_000_000)
FAMILIES = ("incidents", "risk", "duration", "found_by", "looked_after", "individuals")
ONE, ALL, WRITES, PAGE, PAPER = 200.0, 80.0, 0.9, 1.0, 5.0
_TURNS, _WRITERS, _SECONDS, _ROUNDS = 5, 8, 3.0, 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    seen: str
    holds: bool

    def __str__(self) -> str:
        return f"{self.what:<48} {self.seen}  {'holds' if self.holds else 'MISSED'}"


def run(sizes: Sequence[int] = ROWS) -> list[Row]:
    """The lines of the table. Goals are asked of a million; smaller sizes show the growth."""
    from tests import isolation

    server = os.environ["DATABASE_URL"]
    base = server.rsplit("/", 1)[1].split("?")[0]
    rows: list[Row] = []
    for size in sizes:
        name = f"bench_reports_{size}"
        _close()
        isolation.drop_database(server, name)
        isolation.clone_database(server, template=base, name=name)
        before = isolation.use_database(name)
        try:
            rows += _of_size(size, is_asked=size == max(sizes) >= ROWS[-1])
        finally:
            _close()
            isolation.use_database(before)
            isolation.drop_database(server, name)
    return rows


def _close() -> None:
    from django.db import connections

    connections.close_all()


def _of_size(size: int, *, is_asked: bool) -> list[Row]:
    from django.db import connection
    from django.utils import timezone

    from config.made import make
    from missingcases.made.frame import Ask
    from reports.cells.rebuilding import rebuild

    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    make(Ask(size, 1, now, None), processes=2)
    began = time.monotonic()
    kept = rebuild()
    rows = [Row("count everything anew", f"{size:>9,}: {time.monotonic() - began:.1f} s, {kept}", True)]
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT owner_id FROM missingcases_incident GROUP BY 1 ORDER BY count(*) DESC LIMIT 1")
        (force,) = cursor.fetchone()
    rows += [_ten_years(size, force, ONE, is_asked), _ten_years(size, None, ALL, is_asked)]
    rows += [_page(size, force), _writes(size, force)]
    return rows


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


def _writes(size: int, force: int) -> Row:
    """Eight writers change incidents of one force, each in a transaction of its own: only the write."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM missingcases_incident WHERE owner_id = %s LIMIT 4000", [force])
        ids = [row[0] for row in cursor.fetchall()]
    rates: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(_ROUNDS):
        for noted in (True, False):
            with connection.cursor() as cursor:
                way = "ENABLE" if noted else "DISABLE"
                cursor.execute(f"ALTER TABLE missingcases_incident {way} TRIGGER reports_changed")
            rates[noted].append(_rate(ids))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE missingcases_incident ENABLE TRIGGER reports_changed")
    ours, without = statistics.median(rates[True]), statistics.median(rates[False])
    told = f"{size:>9,}: {ours:,.0f}/s, without {without:,.0f}/s, {ours / without:.2f} of the rate"
    return Row("cost on writes, eight writers on one force", told, ours / without >= WRITES)


def _rate(ids: list[int]) -> float:
    counts = [0] * _WRITERS
    ends = time.monotonic() + _SECONDS

    def write(who: int) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            at = 0
            while time.monotonic() < ends:
                one = ids[(who + at * _WRITERS) % len(ids)]
                cursor.execute(
                    "UPDATE missingcases_incident SET distance_km = coalesce(distance_km, 0) + 1,"
                    " version = version + 1 WHERE id = %s",
                    [one],
                )
                at += 1
        counts[who] = at
        connection.close()

    threads = [threading.Thread(target=write, args=[who]) for who in range(_WRITERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sum(counts) / _SECONDS


def main(arguments: list[str]) -> int:
    """Print the lines; not 0 where one was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", default=",".join(map(str, ROWS)))
    sizes = [int(one.replace("_", "")) for one in parser.parse_args(arguments).rows.split(",")]
    rows = run(sizes)
    for row in rows:
        sys.stdout.write(f"{row}\n")
    return 0 if all(row.holds for row in rows) else 1
