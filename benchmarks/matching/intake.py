"""The intake search itself: the product's selector on the product's tables, asked for people it holds."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.utils import timezone

from benchmarks.matching.records import Data, Record
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from missingcases.enums import IncidentStatus
from missingcases.matching import births
from missingcases.matching.selectors import Wanted, likely_people
from missingcases.matching.services.keys import CHUNK, seed_people
from missingcases.models import Address, Incident, MissingPerson, Phone
from missingcases.numbers import number_key, read_number
from missingcases.services.grants import open_audiences

ASKED = 400


@dataclass(frozen=True, slots=True)
class Intake:
    """How many asked for were among the first 20 and 5, how long a look took, and our own part of it."""

    among_20: float
    among_5: float
    milliseconds: float
    processor: float


def measure(data: Data) -> Intake:
    """Store the first record of each person, ask for the others with what they hold."""
    stored, asked = _split(data)
    force, _ = Organisation.objects.get_or_create(
        code=f"bench-{time.time_ns()}",
        name=f"Bench {data.name} {time.time_ns()}",
        kind=OrganisationKind.POLICE_FORCE,
    )
    ids = _store(force, stored)
    actor = Actor(force.pk, frozenset({Role.POLICE_OFFICER}), organisation_kind=force.kind, source="bench")
    places, times, processor = [], [], []
    for one in asked:
        begun, used = time.perf_counter(), time.process_time()
        found = likely_people(actor, _wanted(one)).people
        times.append(time.perf_counter() - begun)
        processor.append(time.process_time() - used)
        ranked = [match.person.pk for match in found]
        places.append(ranked.index(ids[one.person]) if ids[one.person] in ranked else 99)
    return Intake(
        sum(place < 20 for place in places) / len(places),
        sum(place < 5 for place in places) / len(places),
        median(times) * 1000,
        median(processor) * 1000,
    )


def _split(data: Data) -> tuple[list[Record], list[Record]]:
    first: dict[str, Record] = {}
    again: list[Record] = []
    for one in sorted(data.records, key=lambda record: record.side):
        if one.person in first:
            again.append(one)
        else:
            first[one.person] = one
    return list(first.values()), random.Random(5).sample(again, min(ASKED, len(again)))


def _store(force: Organisation, records: list[Record]) -> dict[str, int]:
    people = MissingPerson.objects.bulk_create(
        MissingPerson(
            organisation=force,
            given_names=one.given,
            family_name=one.family,
            date_of_birth=births.as_date(one.born),
            sex=one.sex or "not_known",
        )
        for one in records
    )
    pairs = list(zip(people, records, strict=True))
    Address.objects.bulk_create(Address(person=person, text=one.address) for person, one in pairs)
    phones = ((person, read_number(one.phone)[0]) for person, one in pairs if one.phone)
    Phone.objects.bulk_create(
        Phone(person=who, number=e164, number_key=number_key(e164)) for who, e164 in phones
    )
    incidents = Incident.objects.bulk_create(
        Incident(
            person=person,
            owner=force,
            scheme="app_current",
            status=IncidentStatus.REPORTED,
            reported_at=timezone.now(),
        )
        for person in people
    )
    open_audiences(incidents)
    for at in range(0, len(people), CHUNK):
        seed_people([person.pk for person in people[at : at + CHUNK]])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {one.person: person.pk for person, one in pairs}


def _wanted(one: Record) -> Wanted:
    return Wanted(
        given_names=one.given,
        family_name=one.family,
        date_of_birth=births.as_date(one.born),
        sex=one.sex,
        phones=(one.phone,) if one.phone else (),
        addresses=(one.address,),
    )
