"""Letting services start for the open incidents of an import: asked for once, carried out by a worker.

Each chunk is one transaction with the number that it reached, so that a kill loses and repeats nothing.
"""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.events.services import publish
from missingcases.enums import Audience
from missingcases.events import StartsConfirmed
from missingcases.imports import policies
from missingcases.imports.kick import kick_starts
from missingcases.imports.models import ImportBatch
from missingcases.models import Incident
from missingcases.services.audience import touch
from missingcases.services.timeline import add_timeline_entry

CHUNK = 100


@transaction.atomic
def confirm_starts(*, actor: Actor, batch_id: int) -> ImportBatch:
    """Confirm the batch's open incidents and have a worker start services for them. Raises `Refused`."""
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch_id)
    require(policies.may_confirm(actor, batch))
    batch.confirmed_at, batch.confirmed_by_id = timezone.now(), actor.user_id
    batch.save(update_fields=["confirmed_at", "confirmed_by", "updated_at"])
    audit.record(actor=actor, action="import.starts_confirmed", target=batch, fields=["confirmed_at"])
    transaction.on_commit(partial(kick_starts, batch.pk))
    return batch


def start_confirmed(*, batch_id: int) -> int:
    """Start what was confirmed, from where it stands; returns how many this call started."""
    started = 0
    while chunk := _start_chunk(batch_id):
        started += chunk
    return started


@transaction.atomic
def _start_chunk(batch_id: int) -> int:
    """Start the next few. The batch's lock lets a second worker go on behind the first, never beside it."""
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch_id)
    if batch.confirmed_at is None or batch.starts_done_at is not None:
        return 0
    held = Incident.objects.filter(
        imported_batch=batch.pk, owner_id=batch.organisation_id, starts_held=True
    ).order_by("pk")
    ids = list(held.select_for_update(no_key=True).values_list("pk", flat=True)[:CHUNK])
    if ids:
        _start(batch, ids)
    batch.started += len(ids)
    if len(ids) < CHUNK:
        batch.starts_done_at = timezone.now()
    batch.save(update_fields=["started", "starts_done_at", "updated_at"])
    return len(ids)


def _start(batch: ImportBatch, ids: list[int]) -> None:
    now = timezone.now()
    actor = Actor(batch.organisation_id, frozenset(), user_id=batch.confirmed_by_id, source="imports.start")
    Incident.objects.filter(pk__in=ids).update(starts_held=False, updated_at=now, version=F("version") + 1)
    touch(incident_id__in=ids)
    for incident_id in ids:
        add_timeline_entry(
            incident_id=incident_id,
            kind="incident.starts_confirmed",
            actor=actor,
            audience=Audience.OWNER,
            summary="Imported incident confirmed; services may start",
        )
        publish(StartsConfirmed(incident_id=incident_id, at=now))
    audit.record(
        actor=actor,
        action="incident.starts_confirmed",
        target=Incident,
        target_ids=ids,
        fields=["starts_held"],
    )
