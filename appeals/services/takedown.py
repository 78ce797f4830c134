"""What is done about an outlet that shows an appeal again, or that did not take it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from appeals import policies
from appeals.enums import PlacementStatus
from appeals.models import Placement, TakedownEntry
from appeals.selectors import placement_for
from appeals.services.common import hold
from appeals.services.kick import kick_sending, kick_telling
from appeals.services.placing import this_change
from appeals.states import PLACEMENT
from foundation.access import require
from foundation.actors import Actor
from foundation.exceptions import Invalid
from foundation.states import move_held

_P = PlacementStatus


@transaction.atomic
def seen_again(*, actor: Actor, placement_reference: str, evidence: str) -> Placement:
    """Record that what was confirmed gone is shown all the same; its outlet is told at once.

    Raises `NotVisible`, `Refused`, `Invalid`.
    """
    placement = _locked(actor, placement_for(actor, placement_reference))
    require(policies.may_say_seen_again(actor, placement))
    if not evidence.strip():
        raise Invalid({"evidence": "Say where you saw it, and when."})
    now = timezone.now()
    changes = {
        "confirmed_gone_at": None,
        "confirmed_by": "",
        "still_shown_at": now,
        "next_at": now,
        "change": this_change(),
    }
    move_held(placement, PLACEMENT, _P.WITHDRAWING, actor=actor, changes=changes)
    TakedownEntry.objects.create(
        placement=placement, at=now, what="seen_again", by_id=actor.user_id, evidence=evidence.strip()
    )
    kick_telling(placement.appeal_id)
    return placement


@transaction.atomic
def try_again(*, actor: Actor, placement_reference: str) -> Placement:
    """Publish once more, now, on an outlet that did not take it. Raises `NotVisible`, `Refused`."""
    placement = _locked(actor, placement_for(actor, placement_reference))
    require(policies.may_try_again(actor, placement))
    changes = {"next_at": timezone.now(), "problem": ""}
    move_held(placement, PLACEMENT, _P.PLANNED, actor=actor, changes=changes)
    kick_sending(placement.appeal_id)
    return placement


def _locked(actor: Actor, found: Placement) -> Placement:
    """The placement, locked after its incident and appeal."""
    hold(actor, found.appeal_id)
    rows = Placement.objects.select_for_update(of=("self",), no_key=True).select_related("appeal", "outlet")
    return rows.get(pk=found.pk)
