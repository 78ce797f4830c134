"""What every verb needs: the referral, locked after its incident."""

from __future__ import annotations

from foundation.actors import Actor
from foundation.exceptions import Invalid, NotVisible
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
