"""Erasing what children told when its time is over. Choices and themes stay: figures read only those."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from foundation.actors import Actor
from foundation.audit import services as audit
from rhi.deadlines import KEPT_UNTIL_AGE, keep_until
from rhi.enums import ENDED
from rhi.interviews.models import Answer, Interview, Outcome

# Nobody who was a child is 25 earlier than this after their return.
_EARLIEST_YEARS = KEPT_UNTIL_AGE - 18


def due_interviews(now: datetime) -> list[int]:
    """Interviews of ended referrals, of children who have come to be 25, whose words are still there."""
    words = Answer.objects.filter(interview=OuterRef("pk")).exclude(words="")
    rows = Interview.objects.filter(Exists(words), referral__status__in=sorted(ENDED)).order_by("pk")
    rows = rows.filter(referral__clock_start__year__lte=now.year - _EARLIEST_YEARS)
    told = rows.values_list(
        "pk",
        "referral__incident__person__date_of_birth",
        "referral__age_at_return",
        "referral__clock_start",
    )
    return [
        pk
        for pk, born, age, start in told
        if keep_until(date_of_birth=born, age_at_return=age, returned_at=start) <= now.date()
    ]


@transaction.atomic
def erase_interviews(ids: Sequence[int], actor: Actor) -> int:
    """Empty the words of these interviews and of what came of them."""
    rows = Interview.objects.filter(pk__in=list(ids)).select_for_update(no_key=True).order_by("pk")
    found = list(rows.values_list("pk", flat=True))
    Answer.objects.filter(interview_id__in=found).update(words="")
    Outcome.objects.filter(interview_id__in=found).update(words="", result="")
    audit.record(actor=actor, action="interview.erased", target=Interview, target_ids=found, fields=["words"])
    return len(found)
