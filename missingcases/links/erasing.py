"""Emptying the words of links between forces that ended long ago: that there was one, and when, stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from foundation.actors import Actor
from foundation.audit import services as audit
from missingcases.links.enums import LinkStatus
from missingcases.links.models import RecordLink

_OVER = (LinkStatus.JOINED, LinkStatus.DECLINED, LinkStatus.WITHDRAWN, LinkStatus.ENDED)


def ended_links(organisation_id: int, before: datetime) -> list[int]:
    """Links that this force asked for and that were over before then, whose words are still there."""
    rows = RecordLink.objects.annotate(over_at=Coalesce("ended_at", "decided_at", "asked_at")).filter(
        ~Q(words="") | ~Q(decision_reason="") | ~Q(named=""),
        asking_id=organisation_id,
        status__in=_OVER,
        over_at__lte=before,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def erase_links(ids: Sequence[int], actor: Actor) -> int:
    """Empty what was asked, what was answered, and the reference that was named."""
    rows = RecordLink.objects.filter(pk__in=list(ids), status__in=_OVER)
    found = list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    RecordLink.objects.filter(pk__in=found).update(words="", decision_reason="", named="")
    audit.record(actor=actor, action="links.erased", target=RecordLink, target_ids=found, fields=["words"])
    return len(found)
