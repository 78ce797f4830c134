"""Moving many rows to one state by one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction

from foundation.access import Refusal, Refused
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.states.tables import IllegalMove, StateTable, wrong_role


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
