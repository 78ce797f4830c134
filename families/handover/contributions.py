"""What is unsigned stays on the desk of both."""

from __future__ import annotations

from django.urls import reverse

from families.handover import selectors
from families.handover.enums import HandoverStatus
from families.handover.models import Handover
from families.handover.policies import may_hand_over
from foundation.actors import Actor
from foundation.contributions import Link, WorkItem, WorkQueue

_SHOWN = 10


def handover_work(actor: Actor) -> WorkQueue | None:
    """Handovers that want a signature, on the desk of whoever goes and of whoever comes."""
    if may_hand_over(actor) is not None:
        return None
    rows = selectors.unsigned(actor)
    items = tuple(_item(actor, row) for row in rows[:_SHOWN])
    link = Link("Shift handover", reverse("handover:list"))
    return WorkQueue("handover", "Shift handover", "Nothing of yours is unsigned.", items, len(items), link)


def _item(actor: Actor, row: Handover) -> WorkItem:
    goes = row.outgoing_id == actor.user_id
    is_signed = row.status == HandoverStatus.SIGNED_OUT
    words = {
        (True, False): f"Sign your handover to {row.incoming.full_name}",
        (True, True): f"{row.incoming.full_name} has not signed your handover yet",
        (False, False): f"{row.outgoing.full_name} is writing a handover to you",
        (False, True): f"Read and sign the handover of {row.outgoing.full_name}",
    }[goes, is_signed]
    return WorkItem(words, reverse("handover:show", args=[row.reference]), row.sign_by)
