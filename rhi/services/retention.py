"""Erasing words when their time is over: what was done when stays, so that figures stay true."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import services as audit
from rhi.deadlines import KEPT_UNTIL_AGE, keep_until
from rhi.enums import ENDED
from rhi.models import Concern, ContactAttempt, Referral, Visit

WORDS = (
    "child_called",
    "carer",
    "safe_contact",
    "language",
    "needs",
    "worker_safety",
    "cared_for_by",
    "summary",
)
# Nobody who was a child is 25 earlier than this after their return.
_EARLIEST_YEARS = KEPT_UNTIL_AGE - 18


def due_referrals(now: datetime) -> list[int]:
    """Ended referrals of children who have come to be 25, whose words are still there."""
    rows = Referral.objects.filter(status__in=sorted(ENDED), erased_at__isnull=True)
    rows = rows.filter(clock_start__year__lte=now.year - _EARLIEST_YEARS).order_by("pk")
    told = rows.values_list("pk", "incident__person__date_of_birth", "age_at_return", "clock_start")
    return [
        pk
        for pk, born, age, start in told
        if keep_until(date_of_birth=born, age_at_return=age, returned_at=start) <= now.date()
    ]


@transaction.atomic
def erase_referrals(ids: Sequence[int], actor: Actor) -> int:
    """Empty the words of these referrals, and of all that hangs on them."""
    rows = Referral.objects.filter(pk__in=list(ids), erased_at__isnull=True)
    found = list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    Referral.objects.filter(pk__in=found).update(erased_at=timezone.now(), **dict.fromkeys(WORDS, ""))
    ContactAttempt.objects.filter(referral_id__in=found).update(note="")
    Concern.objects.filter(referral_id__in=found).update(settlement="")
    Visit.objects.filter(referral_id__in=found).update(
        place="", with_whom="", safety_note="", resolution="", markers=[]
    )
    audit.record(actor=actor, action="rhi.erased", target=Referral, target_ids=found, fields=list(WORDS))
    return len(found)
