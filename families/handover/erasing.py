"""Emptying the copies of old handovers: who handed over to whom, when and how many lines, stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from families.handover.enums import HandoverStatus
from families.handover.models import Handover, HandoverLine
from foundation.actors import Actor
from foundation.audit import services as audit

_OVER = (HandoverStatus.DONE, HandoverStatus.CANCELLED)


def ended_handovers(charity_id: int, before: datetime) -> list[int]:
    """Handovers signed by both, or taken back, before then, whose words are still there."""
    rows = Handover.objects.filter(
        charity_id=charity_id, status__in=_OVER, ended_at__lte=before, erased_at__isnull=True
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def erase_handovers(ids: Sequence[int], actor: Actor) -> int:
    """Empty these copies."""
    rows = Handover.objects.filter(pk__in=list(ids), status__in=_OVER, erased_at__isnull=True)
    found = list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    HandoverLine.objects.filter(handover_id__in=found).update(words="", detail="", note="", url="")
    Handover.objects.filter(pk__in=found).update(note="", answer="", erased_at=timezone.now())
    audit.record(
        actor=actor, action="handover.erased", target=Handover, target_ids=found, fields=["lines", "note"]
    )
    return len(found)
