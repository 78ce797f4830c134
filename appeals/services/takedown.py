"""What staff do about an outlet that owes its take-down, shows an appeal again, or did not take it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from appeals import policies
from appeals.enums import READS_LIVE, ConfirmedBy, PlacementStatus
from appeals.models import Placement, TakedownEntry
from appeals.selectors import placement_for, published_again
from appeals.services.common import hold
from appeals.services.kick import kick_sending, kick_telling
from appeals.services.placing import this_change
from appeals.states import PLACEMENT
from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.states import move_held

LONGEST_EVIDENCE = 2_000
_P = PlacementStatus


@transaction.atomic
def confirm_by_staff(*, actor: Actor, placement_reference: str, evidence: str) -> Placement:
    """Record that an outlet no longer shows an appeal, with what shows it. Raises `Invalid`, `Refused`."""
    placement = _locked(actor, placement_reference)
    require(policies.may_settle(actor, placement))
    if not placement.outlet.verifiable:
        raise Invalid({"evidence": "Copies of this outlet cannot all be checked: it stays told."})
    if not evidence.strip():
        raise Invalid({"evidence": "Say how you know: who told you, or what you saw and when."})
    if len(evidence.strip()) > LONGEST_EVIDENCE:
        raise Invalid({"evidence": f"Use {LONGEST_EVIDENCE:,} characters or fewer."})
    now = timezone.now()
    changes = {
        "confirmed_gone_at": now,
        "confirmed_by": ConfirmedBy.STAFF,
        "next_at": None,
        "change": this_change(),
    }
    move_held(placement, PLACEMENT, _P.CONFIRMED, actor=actor, changes=changes)
    TakedownEntry.objects.create(
        placement=placement, at=now, what="confirmed_by_staff", by_id=actor.user_id, evidence=evidence.strip()
    )
    return placement


@transaction.atomic
def tell_again(*, actor: Actor, placement_reference: str) -> Placement:
    """Have an outlet told once more, now. Raises `Invalid` for what reads our rows, `Refused`."""
    placement = _locked(actor, placement_reference)
    require(policies.may_settle(actor, placement))
    if placement.outlet.channel in READS_LIVE:
        raise Invalid({"outlet": "It reads our feed or playlist by itself, which dropped the appeal."})
    if Placement.objects.filter(published_again(), pk=placement.pk).exists():
        raise Invalid(
            {"outlet": "It has the appeal again since the pause: told now, it would take that down."}
        )
    now = timezone.now()
    Placement.objects.filter(pk=placement.pk).update(next_at=now, claimed_at=None)
    TakedownEntry.objects.create(placement=placement, at=now, what="to_be_told_again", by_id=actor.user_id)
    audit.record(
        actor=actor,
        action="appeals.telling_again",
        target=placement,
        incident_id=placement.appeal.incident_id,
        fields=["next_at"],
    )
    kick_telling(placement.appeal_id)
    return placement


@transaction.atomic
def seen_again(*, actor: Actor, placement_reference: str, evidence: str) -> Placement:
    """Record that what was confirmed gone is shown all the same; its outlet is told at once.

    Raises `NotVisible`, `Refused`, `Invalid`.
    """
    placement = _locked(actor, placement_reference)
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
    placement = _locked(actor, placement_reference)
    require(policies.may_try_again(actor, placement))
    changes = {"next_at": timezone.now(), "problem": ""}
    move_held(placement, PLACEMENT, _P.PLANNED, actor=actor, changes=changes)
    kick_sending(placement.appeal_id)
    return placement


def _locked(actor: Actor, reference: str) -> Placement:
    """The placement, locked after its incident and appeal. Raises `NotVisible`."""
    found = placement_for(actor, reference)
    hold(actor, found.appeal_id)
    rows = Placement.objects.select_for_update(of=("self",), no_key=True).select_related("appeal", "outlet")
    return rows.get(pk=found.pk)
