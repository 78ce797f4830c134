"""The import as Django's documentation would have it: `csv.DictReader`, a transaction and `save()` a row.

The validation is ours, cell for cell, and what is written is the same rows in the same tables; only the
way is another.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from foundation.actors import Actor
from foundation.audit import services as audit
from missingcases.enums import OPEN, RISK_RANK
from missingcases.imports.checking import check_row
from missingcases.imports.columns import columns
from missingcases.imports.known import KnownCodes
from missingcases.matching.services.keys import index_people
from missingcases.models import Address, Alias, AudienceRow, Incident, MissingPerson, Phone, Reporter
from missingcases.names import name_key
from missingcases.numbers import number_key
from missingcases.services.audience import NextChange, ThisTransaction
from missingcases.services.grants import standing_grants
from missingcases.services.incidents import age_of, scheme_for

_ACTOR = Actor.system("benchmarks.row_by_row")
_INCIDENT = (
    "force_reference", "status", "risk_level", "reported_at", "last_seen_at", "last_seen_place",
    "looked_after", "located_at", "found_by", "outcome", "harm", "closed_at",
)  # fmt: skip


def bring_in(path: Path, organisation_id: int) -> int:
    """Bring the file in; returns how many rows landed."""
    table = columns(KnownCodes(organisation_id))
    landed = 0
    with path.open(encoding="utf-8", newline="") as stream:
        for cells in csv.DictReader(stream):
            found, faults = check_row(cells, table, timezone.now())
            if not faults:
                landed += _save(found, organisation_id)
    return landed


@transaction.atomic
def _save(row: dict[str, Any], organisation_id: int) -> bool:
    own = Incident.objects.filter(owner_id=organisation_id, force_reference=row["force_reference"])
    if own.exists():
        return False
    person = _person(row, organisation_id)
    incident = Incident(
        person=person,
        owner_id=organisation_id,
        scheme=scheme_for(organisation_id, localdate(row["reported_at"])),
        age_at_report=age_of(person, row["reported_at"]),
        starts_held=row["status"] in OPEN,
        **{name: row[name] for name in _INCIDENT if name in row},
    )
    incident.save()
    if row.get("reporter_name") or row.get("reporter_telephone"):
        Reporter(
            incident=incident,
            name=row.get("reporter_name", ""),
            relation=row.get("reporter_relation", ""),
            telephone=row.get("reporter_telephone", ""),
        ).save()
    _let_see(incident)
    audit.record(actor=_ACTOR, action="incident.imported", target=incident, incident_id=incident.pk)
    return True


def _person(row: dict[str, Any], organisation_id: int) -> MissingPerson:
    given, family = row.get("given_names", ""), row.get("family_name", "")
    person = MissingPerson(
        organisation_id=organisation_id,
        given_names=given,
        family_name=family,
        name_key=name_key(given, family),
        date_of_birth=row.get("date_of_birth"),
        sex=row["sex"],
    )
    person.save()
    for name in row.get("aliases", ()):
        Alias(person=person, name=name, name_key=name_key(name)).save()
    if "telephone" in row:
        Phone(person=person, number=row["telephone"], number_key=number_key(row["telephone"])).save()
    if "address" in row:
        Address(person=person, text=row["address"]).save()
    index_people([person.pk])
    return person


def _let_see(incident: Incident) -> None:
    for grant in standing_grants(incident):
        AudienceRow(
            incident=incident,
            kind=grant.kind,
            principal=grant.principal,
            organisation_id=grant.organisation_id,
            status=incident.status,
            is_open=incident.status in OPEN,
            risk_rank=RISK_RANK[incident.risk_level],
            reported_at=incident.reported_at,
            updated_at=timezone.now(),
            change=NextChange(),
            change_xid=ThisTransaction(),
        ).save()
