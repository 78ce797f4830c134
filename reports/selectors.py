"""Reading frozen reports, and how the last proof of what is kept went."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.actors import Actor
from foundation.exceptions import NotVisible
from reports.models import Proof, Snapshot
from reports.policies import may_read_figures


def snapshots_visible_to(actor: Actor) -> QuerySet[Snapshot]:
    """Those that people of the actor's own organisation froze: another's would be told other numbers."""
    if may_read_figures(actor) is not None:
        return Snapshot.objects.none()
    return Snapshot.objects.filter(organisation_id=actor.organisation_id or 0).select_related("made_by")


def snapshot_named(actor: Actor, reference: str) -> Snapshot:
    """Raises `NotVisible`."""
    found = snapshots_visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible("snapshot")
    return found


def last_proof() -> Proof | None:
    """The newest comparison of what is kept with what is there."""
    return Proof.objects.first()
