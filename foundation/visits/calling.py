"""A visit that did not begin, or did not end: somebody is called until it is settled.

What is sent names nobody and no place: a reference, and where to sign in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.template.loader import render_to_string

from foundation.access import Refusal
from foundation.accounts.models import User
from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.visits.deadlines import next_call_at
from foundation.visits.enums import ON_THE_WAY, VisitStatus
from foundation.visits.models import LoneVisit
from foundation.visits.services import Kind

# A message that could not be delivered for so long was overtaken by the next one.
LASTS = timedelta(hours=1)
BATCH = 100
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Alarm:
    """How one service's visits call. `path` is its pages' address, before the reference."""

    kind: Kind
    service: str
    guard: str
    path: str
    caller: Actor


def is_due(visit: LoneVisit, now: datetime) -> bool:
    """Whether somebody is to hear of it now; another worker may have called meanwhile."""
    return visit.alarm_at is not None and visit.alarm_at <= now


def call(
    visit: LoneVisit,
    alarm: Alarm,
    *,
    people: Iterable[User],
    phones: Mapping[str, str],
    organisation_id: int,
    minutes: int,
    now: datetime,
) -> None:
    """Write to these people and text these telephones (whose, to the number), and say when to call next.

    The visit is locked by the caller's transaction.
    """
    page = {
        "reference": visit.reference,
        "begun": visit.status == VisitStatus.UNDER_WAY,
        "again": visit.called > 0,
        "link": f"{settings.STAFF_BASE_URL}{alarm.path}{visit.reference}/",
    }
    body = render_to_string("visits/mail/visit_late.txt", page)
    for person in people:
        subject = f"{settings.PRODUCT_NAME}: a visit is late"
        _queue(visit, alarm, str(person.pk), ("email", person.email, subject, body), organisation_id, now)
    text = (
        f"{settings.PRODUCT_NAME}: visit {visit.reference} is late. "
        "If it is yours, sign in and say that you are safe. If you are on duty, ring the worker."
    )
    for whose, number in phones.items():
        if number:
            try:
                _queue(visit, alarm, whose, ("sms", number, "", text), organisation_id, now)
            except (InvalidAddress, NotDialable) as problem:
                # The e-mails must go all the same.
                log.error("visit_phone_unusable", visit_id=visit.pk, kind=type(problem).__name__)
    visit.called += 1
    visit.alarm_at = next_call_at(now, minutes=minutes)
    visit.save(update_fields=["called", "alarm_at"])


def _queue(
    visit: LoneVisit,
    alarm: Alarm,
    whose: str,
    what: tuple[str, str, str, str],
    organisation_id: int,
    now: datetime,
) -> None:
    channel, to, subject, body = what
    messaging.queue_message(
        actor=alarm.caller,
        channel=channel,
        lane="urgent",
        to=to,
        subject=subject,
        body=body,
        service=alarm.service,
        owner=(alarm.kind.label, visit.pk),
        guard=alarm.guard,
        organisation_id=organisation_id,
        valid_until=now + LASTS,
        dedupe_key=f"{alarm.service}:{visit.pk}:{visit.called}:{whose}",
    )


def still_late(visit: LoneVisit) -> Refusal | None:
    """The guard of every call: nobody has heard of the worker yet."""
    if visit.status in ON_THE_WAY and visit.resolved_at is None and visit.called:
        return None
    return Refusal("settled", "The visit has ended, or somebody settled it.")
