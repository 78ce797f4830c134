"""Writing the trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from foundation.actors import Actor
from foundation.audit.models import AuditEvent, Reason
from foundation.prepared import array_of, fetch_row

_COLUMNS = tuple(
    field.attname for field in AuditEvent._meta.concrete_fields if field.name not in ("id", "recorded_at")
)
# Every request appends: what the model's own `save` does costs five times the insert.
_NAMES, _PLACES = ", ".join(_COLUMNS), ", ".join(f"%({name})s" for name in _COLUMNS)
_APPEND = f"INSERT INTO audit_auditevent ({_NAMES}) VALUES ({_PLACES}) RETURNING id, recorded_at"  # noqa: S608
# A list that is pulled all day finds its rows and says in the same statement that they were read.
READ = (
    f"INSERT INTO audit_auditevent ({_NAMES}) "  # noqa: S608
    f"SELECT {_PLACES.replace('%(target_ids)s', 'ids')} FROM {{found}} RETURNING 1"
)
# What an entry says that says nothing of a column.
_NOTHING = {name: getattr(AuditEvent(), name) for name in _COLUMNS}


def label_of(thing: models.Model | type[models.Model]) -> str:
    """The model label that the trail stores, such as ``missingcases.Incident``."""
    return thing._meta.label


def record(
    *,
    actor: Actor,
    action: str,
    target: models.Model | type[models.Model],
    target_id: int | None = None,
    target_ids: Iterable[int] = (),
    incident_id: int | None = None,
    fields: Iterable[str] = (),
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    on_behalf_of_id: int | None = None,
    outside_own_work: bool = False,
) -> AuditEvent:
    """Append one entry, in the caller's transaction.

    `target` is the row (its id is taken) or, for a list read or a batch, the model with `target_ids`.
    `fields` are names, never values. The words of `reason` go to their own erasable table.
    """
    row_id = target.pk if isinstance(target, models.Model) else target_id
    reason_row = Reason.objects.create(text=reason.strip()) if reason.strip() else None
    event = AuditEvent(
        **_who(actor),
        action=action,
        on_behalf_of_id=on_behalf_of_id,
        target=label_of(target),
        target_id=row_id,
        target_ids=list(target_ids),
        incident_id=incident_id,
        fields=sorted(fields),
        from_state=from_state,
        to_state=to_state,
        reason_id=reason_row.pk if reason_row else None,
        outside_own_work=outside_own_work,
    )
    values = vars(event) | {"target_ids": array_of(event.target_ids)}
    event.pk, event.recorded_at = fetch_row(_APPEND, values) or (None, event.recorded_at)
    event._state.adding = False
    return event


def reading(*, actor: Actor, action: str, target: type[models.Model]) -> dict[str, Any]:
    """The values of a statement that holds `READ`: an entry that `actor` read a list of `target`."""
    return _NOTHING | _who(actor) | {"action": action, "target": label_of(target)}


def _who(actor: Actor) -> dict[str, Any]:
    return {
        "user_id": actor.user_id,
        "client_id": actor.client_id,
        "organisation_id": actor.organisation_id,
        "source": actor.source[:80],
        "request_id": actor.request_id[:64],
    }
