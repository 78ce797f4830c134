"""Moving one row: the root of its table is locked, then the row; then it is checked, written and audited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.utils import timezone

from foundation.access import Refused
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.states.tables import IllegalMove, StateTable

M = TypeVar("M", bound=models.Model)


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
