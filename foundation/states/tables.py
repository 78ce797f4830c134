"""Transition tables as data: who moves a row from which state to which, and on what condition."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from foundation.access import Refusal, Refused
from foundation.accounts.enums import Role, words_for
from foundation.actors import Actor

Guard = Callable[[Any, Actor], Refusal | None]


def wrong_role(who: frozenset[Role]) -> Refusal:
    """That somebody else does this, and who."""
    words = words_for(who)
    return Refusal("role", f"This is for a {words}." if words else "The service does this by itself.")


class IllegalMove(Refused):
    """The table has no such transition from the row's present state."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a table: from where, to where, by whom, on what condition.

    `forced` marks a way out of order, which always needs a reason.
    """

    source: str
    to: str
    who: frozenset[Role]
    action: str
    guard: Guard | None = None
    reason_required: bool = False
    forced: bool = False

    @property
    def needs_reason(self) -> bool:
        """Whether a move along this row must say why."""
        return self.reason_required or self.forced


@dataclass(frozen=True)
class StateTable:
    """All states and ways of one status field.

    `lock_root` is the dotted path from the row to the row that is locked first (the incident, for
    most tables), so that there is one lock order.
    """

    name: str
    states: tuple[str, ...]
    initial: tuple[str, ...]
    transitions: tuple[Transition, ...]
    field: str = "status"
    lock_root: str = ""
    by_pair: Mapping[tuple[str, str], Transition] = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        pairs: dict[tuple[str, str], Transition] = {}
        for row in self.transitions:
            if row.source not in self.states or row.to not in self.states:
                raise ValueError(f"{self.name}: {row.source} -> {row.to} names an unknown state")
            if (row.source, row.to) in pairs:
                raise ValueError(f"{self.name}: {row.source} -> {row.to} stands twice")
            pairs[row.source, row.to] = row
        unknown = set(self.initial) - set(self.states)
        if unknown:
            raise ValueError(f"{self.name}: unknown initial states {sorted(unknown)}")
        object.__setattr__(self, "by_pair", pairs)
        REGISTRY[self.name] = self

    @property
    def final(self) -> tuple[str, ...]:
        """States that nothing leaves."""
        leaving = {row.source for row in self.transitions}
        return tuple(state for state in self.states if state not in leaving)

    def refusal(self, row: models.Model, to: str, actor: Actor, reason: str = "") -> Refusal | None:
        """Why `actor` may not move `row` to `to` now, or None. The page shows it, `move` requires it."""
        way = self.by_pair.get((getattr(row, self.field), to))
        if way is None:
            return Refusal(
                "illegal_move",
                f"This cannot be done while it is {getattr(row, self.field).replace('_', ' ').lower()}.",
            )
        if not actor.holds(way.who):
            return wrong_role(way.who)
        if way.needs_reason and not reason.strip():
            return Refusal("reason_required", "Say why. This is kept with the record.")
        return way.guard(row, actor) if way.guard else None

    def may(self, row: models.Model, to: str, actor: Actor) -> Refusal | None:
        """As `refusal`, for a page that has not asked for the reason yet."""
        return self.refusal(row, to, actor, reason="(to be given)")


REGISTRY: dict[str, StateTable] = {}
