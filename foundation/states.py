"""Transition tables as data, and the only writers of a status.

`move` locks the table's root row, then the row, checks, updates and audits, in one transaction;
`move_held` does so for a row that its caller's transaction has locked already.
`move_many` is one conditional UPDATE for a batch, with one audit entry.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.utils import timezone

from foundation.access import Refusal, Refused
from foundation.accounts.enums import Role, words_for
from foundation.actors import Actor
from foundation.audit import services as audit

M = TypeVar("M", bound=models.Model)
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


def _root_of(row: models.Model, path: str) -> models.Model | None:
    root: models.Model | None = row
    for step in path.split("."):
        root = None if root is None else getattr(root, step)
    return root


def _lock(row: M, table: StateTable) -> M:
    root = _root_of(row, table.lock_root) if table.lock_root else None
    if root is not None:
        type(root)._base_manager.select_for_update(no_key=True).only("pk").get(pk=root.pk)
    return type(row)._base_manager.select_for_update(no_key=True).get(pk=row.pk)


def _incident_id(row: models.Model) -> int | None:
    if type(row)._meta.model_name == "incident":
        return int(row.pk)
    found: int | None = getattr(row, "incident_id", None)
    return found


@transaction.atomic
def move(
    row: M,
    table: StateTable,
    to: str,
    *,
    actor: Actor,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
) -> M:
    """Move `row` to state `to`, writing `changes` with it, and return the fresh, locked row.

    Raises `IllegalMove` where the table has no such way, `Refused` where role, guard or reason
    forbid it; nothing is written then. The caller's `row` object is brought up to date too.
    """
    fresh = _lock(row, table)
    for name in _write(fresh, table, to, actor, reason, changes or {}):
        setattr(row, name, getattr(fresh, name))
    return fresh


def move_held(
    row: M,
    table: StateTable,
    to: str,
    *,
    actor: Actor,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
) -> M:
    """As `move`, for a row that the caller's transaction wrote or locked, and whose root it has locked.

    Nobody else can have changed it, so it is not read again; what refuses does so before anything is written.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "move_held is for rows that the present transaction holds."
        )
    _write(row, table, to, actor, reason, changes or {})
    return row


def _write(
    row: models.Model, table: StateTable, to: str, actor: Actor, reason: str, changes: Mapping[str, Any]
) -> list[str]:
    """Check, update and audit a locked row; returns the names of the fields that were written."""
    before = str(getattr(row, table.field))
    refusal = table.refusal(row, to, actor, reason)
    if refusal is not None:
        raise (IllegalMove if refusal.code == "illegal_move" else Refused)(refusal)
    names = _set(row, {table.field: to, **changes})
    row.save(update_fields=names)
    audit.record(
        actor=actor,
        action=table.by_pair[before, to].action,
        target=row,
        incident_id=_incident_id(row),
        fields=[table.field, *changes],
        from_state=before,
        to_state=to,
        reason=reason,
    )
    return names


def _set(row: Any, written: Mapping[str, Any]) -> list[str]:
    """Give `row` what is written to it, its next version and its time; returns the names of all these."""
    for name, value in written.items():
        setattr(row, name, value)
    names = list(written)
    if hasattr(row, "version") and "version" not in written:
        row.version += 1
        names.append("version")
    if hasattr(row, "updated_at"):
        row.updated_at = timezone.now()
        names.append("updated_at")
    return names


def move_many(
    rows: models.QuerySet[Any],
    table: StateTable,
    source: str | Sequence[str],
    to: str,
    *,
    actor: Actor,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    audited: bool = True,
    keyed: bool = False,
    held: Mapping[Any, str] | None = None,
) -> list[int]:
    """Move every row of `rows` that is still in `source` to `to` and return the moved ids.

    One conditional UPDATE, so two workers never move the same row, and one audit entry for each state that
    rows came from. Guards that need a row are not run: the ways used here must have none. With
    `audited=False` the append-only attempt and receipt log is the record (messages and deliveries). With
    `keyed`, `rows` are named by their keys and the state is looked at once they are locked: asked for both,
    Postgres may go through the index of a state whose rows have become very many since it last counted.
    `held` are the states by key of those `rows` that the caller has locked and read in this transaction.
    """
    sources = (source,) if isinstance(source, str) else tuple(source)
    require_ways(table, sources, to, actor, reason)
    with transaction.atomic(savepoint=False):  # whoever holds a transaction loses all of it or nothing
        if held is None:
            before = _locked(rows, table, sources, keyed=keyed)
        else:
            before = {pk: state for pk, state in held.items() if state in sources}
        if before:
            _move_all(rows.model, before, table, to, actor, reason, changes or {}, audited=audited)
    return list(before)


def require_ways(table: StateTable, sources: Sequence[str], to: str, actor: Actor, reason: str = "") -> None:
    """Raise where the table, the role or a missing reason forbids a way, or where it has a guard."""
    for source in sources:
        way = table.by_pair.get((source, to))
        if way is None:
            raise IllegalMove(Refusal("illegal_move", f"{table.name}: no way from {source} to {to}."))
        if not actor.holds(way.who):
            raise Refused(wrong_role(way.who))
        if way.needs_reason and not reason.strip():
            raise Refused(Refusal("reason_required", "Say why. This is kept with the record."))
        if way.guard is not None:
            raise ValueError(f"{table.name}: {way.source} -> {to} has a guard; use move()")


def _locked(
    rows: models.QuerySet[Any], table: StateTable, sources: Sequence[str], *, keyed: bool
) -> dict[Any, str]:
    """The rows that stand at `sources`, by key, locked until the transaction ends."""
    wanted = rows if keyed else rows.filter(**{f"{table.field}__in": sources})
    # Django cannot name the table to lock beside a composite key; such rows are asked for without joins.
    of = () if isinstance(rows.model._meta.pk, models.CompositePrimaryKey) else ("self",)
    locked = wanted.order_by("pk").select_for_update(of=of, skip_locked=False)
    return {pk: state for pk, state in locked.values_list("pk", table.field) if state in sources}


def _move_all(
    model: type[models.Model],
    before: Mapping[Any, str],
    table: StateTable,
    to: str,
    actor: Actor,
    reason: str,
    changes: Mapping[str, Any],
    *,
    audited: bool,
) -> None:
    """One UPDATE of rows that are locked and stand where they may leave, and one entry a state they leave."""
    model._base_manager.filter(pk__in=list(before)).update(**{table.field: to, **changes})
    for state in sorted(set(before.values())) if audited else ():
        audit.record(
            actor=actor,
            action=table.by_pair[state, to].action,
            target=model,
            target_ids=[pk for pk, stood in before.items() if stood == state],
            fields=[table.field, *changes],
            from_state=state,
            to_state=to,
            reason=reason,
        )
