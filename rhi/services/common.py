"""What every verb needs: the referral, locked after its incident."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Model

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Conflict, Invalid, NotVisible
from missingcases.services import lock_incident
from rhi.models import Referral
from rhi.selectors import visible_to

LABEL = "rhi.Referral"


def locked(referral_id: int) -> Referral:
    """The referral, its incident locked before it (design.md: one lock order). Raises `NotVisible`."""
    found = Referral.objects.filter(pk=referral_id).values_list("incident_id", flat=True).first()
    if found is None:
        raise NotVisible(f"referral {referral_id}")
    incident = lock_incident(found)
    referral = Referral.objects.select_for_update(no_key=True).get(pk=referral_id)
    referral.incident = incident
    return referral


def for_work(actor: Actor, referral_id: int) -> Referral:
    """The locked referral, if `actor` may read its content; our own machinery reads by id."""
    referral = locked(referral_id)
    if not actor.is_system and not visible_to(actor).filter(pk=referral_id).exists():
        raise NotVisible(f"referral {referral_id}")
    return referral


def need(words: str, field: str, message: str) -> str:
    """The words, or `Invalid` where there are none."""
    if not words.strip():
        raise Invalid({field: message})
    return words.strip()


def check_version(row: Model, version: int, yours: Mapping[str, object]) -> None:
    """Raise `Conflict` with both sides where a colleague changed the row since its page was read."""
    stored: int = getattr(row, "version")  # noqa: B009 - every row edited by a form has one
    if stored != version:
        theirs = {name: getattr(row, name) for name in yours}
        raise Conflict(version=stored, theirs=theirs, yours=yours)


def write(actor: Actor, referral: Referral, changes: Mapping[str, object], *, action: str) -> Referral:
    """Write fields of a locked referral, audited by their names."""
    for name, value in changes.items():
        setattr(referral, name, value)
    referral.version += 1
    referral.save(update_fields=[*changes, "version", "updated_at"])
    audit.record(
        actor=actor,
        action=action,
        target=referral,
        incident_id=referral.incident_id,
        fields=list(changes),
    )
    return referral
