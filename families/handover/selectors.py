"""Handovers: for the two who sign, and without their lines for the duty manager."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from families.handover.enums import HandoverStatus
from families.handover.models import Handover
from families.handover.policies import may_hand_over
from foundation.accounts.enums import CHARITY_STAFF, Role
from foundation.accounts.models import User
from foundation.accounts.selectors import actor_for, people_holding
from foundation.actors import Actor
from foundation.exceptions import NotVisible

UNSIGNED = (HandoverStatus.WRITING, HandoverStatus.SIGNED_OUT)
_WITH = ("outgoing", "incoming", "charity")


def visible_to(actor: Actor) -> QuerySet[Handover]:
    """The handovers that the actor gives or takes: what is in them is between these two."""
    if may_hand_over(actor) is not None:
        return Handover.objects.none()
    own = Q(outgoing_id=actor.user_id) | Q(incoming_id=actor.user_id)
    return Handover.objects.filter(own, charity_id=actor.organisation_id or 0).select_related(*_WITH)


def unsigned(actor: Actor) -> QuerySet[Handover]:
    """Those of the actor's that want a signature, the first to be late first."""
    return visible_to(actor).filter(status__in=UNSIGNED).order_by("sign_by")


def unsigned_of_others(actor: Actor) -> QuerySet[Handover]:
    """For the duty manager: who has not signed. Nothing of what is in them."""
    if may_hand_over(actor) is not None or not actor.holds({Role.CHARITY_MANAGER}):
        return Handover.objects.none()
    rows = Handover.objects.filter(charity_id=actor.organisation_id or 0, status__in=UNSIGNED)
    others = rows.exclude(Q(outgoing_id=actor.user_id) | Q(incoming_id=actor.user_id))
    return others.select_related(*_WITH).order_by("sign_by")


def handover_named(actor: Actor, reference: str) -> Handover:
    """One of the actor's own handovers. Raises `NotVisible`."""
    found = visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def to_cancel(actor: Actor, reference: str) -> Handover:
    """One that the actor gives, or as duty manager may take back for others. Raises `NotVisible`."""
    own = visible_to(actor).filter(reference=reference).first()
    found = own or unsigned_of_others(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def colleagues(actor: Actor) -> QuerySet[User]:
    """Whom the actor may hand over to."""
    people = people_holding(actor.organisation_id or 0, CHARITY_STAFF)
    return people.exclude(pk=actor.user_id or 0).order_by("full_name", "pk")


def both(handover: Handover) -> tuple[Actor, Actor]:
    """The two, as they may act and see now."""
    charity = handover.charity_id
    return (
        actor_for(handover.outgoing, organisation_id=charity),
        actor_for(handover.incoming, organisation_id=charity),
    )
