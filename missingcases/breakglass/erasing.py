"""Emptying the words of openings that were reviewed long ago: who opened what, and when, stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from foundation.actors import Actor
from foundation.audit import services as audit
from missingcases.breakglass.enums import OpeningStatus
from missingcases.breakglass.models import Opening


def ended_openings(organisation_id: int, before: datetime) -> list[int]:
    """Openings reviewed before then, whose words are still there."""
    rows = Opening.objects.filter(
        organisation_id=organisation_id, status=OpeningStatus.REVIEWED, reviewed_at__lte=before
    ).exclude(reason="")
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def erase_openings(ids: Sequence[int], actor: Actor) -> int:
    """Empty why they were opened and what the review found."""
    rows = Opening.objects.filter(pk__in=list(ids), status=OpeningStatus.REVIEWED)
    found = list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    Opening.objects.filter(pk__in=found).update(reason="", review_words="")
    audit.record(actor=actor, action="breakglass.erased", target=Opening, target_ids=found, fields=["reason"])
    return len(found)
