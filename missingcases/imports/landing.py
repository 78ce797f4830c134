"""Writing a chunk of checked rows: people, incidents and what hangs on them, in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from missingcases.enums import OPEN
from missingcases.imports.models import ImportBatch
from missingcases.matching.services.keys import index_people
from missingcases.models import Address, Alias, Incident, MissingPerson, Phone, Reporter
from missingcases.names import name_key
from missingcases.numbers import number_key
from missingcases.services.audience import open_audiences
from missingcases.services.incidents import age_of, scheme_for

_INCIDENT_FIELDS = (
    "force_reference",
    "cad_reference",
    "pnc_reference",
    "ukmpu_reference",
    "status",
    "risk_level",
    "reported_at",
    "last_seen_at",
    "last_seen_place",
    "looked_after",
    "located_at",
    "found_by",
    "returned_at",
    "outcome",
    "harm",
    "death_type",
    "place_found",
    "distance_km",
    "disclose_location",
    "closed_at",
)


@dataclass(frozen=True, slots=True)
class Landed:
    """What one chunk became: incident ids, and how many of them are held."""

    incident_ids: list[int]
    held: int


def land(batch: ImportBatch, rows: Sequence[dict[str, Any]]) -> Landed:
    """Write `rows`, whose values are checked and whose references are new, in the caller's transaction."""
    people = _people(batch, rows)
    incidents = Incident.objects.bulk_create(
        _incident(batch, row, person) for row, person in zip(rows, people, strict=True)
    )
    Reporter.objects.bulk_create(
        Reporter(
            incident=incident,
            name=row.get("reporter_name", ""),
            relation=row.get("reporter_relation", ""),
            telephone=row.get("reporter_telephone", ""),
        )
        for row, incident in zip(rows, incidents, strict=True)
        if row.get("reporter_name") or row.get("reporter_telephone")
    )
    open_audiences(incidents)
    return Landed([one.pk for one in incidents], sum(one.starts_held for one in incidents))


def _people(batch: ImportBatch, rows: Sequence[dict[str, Any]]) -> list[MissingPerson]:
    made = [None if "person_reference" in row else _person(batch, row) for row in rows]
    MissingPerson.objects.bulk_create(one for one in made if one is not None)
    named = MissingPerson.objects.in_bulk(
        [row["person_reference"] for row in rows if "person_reference" in row]
    )
    people = [one or named[row["person_reference"]] for one, row in zip(made, rows, strict=True)]
    pairs = list(zip(people, rows, strict=True))
    Alias.objects.bulk_create(
        (
            Alias(person=person, name=name, name_key=name_key(name))
            for person, row in pairs
            for name in row.get("aliases", ())
        ),
        ignore_conflicts=True,
    )
    Phone.objects.bulk_create(
        (
            Phone(
                person=person,
                number=row["telephone"],
                number_key=number_key(row["telephone"]),
            )
            for person, row in pairs
            if "telephone" in row
        ),
        ignore_conflicts=True,
    )
    Address.objects.bulk_create(
        Address(person=person, text=row["address"]) for person, row in pairs if "address" in row
    )
    index_people({person.pk for person in people})
    return people


def _person(batch: ImportBatch, row: dict[str, Any]) -> MissingPerson:
    given, family = row.get("given_names", ""), row.get("family_name", "")
    person = MissingPerson(
        organisation_id=batch.organisation_id,
        given_names=given,
        family_name=family,
        name_key=name_key(given, family),
        date_of_birth=row.get("date_of_birth"),
    )
    if "sex" in row:
        person.sex = row["sex"]
    if "estimated_age" in row:
        person.estimated_age, person.estimated_on = row["estimated_age"], localdate(row["reported_at"])
    return person


def _incident(batch: ImportBatch, row: dict[str, Any], person: MissingPerson) -> Incident:
    """An incident in the state it has reached elsewhere; no way of the table led there here."""
    return Incident(
        person=person,
        owner_id=batch.organisation_id,
        owner_unit_id=row.get("owner_unit"),
        placing_authority_id=row.get("placing_authority"),
        host_authority_id=row.get("host_authority"),
        scheme=scheme_for(batch.organisation_id, localdate(row["reported_at"])),
        age_at_report=age_of(person, row["reported_at"]),
        imported_batch=batch.pk,
        starts_held=row["status"] in OPEN,
        created_by_id=batch.uploaded_by_id,
        **{name: row[name] for name in _INCIDENT_FIELDS if name in row},
    )
