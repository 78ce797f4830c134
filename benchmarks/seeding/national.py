"""Filling a migrated database: people, incidents, who sees them, risk, clocks, telephones, addresses, keys.

What services would have written of these is written; the trail, the timeline and what hangs on an incident
besides are left out, as no load reads them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from django.db import connection, transaction
from django.utils import timezone

from benchmarks.seeding.copying import Rows, bare
from benchmarks.seeding.forces import Force, the_forces
from benchmarks.seeding.incidents import COLUMNS, Born, Written, write_up
from benchmarks.seeding.people import People
from benchmarks.seeding.spread import episodes
from foundation.fields import box
from foundation.references import ALPHABET
from missingcases.matching import births
from missingcases.matching.models import NamePair, NameToken, PersonKeys
from missingcases.matching.services.keys import CHUNK, seed_people
from missingcases.models import (
    Address,
    AudienceRow,
    Incident,
    LocatedEntry,
    MissingPerson,
    Phone,
    ReviewClock,
    RiskAssessment,
)
from missingcases.names import name_key
from missingcases.numbers import number_key, read_number

SEED = 20261128
FILLED = (
    MissingPerson, Phone, Address, Incident, AudienceRow, RiskAssessment, LocatedEntry, ReviewClock,
    NameToken, PersonKeys, NamePair,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What an incident needs of its person."""

    pk: int
    force: Force
    born: Born
    is_child: bool


def fill(rows: int, *, now: datetime | None = None) -> None:
    """Put `rows` incidents into the database of this process, in one transaction, and make their keys."""
    chance = random.Random(SEED)
    now = (now or timezone.now()).replace(microsecond=0)
    is_child, found = episodes(chance, rows, now)
    tables = [model._meta.db_table for model in FILLED]
    with transaction.atomic(), bare(tables, rows):
        forces = the_forces()
        people = _people(chance, is_child, forces, now)
        _incidents(chance, [(people[one.person], one.at, one.hours) for one in found], now)
        for first in range(1, len(people) + 1, CHUNK):
            seed_people(range(first, min(first + CHUNK, len(people) + 1)))


def _people(
    chance: random.Random, is_child: list[bool], forces: Callable[[random.Random], Force], now: datetime
) -> list[Known]:
    maker, numbers = People(SEED, now.date()), _Numbers()
    people = Rows(
        MissingPerson, "id", "reference", "organisation_id", "given_names", "family_name", "name_key",
        "date_of_birth", "estimated_age", "estimated_on", "sex", "created_at", "updated_at",
    )  # fmt: skip
    phones = Rows(Phone, "id", "person_id", "number", "number_key", "is_foreign", "created_at", "updated_at")
    addresses = Rows(Address, "id", "person_id", "text")
    encrypted = box()
    known = []
    for key, child in enumerate(is_child, start=1):
        one, force = maker.person(key, is_child=child), forces(chance)
        age = None if one.born else chance.randint(10, 17) if child else chance.randint(18, 80)
        born = Born(births.as_date(one.born), age, None if age is None else now.date())
        people.add(
            key, reference("MP", key), force.pk, one.given, one.family, name_key(one.given, one.family),
            born.day, age, born.thought_on, one.sex or "not_known", now, now,
        )  # fmt: skip
        if one.phone:
            phones.add(phones.count + 1, key, *numbers.of(one.phone), False, now, now)
        addresses.add(key, key, encrypted.encrypt(one.address.encode()).decode())
        known.append(Known(key, force, born, child))
    for table in (people, phones, addresses):
        table.finish()
    return known


class _Numbers:
    """Telephone numbers as they are kept, each made once: there are some ten thousand."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, str]] = {}

    def of(self, raw: str) -> tuple[str, str]:
        if raw not in self._kept:
            number = read_number(raw)[0]
            self._kept[raw] = box().encrypt(number.encode()).decode(), number_key(number)
        return self._kept[raw]


def reference(prefix: str, number: int) -> str:
    """The reference of the n-th row: no two alike, and in no order that shows."""
    mixed = (number * 0x9E3779B1 + 0x5BD1E995) % (1 << 40)
    return f"{prefix}-" + "".join(ALPHABET[mixed >> shift & 31] for shift in range(35, -1, -5))


def _incidents(chance: random.Random, found: list[tuple[Known, datetime, float]], now: datetime) -> None:
    incidents = Rows(Incident, "id", "reference", *COLUMNS)
    audience = Rows(
        AudienceRow, "id", "incident_id", "kind", "principal", "organisation_id", "user_id", "status",
        "is_open", "risk_rank", "reported_at", "updated_at", "change", "change_xid", "granted_at",
    )  # fmt: skip
    risks = Rows(
        RiskAssessment, "id", "incident_id", "scheme", "category", "level", "information", "given_by",
        "given_at", "rationale", "assessed_by_id", "assessed_at",
    )  # fmt: skip
    entries = Rows(
        LocatedEntry, "id", "incident_id", "located_at", "found_by", "source", "recorded_by_id", "recorded_at"
    )
    clocks = Rows(ReviewClock, "id", "incident_id", "kind", "due_at", "created_at")
    xid, changes = _this_transaction(), count(1)
    for key, (who, at, hours) in enumerate(found, start=1):
        done = write_up(
            chance, who.force, who.born, at, timedelta(hours=hours), now, number=key, is_child=who.is_child
        )
        incidents.add(key, reference("MI", key), who.pk, *done.columns)
        for grant in done.grants:
            audience.add(
                audience.count + 1, key, *grant, done.status, done.is_open, done.risk_rank, at,
                done.updated_at, next(changes), xid, at,
            )  # fmt: skip
        _around(key, who.force, done, risks, entries, clocks)
    for table in (incidents, audience, risks, entries, clocks):
        table.finish()
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('missingcases_change', %s)", [next(changes)])


def _around(key: int, force: Force, done: Written, risks: Rows, entries: Rows, clocks: Rows) -> None:
    if done.graded_at is not None:
        risks.add(
            risks.count + 1, key, done.scheme, done.category, done.risk, "As told at the report.", "Parent",
            done.graded_at, "Age and what was told.", force.officer_id, done.graded_at,
        )  # fmt: skip
    if done.located_at is not None:
        entries.add(
            entries.count + 1, key, done.located_at, done.found_by, "Seen and spoken to by an officer.",
            force.officer_id, done.located_at,
        )  # fmt: skip
    for kind, due in done.clocks.items():
        clocks.add(clocks.count + 1, key, kind, due, done.graded_at)


def _this_transaction() -> int:
    """Every row was changed by the transaction that seeds: below whatever runs later."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])
