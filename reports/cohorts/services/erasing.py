"""Erasing what readers wrote of cases: codes and counts stay."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from foundation.actors import Actor
from foundation.audit import services as audit
from reports.cohorts.models import Decision, Reading


@transaction.atomic
def erase_memos(*, ids: Sequence[int], actor: Actor) -> int:
    """Erase the readers' own notes of these readings; returns how many were erased."""
    gone = Reading.objects.filter(pk__in=ids).exclude(memo="").update(memo="")
    audit.record(actor=actor, action="cohort.words_erased", target=Reading, target_ids=ids, fields=["memo"])
    return gone


@transaction.atomic
def erase_reasons(*, ids: Sequence[int], actor: Actor) -> int:
    """Erase why these differences were decided as they were; returns how many were erased."""
    gone = Decision.objects.filter(pk__in=ids).exclude(reason="").update(reason="")
    audit.record(
        actor=actor, action="cohort.words_erased", target=Decision, target_ids=ids, fields=["reason"]
    )
    return gone
