"""Erasing a referral's words when its time is over: who held it when and what became of it stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import services as audit
from partners.enums import ENDED
from partners.models import Progress, Referral

WORDS = ("content", "wishes", "why", "worker", "reason_words", "outcome_words")
_GONE = "Erased."


def ended_before(organisation_id: int, before: datetime) -> list[int]:
    """The referrals of this sender that ended before then and whose words are still there."""
    rows = Referral.objects.filter(
        sender_id=organisation_id, status__in=sorted(ENDED), ended_at__lt=before, erased_at__isnull=True
    )
    # Whoever is still looked for needs to know where they were looked for already.
    rows = rows.exclude(incident__located_at__isnull=True, incident__closed_at__isnull=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def erase_referrals(ids: Sequence[int], actor: Actor) -> int:
    """Empty the words of these referrals and of what was said of their progress."""
    rows = Referral.objects.filter(pk__in=list(ids), erased_at__isnull=True)
    found = list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    empty = {**dict.fromkeys(WORDS, ""), "why": _GONE}
    Referral.objects.filter(pk__in=found).update(erased_at=timezone.now(), **empty)
    Progress.objects.filter(referral_id__in=found).update(words=_GONE)
    audit.record(actor=actor, action="partners.erased", target=Referral, target_ids=found, fields=list(WORDS))
    return len(found)
