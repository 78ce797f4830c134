"""Who sees an incident from its first moment on, and writing that for very many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from foundation.copying import copy_in
from missingcases.enums import OPEN, RISK_RANK, AudienceKind
from missingcases.models import AudienceRow, Incident
from missingcases.policies import organisation_principal, user_principal

_COPIED = (
    "incident_id",
    "kind",
    "principal",
    "organisation_id",
    "desk",
    "status",
    "is_open",
    "risk_rank",
    "reported_at",
    "updated_at",
    "change",
    "change_xid",
)


@dataclass(frozen=True, slots=True)
class Grant:
    """Sight of one incident for one organisation, desk or person."""

    kind: str
    organisation_id: int
    user_id: int | None = None
    desk: str = ""

    @property
    def principal(self) -> str:
        """The one key a reader is matched by (`AudienceRow`)."""
        if self.user_id is not None:
            return user_principal(self.user_id, self.organisation_id)
        return organisation_principal(self.organisation_id, self.desk)


class Newcomer(NamedTuple):
    """What a first audience is made from, for incidents that come in without a model's instance."""

    pk: int
    owner_id: int
    placing_authority_id: int | None
    host_authority_id: int | None
    status: str
    risk_level: str
    reported_at: datetime


def standing_grants(incident: Incident | Newcomer) -> list[Grant]:
    """Those of the owner force and of the responsible authorities."""
    authorities = (
        (AudienceKind.PLACING_AUTHORITY, incident.placing_authority_id),
        (AudienceKind.HOST_AUTHORITY, incident.host_authority_id),
    )
    return [
        Grant(AudienceKind.OWNER, incident.owner_id),
        *(Grant(kind, authority_id) for kind, authority_id in authorities if authority_id is not None),
    ]


def open_audiences(incidents: Sequence[Incident | Newcomer]) -> None:
    """The first audience rows of many new incidents at once, in the caller's transaction."""
    pairs = [(incident, grant) for incident in incidents for grant in standing_grants(incident)]
    now = timezone.now()
    copy_in(
        AudienceRow,
        _COPIED,
        (
            (
                incident.pk,
                grant.kind,
                grant.principal,
                grant.organisation_id,
                grant.desk,
                incident.status,
                incident.status in OPEN,
                RISK_RANK[incident.risk_level],
                incident.reported_at,
                now,
                *change,
            )
            for (incident, grant), change in zip(pairs, _changes(len(pairs)), strict=True)
        ),
    )


def _changes(count: int) -> list[tuple[int, int]]:
    """As many change numbers, each with this transaction's id, as `NextChange` and `ThisTransaction` give."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('missingcases_change'), pg_current_xact_id()::text::bigint "
            "FROM generate_series(1, %s)",
            [count],
        )
        found: list[tuple[int, int]] = cursor.fetchall()
        return found
