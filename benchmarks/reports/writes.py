"""What noting changes costs eight writers on one force: with the triggers, and in turns without any.

*Bare* writes are an UPDATE of a counted column by SQL, each a transaction, and nothing else: nobody using the
product writes so, and no write can pay more. *Verbs* are what officers do, by the product's services: report,
grade, find, interview, close. *Least* is the least that a statement trigger with both images can do: it
compares nothing and notes one fixed row. Writers are processes and keep every processor busy, so that what a
trigger takes is missing elsewhere; the triggers are dropped for the other turn, not disabled, as a disabled
one still has its rows collected. At the end what was noted is folded and proven.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from benchmarks.reports.filled import ROWS, Row, filled, printed

if TYPE_CHECKING:
    from tests.cast import Member

GOAL = 0.9
_WRITERS, _BEFORE = 8, 5
_BARE_ROUNDS, _VERB_ROUNDS = (40, 1.0), (12, 6.0)  # pairs, and seconds of each round
_BARE = (
    "UPDATE missingcases_incident SET distance_km = coalesce(distance_km, 0) + 1, version = version + 1"
    " WHERE id = %s"
)
_LEAST = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO reports_delta (what, record_id) VALUES ('incident', 0);
    RETURN NULL;
END $$;
"""
Write = Callable[[int], Iterator[None]]


def run(sizes: Sequence[int] = ROWS) -> Iterator[Row]:
    """The lines of the table."""
    for size in sizes:
        with filled(size) as there:
            kinds = {
                "bare UPDATEs": (_bare(there.force), *_BARE_ROUNDS),
                "verbs": (_verbs(there.force), *_VERB_ROUNDS),
            }
            for name, kind in kinds.items():
                yield _row(size, name, *kind)
            yield _least(size, *kinds["bare UPDATEs"])
            yield _folded(size, [write for write, *_ in kinds.values()])


def _row(size: int, name: str, write: Write, pairs: int, seconds: float) -> Row:
    from reports.cells import triggers

    told, ratio = _compared(triggers.install, write, pairs, seconds)
    return Row(f"eight writers on one force, {name}", f"{size:>9,}: {told}", ratio >= GOAL)


def _least(size: int, write: Write, pairs: int, seconds: float) -> Row:
    from django.db import connection

    from reports.cells import triggers

    def note_blindly() -> None:
        triggers.install()
        with connection.cursor() as cursor:
            cursor.execute(_LEAST.format(name=triggers.name_of("missingcases_incident")))

    told, _ = _compared(note_blindly, write, pairs, seconds)
    return Row("the least of a statement trigger, bare UPDATEs", f"{size:>9,}: {told}", True)


def _compared(install: Callable[[], None], write: Write, pairs: int, seconds: float) -> tuple[str, float]:
    """The rates with what is installed and without any trigger, in words, and their ratio."""
    from reports.cells import triggers

    ways = {True: install, False: triggers.remove}
    rates: dict[bool, list[float]] = {True: [], False: []}
    with writers(write) as rate:
        for pair in range(pairs):
            # A machine that is shared drifts: each pair begins with the other way.
            for noted in (pair % 2 == 0, pair % 2 == 1):
                ways[noted]()
                rates[noted].append(rate(seconds))
    triggers.install()
    each = [ours / without for ours, without in zip(rates[True], rates[False], strict=True)]
    ours, without, ratio = (statistics.median(one) for one in (rates[True], rates[False], each))
    low, _, high = statistics.quantiles(each, n=4)
    told = (
        f"{ours:,.0f}/s, without {without:,.0f}/s; "
        f"median of {pairs} pairs {ratio:.3f} (half of them {low:.2f} to {high:.2f})"
    )
    return told, ratio


@contextlib.contextmanager
def writers(write: Write) -> Iterator[Callable[[float], float]]:
    """Eight processes with a connection each; what is yielded lets them write for some seconds.

    It answers with the writes a second of all. They write a little before they are counted, as plans are made
    anew after a trigger was.
    """
    from django.db import connections

    connections.close_all()
    fork = multiprocessing.get_context("fork")
    begin, seconds, counts = fork.Barrier(_WRITERS + 1), fork.Value("d", 0.0), fork.SimpleQueue()
    given = (write, begin, seconds, counts)
    running = [fork.Process(target=_writer, args=(who, *given)) for who in range(_WRITERS)]
    for one in running:
        one.start()

    def rate(lasting: float) -> float:
        seconds.value = lasting
        begin.wait()
        done = [counts.get() for _ in running]
        if None in done:
            raise RuntimeError("A writer failed; what it said stands above.")
        return sum(done)

    try:
        yield rate
        seconds.value = 0
        begin.wait()
    except BaseException:
        begin.abort()
        raise
    finally:
        for one in running:
            one.join()


def _writer(who: int, write: Write, begin: Any, seconds: Any, counts: Any) -> None:
    try:
        writes = write(who)
        while begin.wait() >= 0 and seconds.value:
            for _ in range(_BEFORE):
                next(writes)
            began, done = time.monotonic(), 0
            while (took := time.monotonic() - began) < seconds.value:
                next(writes)
                done += 1
            counts.put(done / took)
    except BaseException:
        counts.put(None)
        begin.abort()
        raise


def _bare(force: int) -> Write:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM missingcases_incident WHERE owner_id = %s LIMIT 4000", [force])
        ids = [row[0] for row in cursor.fetchall()]

    def write(who: int) -> Iterator[None]:
        with connection.cursor() as cursor:
            while True:
                for one in ids[who::_WRITERS]:
                    cursor.execute(_BARE, [one])
                    yield

    return write


def _verbs(force: int) -> Write:
    from foundation.accounts.enums import Role
    from foundation.accounts.models import Organisation
    from tests.cast import member

    place = Organisation.objects.get(pk=force)
    officer = member("officer@bench.example", "Bench Officer", place, Role.POLICE_OFFICER)
    supervisor = member("supervisor@bench.example", "Bench Supervisor", place, Role.POLICE_SUPERVISOR)
    return lambda who: _lives(officer, supervisor)


def _lives(officer: Member, supervisor: Member) -> Iterator[None]:
    """Incidents from report to closing, one after the other: five verbs each."""
    from missingcases import services
    from tests.missingcases import making

    by, over = officer.actor, supervisor.actor
    while True:
        incident = making.report(by, given_names=f"Alex {os.getpid()}")
        yield
        making.missing(over, incident)
        yield
        making.located(by, incident)
        yield
        making.interviewed(by, incident)
        yield
        services.close_incident(actor=over, incident_id=incident.pk, outcome=making.outcome())
        yield


def _folded(size: int, writes: list[Write]) -> Row:
    """What a round of each kind noted, folded: the part of the cost that comes afterwards."""
    from reports.cells import folding, proving, rebuilding

    rebuilding.rebuild()
    for write in writes:
        with writers(write) as rate:
            rate(2.0)
    began = time.monotonic()
    done = folding.fold_all()
    took = time.monotonic() - began
    differ = proving.prove().differ
    told = f"{size:>9,}: {done:,} in {took:.1f} s, {done / took:,.0f}/s; {differ} differ from a live count"
    return Row("folding what a round of each noted", told, differ == 0)


def main(arguments: list[str]) -> int:
    """Print the lines; not 0 where one was missed."""
    return printed(run, arguments)
