"""Links that would run out while the partner still needs them: a fresh one is sent. Called by the clock."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from foundation.audit import services as audit
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.rounds import each
from partners.deadlines import RENEW_BEFORE
from partners.enums import SHOWN, WorksBy
from partners.models import Link, Profile
from partners.services import telling
from partners.services.common import locked
from partners.system import LINKING

log = structlog.get_logger(__name__)
BATCH = 200


def renew_links() -> int:
    """Send a fresh link for each that soon runs out; returns how many.

    One that wrong codes have ended is not replaced: its sender rings the partner first.
    """
    now = timezone.now()
    ids = list(_running_out(now).order_by("expires_at", "pk").values_list("referral_id", flat=True)[:BATCH])
    return each(ids, lambda pk: _renewed(pk, now))


def _running_out(now: datetime) -> QuerySet[Link]:
    by_link = Profile.objects.filter(works_by=WorksBy.LINK).values("organisation_id")
    return Link.objects.filter(
        ended_at__isnull=True,
        expires_at__lte=now + RENEW_BEFORE,
        referral__status__in=sorted(SHOWN),
        referral__partner__in=by_link,
    )


def _renewed(referral_id: int, now: datetime) -> bool:
    try:
        return _renew(referral_id, now)
    except (InvalidAddress, NotDialable):
        # The link runs out, and its page tells the sender that none opens it.
        log.warning("partner_link_not_renewed", referral_id=referral_id)
        return False


@transaction.atomic
def _renew(referral_id: int, now: datetime) -> bool:
    referral = locked(referral_id)
    if not _running_out(now).filter(referral=referral).exists():
        return False
    telling.write_to_partner(referral, "renewed", now=now)
    audit.record(
        actor=LINKING,
        action="partners.link_renewed",
        target=referral,
        incident_id=referral.incident_id,
        on_behalf_of_id=referral.sender_id,
    )
    return True
