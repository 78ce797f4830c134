"""Emptying legal holds that were lifted long ago: what was held, by whom and when, stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from foundation.actors import Actor
from foundation.audit import services as audit
from missingcases.retention.models import LegalHold


def lifted_holds(organisation_id: int, before: datetime) -> list[int]:
    """Holds lifted before then, whose words are still there."""
    rows = LegalHold.objects.filter(organisation_id=organisation_id, lifted_at__lte=before)
    return list(rows.exclude(reason="").order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def empty_holds(ids: Sequence[int], actor: Actor) -> int:
    """Empty why they were placed and why they were lifted."""
    rows = LegalHold.objects.filter(pk__in=list(ids), lifted_at__isnull=False)
    found = list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    LegalHold.objects.filter(pk__in=found).update(reason="", lift_reason="")
    audit.record(
        actor=actor, action="retention.hold_emptied", target=LegalHold, target_ids=found, fields=["reason"]
    )
    return len(found)
