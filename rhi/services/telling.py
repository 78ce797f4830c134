"""Telling the force's own systems that what the force reads of a referral has changed, and nothing more."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from foundation.audit import services as audit
from foundation.rounds import each
from missingcases.hooks import services as hooks
from rhi.models import Referral
from rhi.selectors.standing import standing_of
from rhi.system import TELLING

KIND = "rhi.status"
BATCH = 200
# What changed earlier than this is no news to a system.
TOLD_FOR = timedelta(days=14)


def tell_systems() -> int:
    """Tell of every referral that reads otherwise than was last told; returns how many there were."""
    now = timezone.now()
    rows = Referral.objects.filter(updated_at__gt=now - TOLD_FOR).exclude(told_version=F("version"))
    ids = list(rows.order_by("updated_at", "pk").values_list("pk", flat=True)[:BATCH])
    return each(ids, lambda pk: _tell(pk, now))


@transaction.atomic
def _tell(referral_id: int, now: datetime) -> bool:
    rows = Referral.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    referral = rows.select_related("incident").filter(pk=referral_id).first()
    if referral is None:
        return False
    standing = standing_of(referral)
    is_news = standing != referral.told
    Referral.objects.filter(pk=referral_id).update(told=standing, told_version=referral.version)
    if is_news and hooks.tell(
        kind=KIND, incident_id=referral.incident_id, at=now, subject=referral.reference
    ):
        audit.record(
            actor=TELLING,
            action="rhi.status_told",
            target=referral,
            incident_id=referral.incident_id,
            on_behalf_of_id=referral.incident.owner_id,
            fields=["status"],
        )
    return is_news
