"""A visit that did not begin, or did not end: the duty manager is called until it is settled.

What is sent names nobody and no place: a reference, and where to sign in.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal
from foundation.audit import services as audit
from foundation.rounds import each
from foundation.visits.calling import BATCH, Alarm, call, is_due
from foundation.visits.calling import still_late as visit_still_late
from rhi.models import InterviewerProfile, Visit
from rhi.selectors import people_to_call, to_call, visit_rule_of
from rhi.services.visits import KIND, locked_visit
from rhi.system import CALLING

SERVICE = "rhi_visits"
GUARD = "rhi.visit"
ALARM = Alarm(KIND, SERVICE, GUARD, "/interviews/visits/", CALLING)


def call_due() -> int:
    """Call for every visit that is late by now; returns how many were called for."""
    now = timezone.now()
    return each(to_call(now, most=BATCH), lambda pk: call_for(pk, now=now))


@transaction.atomic
def call_for(visit_id: int, *, now: datetime) -> bool:
    """Call for a visit that is late, unless another worker did or it was settled meanwhile."""
    visit = locked_visit(CALLING, visit_id)
    if not is_due(visit, now):
        return False
    rule = visit_rule_of(visit.referral.provider_id)
    call(
        visit,
        ALARM,
        people=people_to_call(visit, besides=visit.called > 0),
        phones={"own": _own_telephone(visit), "duty": rule.duty_phone},
        organisation_id=visit.referral.provider_id,
        minutes=rule.call_after_minutes,
        now=now,
    )
    audit.record(
        actor=CALLING,
        action="rhi.visit_called",
        target=visit,
        incident_id=visit.referral.incident_id,
        fields=["called"],
        on_behalf_of_id=visit.referral.provider_id,
    )
    return True


def still_late(owner_id: int) -> Refusal | None:
    """The guard of every call: nobody has heard of the worker yet."""
    return visit_still_late(Visit.objects.get(pk=owner_id))


def _own_telephone(visit: Visit) -> str:
    """The worker's own: most who are late have forgotten to say that they are safe."""
    rows = InterviewerProfile.objects.filter(
        user_id=visit.worker_id, organisation_id=visit.referral.provider_id
    )
    found = rows.first()
    return found.telephone if found is not None else ""
