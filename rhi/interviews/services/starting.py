"""Beginning an interview: the child is told first what stays between them and what cannot."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from missingcases.services import lock_incident
from rhi import selectors as referrals
from rhi.interviews.form import VERSION, band_of
from rhi.interviews.models import Interview
from rhi.interviews.policies import may_start
from rhi.models import Referral


@transaction.atomic
def start(*, actor: Actor, referral_id: int, limits_explained: bool) -> Interview:
    """Begin the interview of a referral, once; a second call answers the one that was begun.

    Raises `NotVisible`, `Refused`, `Invalid` where the limits were not explained.
    """
    found = referrals.visible_to(actor).filter(pk=referral_id).first()
    if found is None:
        raise NotVisible(f"referral {referral_id}")
    lock_incident(found.incident_id)
    referral = Referral.objects.select_for_update(no_key=True).get(pk=referral_id)
    begun = Interview.objects.filter(referral=referral).first()
    if begun is not None:
        return begun
    require(may_start(actor, referral))
    if not limits_explained:
        raise Invalid({"limits": "Tell the child first what you cannot keep to yourself."})
    now = timezone.now()
    interview = Interview.objects.create(
        referral=referral,
        form_version=VERSION,
        age_band=band_of(referral.age_at_return),
        started_at=now,
        started_by_id=actor.user_id or 0,
        limits_explained_at=now,
    )
    audit.record(actor=actor, action="interview.started", target=interview)
    return interview
