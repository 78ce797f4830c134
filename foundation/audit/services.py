"""Writing the trail."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from foundation.actors import Actor
from foundation.audit.models import AuditEvent, Reason


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
    return AuditEvent.objects.create(
        action=action,
        user_id=actor.user_id,
        client_id=actor.client_id,
        organisation_id=actor.organisation_id,
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
        source=actor.source[:80],
        request_id=actor.request_id[:64],
    )
