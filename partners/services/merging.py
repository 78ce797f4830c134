"""Referrals of an incident that turned out to be a duplicate go on with the one that is kept."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from foundation.actors import Actor
from foundation.audit import services as audit
from partners.enums import OPEN
from partners.models import Referral


def follow_merge(keep_id: int, gone_id: int, actor: Actor) -> list[int]:
    """Point referrals at the kept incident; returns those left, which have a running twin there."""
    twin = Referral.objects.filter(
        incident_id=keep_id,
        sender_id=OuterRef("sender_id"),
        partner_id=OuterRef("partner_id"),
        takes=OuterRef("takes"),
        status__in=sorted(OPEN),
    )
    rows = Referral.objects.filter(incident_id=gone_id).annotate(has_twin=Exists(twin)).order_by("pk")
    found = list(rows.values_list("pk", "status", "has_twin"))
    left = [pk for pk, status, has_twin in found if has_twin and status in OPEN]
    moved = [pk for pk, _, _ in found if pk not in left]
    Referral.objects.filter(pk__in=moved).update(incident_id=keep_id)
    if moved:
        audit.record(
            actor=actor,
            action="partners.merged",
            target=Referral,
            target_ids=moved,
            incident_id=keep_id,
            fields=["incident"],
        )
    return left
