"""Writing a chunk of checked rows: people, incidents and what hangs on them, each table by one COPY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from foundation.copying import copy_in, take_ids
from missingcases.deadlines import age_at
from missingcases.enums import OPEN
from missingcases.imports.models import ImportBatch
from missingcases.imports.people import Landing, land_people
from missingcases.models import Incident, Reporter, SchemePeriod
from missingcases.schemes import in_force
from missingcases.services.grants import Newcomer, open_audiences

_FROM_ROW = (
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
_OURS = (
    "id",
    "person_id",
    "owner_id",
    "owner_unit_id",
    "last_seen_area_id",
    "placing_authority_id",
    "host_authority_id",
    "scheme",
    "age_at_report",
    "imported_batch",
    "starts_held",
    "created_by_id",
)
_DEFAULTS = {
    field.name: field.get_default() for field in Incident._meta.concrete_fields if field.name in _FROM_ROW
}
Periods = Sequence[tuple[date, str]]


@dataclass(frozen=True, slots=True)
class Landed:
    """What one chunk became: incident ids, and how many of them are held."""

    incident_ids: list[int]
    held: int


def scheme_periods(organisation_id: int) -> Periods:
    """Which scheme the force followed from which day on."""
    return list(
        SchemePeriod.objects.filter(organisation_id=organisation_id).values_list("starts_on", "scheme")
    )


def land(batch: ImportBatch, rows: Sequence[dict[str, Any]], periods: Periods) -> Landed:
    """Write `rows`, whose values are checked and whose references are new, in the caller's transaction."""
    people = land_people(batch.organisation_id, rows)
    ids = take_ids(Incident, len(rows))
    copy_in(
        Incident,
        (*_OURS, *_FROM_ROW),
        (
            (*_ours(batch, pk, person, row, periods), *(row.get(name, _DEFAULTS[name]) for name in _FROM_ROW))
            for pk, person, row in zip(ids, people, rows, strict=True)
        ),
    )
    copy_in(
        Reporter,
        ("incident_id", "name", "relation", "telephone"),
        (
            (
                pk,
                row.get("reporter_name", ""),
                row.get("reporter_relation", ""),
                row.get("reporter_telephone", ""),
            )
            for pk, row in zip(ids, rows, strict=True)
            if row.get("reporter_name") or row.get("reporter_telephone")
        ),
    )
    open_audiences(list(_newcomers(batch, ids, rows)))
    return Landed(ids, sum(row["status"] in OPEN for row in rows))


def _ours(
    batch: ImportBatch, pk: int, person: Landing, row: dict[str, Any], periods: Periods
) -> tuple[Any, ...]:
    """Our own columns of an incident in the state it has reached elsewhere; no way of the table led there."""
    return (
        pk,
        person.pk,
        batch.organisation_id,
        row.get("owner_unit"),
        row["last_seen_area"].pk if "last_seen_area" in row else None,
        row.get("placing_authority"),
        row.get("host_authority"),
        in_force(periods, localdate(row["reported_at"])),
        age_at(
            row["reported_at"],
            date_of_birth=person.date_of_birth,
            estimated_age=person.estimated_age,
            estimated_on=person.estimated_on,
        ),
        batch.pk,
        row["status"] in OPEN,
        batch.uploaded_by_id,
    )


def _newcomers(batch: ImportBatch, ids: Iterable[int], rows: Iterable[dict[str, Any]]) -> Iterable[Newcomer]:
    for pk, row in zip(ids, rows, strict=True):
        yield Newcomer(
            pk,
            batch.organisation_id,
            row.get("placing_authority"),
            row.get("host_authority"),
            row["status"],
            row.get("risk_level", ""),
            row["reported_at"],
        )
