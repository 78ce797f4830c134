"""How long the copy of a shift handover is kept. Its lines name things by reference."""

from __future__ import annotations

from datetime import timedelta

from families.handover.erasing import ended_handovers, erase_handovers
from foundation.accounts.enums import OrganisationKind
from foundation.contributions import Retention, Schedule

RETENTION = (
    Retention(
        "handover.Handover",
        "charity",
        "A year after both signed, or as the charity sets it; then its lines are emptied (P).",
        whose="charity",
        schedule=Schedule(
            key="handovers",
            title="Shift handovers",
            kinds=frozenset({OrganisationKind.CHARITY}),
            keep=timedelta(days=366),
            least=timedelta(days=28),
            longest=timedelta(days=10 * 366),
            ended=ended_handovers,
            erase=erase_handovers,
        ),
    ),
)
