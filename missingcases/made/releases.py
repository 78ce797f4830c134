"""What was released of an incident, as services made of a case need it: the copy, and the sight it gives."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from foundation.sheets import Sheet
from missingcases.enums import OPEN, RISK_RANK, AudienceKind
from missingcases.made.frame import Case, Pages, reference
from missingcases.made.incident_rows import ROOM
from missingcases.models import Release
from missingcases.policies import organisation_principal
from missingcases.release_rules import FROM_RECORD, URGENT

# Of each case at most one release of each of these.
INTERVIEW, REPORT, INTELLIGENCE, PARTNER = range(4)
_FIRST_GRANT = 3


@dataclass(frozen=True, slots=True)
class Given:
    """One release that was approved: from whom to whom, what, and when it was taken."""

    kind: str
    sender: int
    receiver: int
    content: dict[str, str]
    purpose: str
    basis: str
    at: datetime
    author: int | None = None
    decided_by: int | None = None
    desk: str = ""
    acknowledge_by: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = None
    source: tuple[str, int] | None = None
    revoked_at: datetime | None = None


def sheet() -> Sheet:
    """An empty page."""
    return Sheet(
        Release, "id", "reference", "incident_id", "source_label", "source_id", "kind", "status",
        "from_organisation_id", "to_organisation_id", "desk", "field_names", "content", "purpose",
        "lawful_basis", "reason", "author_id", "created_at", "decided_by_id", "decided_at", "first_read_at",
        "acknowledge_by", "acknowledged_at", "acknowledged_by_id", "revoked_at", "tidied_at",
    )  # fmt: skip


def release(case: Case, slot: int, given: Given, pages: Pages) -> int:
    """Write it, and the receiver's sight of the incident where it gives one; the release's key."""
    key = case.key * 4 + slot
    label, source = given.source or ("", None)
    taken = given.acknowledged_at
    pages["missingcases.Release"].add(
        key, reference("RL", key), case.key, label, source, given.kind,
        "revoked" if given.revoked_at else "approved", given.sender, given.receiver, given.desk,
        sorted(given.content), json.dumps(given.content, sort_keys=True), given.purpose, given.basis,
        "Needed for what was asked.", given.author, given.at, given.decided_by, given.at, taken,
        given.acknowledge_by, taken, given.acknowledged_by, given.revoked_at, None,
    )  # fmt: skip
    told = given.kind in FROM_RECORD
    if not case.is_restricted:
        told = told or given.kind in URGENT or given.receiver == case.force.pk
    if told and not given.revoked_at:
        _grant(case, slot, given, pages)
    return key


def _grant(case: Case, slot: int, given: Given, pages: Pages) -> None:
    key = case.key * ROOM + _FIRST_GRANT + slot
    pages["missingcases.AudienceRow"].add(
        key, case.key, AudienceKind.RELEASE.value, organisation_principal(given.receiver, given.desk),
        given.receiver, None, given.desk, case.status, case.status in OPEN, RISK_RANK[case.risk],
        case.reported_at,
        max(case.updated_at(), given.at), key, 0, given.at, None,
    )  # fmt: skip
