"""Filling an empty database: processes make pages, this one copies them, in one transaction.

What verbs would have written beside the rows (the audit trail, what is owed to subscribers) is left out:
made data are nobody's doing (docs/made-data.md).
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction

from foundation.bare import bare, without_triggers
from foundation.copying import copy_in
from foundation.sheets import copy_page
from missingcases.made.episodes import draw
from missingcases.made.forces import a_day, chosen, the_forces
from missingcases.made.frame import Ask, Service
from missingcases.made.writing import Writer, Written
from missingcases.matching.models import NameToken
from missingcases.matching.words import keys_of, word_id
from missingcases.models import AudienceRow, Incident

# From so many on it is quicker to make indexes afterwards.
MANY = 50_000
_AHEAD = 2


class NotEmpty(RuntimeError):
    """The database has incidents already."""


@dataclass(frozen=True, slots=True)
class Made:
    """How many rows there are of each model."""

    rows: dict[str, int]


def fill(
    ask: Ask,
    services: Sequence[Service],
    *,
    processes: int = 1,
    before_end: Callable[[], None] = lambda: None,
) -> Made:
    """Everything that was asked for, or nothing. `before_end` runs in the transaction, when rows are in.

    Raises `NotEmpty`, `NoSuchForce`, and `IntegrityError` where a made row breaks a rule of its table.
    """
    if Incident.objects.exists():
        raise NotEmpty
    with transaction.atomic():
        forces = the_forces()
        own = chosen(ask, forces)
        ready = [(one, one.prepare(ask)) for one in services]
        drawn = draw(ask.seed, ask.incidents, a_day=a_day(own), end=ask.end)
        writer = Writer(ask, own, forces, drawn, ready)
        rows = _copy(writer, processes)
        before_end()
    return Made(rows)


def _copy(writer: Writer, processes: int) -> dict[str, int]:
    statements = {name: sheet.statement for name, sheet in (writer.of_people | writer.of_incidents).items()}
    tables = [apps.get_model(name)._meta.db_table for name in (*statements, "matching.NameToken")]
    rows = dict.fromkeys(statements, 0)
    met: set[str] = set()
    with (bare if writer.ask.incidents >= MANY else without_triggers)(tables):
        for written in _written(writer, processes):
            for name, page in written.pages.items():
                copy_page(statements[name], page)
                rows[name] += page.count(b"\n")
            met |= written.words
        words = ((word, word_id(word), list(keys_of(word))) for word in sorted(met))
        rows["matching.NameToken"] = copy_in(NameToken, ("token", "number", "keys"), words)
    _number_on(list(statements))
    _analyse(tables)
    return rows


def _written(writer: Writer, processes: int) -> Iterator[Written]:
    """Every chunk, in order, and never more than a few ahead of what the database has taken."""
    if processes == 1:
        yield from map(writer.write, writer.chunks())
        return
    # Forked, so that what chunks are made from is there and not sent; the children use no connection.
    _WRITERS.append(writer)
    waiting: deque[Future[Written]] = deque()
    try:
        with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
            for chunk in writer.chunks():
                waiting.append(pool.submit(_of_chunk, chunk))
                if len(waiting) > processes + _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    finally:
        _WRITERS.clear()


_WRITERS: list[Writer] = []


def _of_chunk(chunk: tuple[str, int]) -> Written:
    return _WRITERS[0].write(chunk)


def _analyse(tables: Sequence[str]) -> None:
    """So that what is asked in this transaction is planned for rows that no vacuum can see yet."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")


def _number_on(names: Sequence[str]) -> None:
    """The tables' own numbering goes on behind what was given, and that of changes too."""
    with connection.cursor() as cursor:
        for name in names:
            model = apps.get_model(name)
            key = model._meta.pk
            if not isinstance(key, models.AutoField):
                continue
            last = model._default_manager.aggregate(last=models.Max(key.name))["last"] or 0
            sequence = [model._meta.db_table, key.column, last + 1]
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)", sequence)
        last = AudienceRow.objects.aggregate(last=models.Max("change"))["last"] or 0
        cursor.execute("SELECT setval('missingcases_change', %s, false)", [last + 1])
