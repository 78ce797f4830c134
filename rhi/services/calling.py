"""A visit that did not begin, or did not end: the duty manager is called until it is settled.

What is sent names nobody and no place: a reference, and where to sign in.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from foundation.access import Refusal
from foundation.accounts.models import User
from foundation.audit import services as audit
from foundation.messaging import services as messaging
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from rhi.deadlines import next_call_at
from rhi.enums import ON_THE_WAY, VisitStatus
from rhi.models import InterviewerProfile, Visit
from rhi.selectors import people_to_call, to_call, visit_rule_of
from rhi.services.visits import LABEL, locked_visit
from rhi.system import CALLING

SERVICE = "rhi_visits"
GUARD = "rhi.visit"
BATCH = 100
# A message that could not be delivered for so long was overtaken by the next one.
LASTS = timedelta(hours=1)
log = structlog.get_logger(__name__)


def call_due() -> int:
    """Call for every visit that is late by now; returns how many were called for."""
    now = timezone.now()
    return sum(call_for(pk, now=now) for pk in to_call(now, most=BATCH))


@transaction.atomic
def call_for(visit_id: int, *, now: datetime) -> bool:
    """Call for a visit that is late, unless another worker did or it was settled meanwhile."""
    visit = locked_visit(CALLING, visit_id)
    if visit.alarm_at is None or visit.alarm_at > now:
        return False
    rule = visit_rule_of(visit.referral.provider_id)
    for person in people_to_call(visit, besides=visit.called > 0):
        _mail(visit, person, now=now)
    _text(visit, "own", _own_telephone(visit), now=now)
    _text(visit, "duty", rule.duty_phone, now=now)
    visit.called += 1
    visit.alarm_at = next_call_at(now, minutes=rule.call_after_minutes)
    visit.save(update_fields=["called", "alarm_at"])
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
    visit = Visit.objects.get(pk=owner_id)
    if visit.status in ON_THE_WAY and visit.resolved_at is None and visit.called:
        return None
    return Refusal("settled", "The visit has ended, or somebody settled it.")


def _own_telephone(visit: Visit) -> str:
    """The worker's own: most who are late have forgotten to say that they are safe."""
    rows = InterviewerProfile.objects.filter(
        user_id=visit.worker_id, organisation_id=visit.referral.provider_id
    )
    found = rows.first()
    return found.telephone if found is not None else ""


def _mail(visit: Visit, person: User, *, now: datetime) -> None:
    page = {
        "reference": visit.reference,
        "begun": visit.status == VisitStatus.UNDER_WAY,
        "again": visit.called > 0,
        "link": f"{settings.STAFF_BASE_URL}/interviews/visits/{visit.reference}/",
    }
    messaging.queue_message(
        actor=CALLING,
        channel="email",
        lane="urgent",
        to=person.email,
        subject=f"{settings.PRODUCT_NAME}: a visit is late",
        body=render_to_string("rhi/mail/visit_late.txt", page),
        service=SERVICE,
        owner=(LABEL, visit.pk),
        guard=GUARD,
        organisation_id=visit.referral.provider_id,
        valid_until=now + LASTS,
        dedupe_key=f"{_key(visit)}:{person.pk}",
    )


def _text(visit: Visit, whose: str, number: str, *, now: datetime) -> None:
    """One text to a telephone, where there is one."""
    if not number:
        return
    try:
        messaging.queue_message(
            actor=CALLING,
            channel="sms",
            lane="urgent",
            to=number,
            body=f"{settings.PRODUCT_NAME}: visit {visit.reference} is late. "
            "If it is yours, sign in and say that you are safe. If you are on duty, ring the worker.",
            service=SERVICE,
            owner=(LABEL, visit.pk),
            guard=GUARD,
            organisation_id=visit.referral.provider_id,
            valid_until=now + LASTS,
            dedupe_key=f"{_key(visit)}:{whose}",
        )
    except (InvalidAddress, NotDialable) as problem:
        # The e-mails must go all the same.
        log.error("visit_phone_unusable", visit_id=visit.pk, kind=type(problem).__name__)


def _key(visit: Visit) -> str:
    return f"rhi_visits:{visit.pk}:{visit.called}"
