"""Whose clocks somebody reads: their own force's, every force's, or their own charity's services'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Value

from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from reports.boards.kinds import Clock, Rows
from reports.policies import may_read_figures
from reports.rules import FEWEST_RECORDS


@dataclass(frozen=True, slots=True)
class Side:
    """`kind` is force, national or charity. Nationally rows are told apart by force, but
    of what is confidential; no record is opened."""

    kind: str
    organisation_id: int | None

    def path_of(self, rows: Rows) -> str | None:
        """The column that says whose a row is, for this side; None where this side does not read it."""
        return (rows.charity if self.kind == "charity" else rows.force) or None

    def reads(self, clock: Clock) -> bool:
        """Whether any of its rows may be this side's."""
        return any(self.path_of(rows) for rows in clock.rows)

    def opens(self, clock: Clock) -> bool:
        """Whether records behind it may be listed at all."""
        return self.kind != "national" and not self.fewest(clock) and clock.seen is not None

    def fewest(self, clock: Clock) -> int:
        """The least number that is told; 0 where every one is. Of police records nought is told as well."""
        if self.kind == "charity":
            return 0
        return clock.fewest or (FEWEST_RECORDS if self.kind == "national" else 0)

    def group_of(self, clock: Clock, rows: Rows) -> Any:
        """What rows are told apart by."""
        if self.fewest(clock) and clock.fewest:
            return Value("")
        return F(rows.force) if self.kind == "national" else rows.group

    def label_of(self, clock: Clock, group: str, forces: dict[str, str]) -> str:
        """The words of a group; `forces` has the names of the forces by their key."""
        return forces.get(group, group) if self.kind == "national" else clock.label_of(group)

    def groups_of(self, clock: Clock) -> str:
        """The heading of what rows are told apart by; empty where by nothing."""
        if self.fewest(clock) and clock.fewest:
            return ""
        return "Force" if self.kind == "national" else clock.groups


def side_of(actor: Actor) -> Side | None:
    """The side an actor reads the boards of; None where they read none."""
    if may_read_figures(actor) is not None:
        return None
    if actor.organisation_kind is OrganisationKind.NATIONAL_UNIT:
        return Side("national", None)
    is_police = actor.organisation_kind is OrganisationKind.POLICE_FORCE
    return Side("force" if is_police else "charity", actor.organisation_id)
