"""A visit to a family that did not begin, or did not end: the duty manager is called until it is settled."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from families.models import Visit
from families.selectors.visits import people_to_call, to_call, visit_rule_of
from families.services.visits import KIND, locked_visit
from foundation.access import Refusal
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.rounds import each
from foundation.visits.calling import BATCH, Alarm, call, is_due
from foundation.visits.calling import still_late as visit_still_late

CALLING = Actor.system("families.call")
SERVICE = "families_visits"
GUARD = "families.visit"
ALARM = Alarm(KIND, SERVICE, GUARD, "/families/visits/", CALLING)


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
    charity_id = visit.case.charity_id
    rule = visit_rule_of(charity_id)
    call(
        visit,
        ALARM,
        people=people_to_call(visit, besides=visit.called > 0),
        phones={"own": visit.telephone, "duty": rule.duty_phone},
        organisation_id=charity_id,
        minutes=rule.call_after_minutes,
        now=now,
    )
    audit.record(
        actor=CALLING,
        action="families.visit_called",
        target=visit,
        fields=["called"],
        on_behalf_of_id=charity_id,
    )
    return True


def still_late(owner_id: int) -> Refusal | None:
    """The guard of every call: nobody has heard of the worker yet."""
    return visit_still_late(Visit.objects.get(pk=owner_id))
