"""Lists and changes for systems, as JSON that Postgres writes. Visibility is the audience rows, as ever.

A page of fifty costs one statement and no object for any row. What is told of an incident is what its
pages tell to everybody who sees the record; fields of the owner force alone are in `facts`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.prepared import fetch_row
from missingcases.models import Incident, Phone
from missingcases.policies import (
    SEES_RECORD,
    Standing,
    principals_of,
    standing,
)
from missingcases.selectors.paging import ROWS, Narrowing, keys_of
from missingcases.selectors.record import phones_of, record_of
from missingcases.selectors.version import VERSION

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# One incident as a JSON object; `i` is the incident, `p` the person, `o` the owner force.
INCIDENT_JSON = """json_build_object(
    'reference', i.reference, 'owner', o.code, 'force_reference', i.force_reference,
    'status', i.status, 'risk_level', i.risk_level, 'reported_at', i.reported_at,
    'last_seen_at', i.last_seen_at, 'last_seen_place', i.last_seen_place,
    'age_at_report', i.age_at_report, 'looked_after', i.looked_after,
    'located_at', i.located_at, 'returned_at', i.returned_at, 'closed_at', i.closed_at,
    'outcome', i.outcome, 'version', i.version, 'updated_at', i.updated_at,
    'person', json_build_object(
        'reference', p.reference, 'given_names', p.given_names, 'family_name', p.family_name,
        'date_of_birth', p.date_of_birth, 'estimated_age', p.estimated_age, 'sex', p.sex,
        'version', p.version))"""
JOINED = """JOIN missingcases_incident i ON i.id = a.incident_id
    JOIN missingcases_missingperson p ON p.id = i.person_id
    JOIN accounts_organisation o ON o.id = i.owner_id"""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page: a JSON array as text, how many are in it, where the next one begins, and of which version."""

    json: str
    count: int
    next: str | None
    version: str


_LIST = """
WITH page AS ({rows}), told AS (
    SELECT a.incident_id, a.reported_at, {incident} AS entry FROM page a {joined}
), found AS (
    SELECT coalesce(json_agg(entry ORDER BY reported_at DESC, incident_id DESC), '[]')::text AS entries,
           coalesce(array_agg(incident_id ORDER BY reported_at DESC, incident_id DESC), '{{}}') AS ids,
           min(reported_at) AS last, count(*) AS count
    FROM told
), read AS ({read})
SELECT entries, ids[count], last, count, ({version}) FROM found
"""
_READ = audit.READ.format(found="found")


def incident_list(actor: Actor, narrowing: Narrowing, *, after: str = "", size: int = 50) -> ListPage:
    """One page of the incidents whose record `actor` sees, newest report first.

    The reading is audited as one entry. Raises `ValueError` for an `after` that is no cursor.
    """
    where, values = narrowing.clauses()
    if after:
        values["at"], values["id"] = _read_place(after)
        where += " AND (a.reported_at, a.incident_id) < (%(at)s, %(id)s)"
    size = int(size)
    rows = ROWS.format(where=where, way="DESC", size=size, reach=size * 2)
    sql = _LIST.format(rows=rows, incident=INCIDENT_JSON, joined=JOINED, version=VERSION, read=_READ)
    values |= keys_of(actor) | {"all_keys": sorted(principals_of(actor))}
    values |= audit.reading(actor=actor, action="incident.listed", target=Incident)
    told, last_id, last, count, version = fetch_row(sql, values) or ("[]", None, None, 0, "")
    more = f"{_micros(last)}_{last_id}" if count == size else None
    return ListPage(told, count, more, version)


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _read_place(raw: str) -> tuple[datetime, int]:
    micros, _, number = raw.partition("_")
    if not (micros.isascii() and micros.isdigit() and len(micros) < 17):
        raise ValueError("no such cursor")
    return _EPOCH + timedelta(microseconds=int(micros)), read_number(number)


def read_number(raw: str) -> int:
    """A whole number of a cursor. Raises `ValueError`."""
    if not (raw.isascii() and raw.isdigit() and len(raw) < 19):
        raise ValueError("no such cursor")
    return int(raw)


@dataclass(frozen=True, slots=True)
class Facts:
    """One incident for a system: how its organisation sees it, and what it then may know."""

    incident: Incident
    standing: str
    told: dict[str, Any]


_ONE = "SELECT ({incident})::text FROM (SELECT %s::bigint AS incident_id) a {joined}"
_OWNERS = ("cad_reference", "pnc_reference", "ukmpu_reference", "is_restricted")


def facts_of(actor: Actor, incident: Incident) -> Facts:
    """What `actor` may know of an incident they were shown (`incident_for` audits the opening)."""
    held = standing(actor, incident)
    if not held & SEES_RECORD:
        return Facts(incident, "release", {"reference": incident.reference, "standing": "release"})
    with connection.cursor() as cursor:
        cursor.execute(_ONE.format(incident=INCIDENT_JSON, joined=JOINED), [incident.pk])
        told: dict[str, Any] = json.loads(cursor.fetchone()[0])
    told |= {
        "standing": "record",
        "last_seen_area": incident.last_seen_area.code if incident.last_seen_area else None,
        "placing_authority": _code(incident.placing_authority_id),
        "host_authority": _code(incident.host_authority_id),
        "aliases": sorted(incident.person.aliases.values_list("name", flat=True)),
        "telephones": [_telephone(row) for row in phones_of(actor, incident)],
        "record": record_of(actor, incident),
    }
    if held & Standing.OWNER:
        told |= {name: getattr(incident, name) for name in _OWNERS}
    return Facts(incident, "record", told)


def _code(organisation_id: int | None) -> str | None:
    return Organisation.objects.values_list("code", flat=True).filter(pk=organisation_id or 0).first()


def _telephone(row: Phone) -> dict[str, Any]:
    names = ("number", "kind", "verified", "state", "held_by", "is_current")
    return {name: getattr(row, name) for name in names}
