"""A sighting that waits: whoever is to take it up is written to, then whoever is above them, once each.

What is sent names nobody and nothing that was seen: a reference, and where to sign in.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from appeals import deadlines
from appeals.enums import SightingStatus, SightingWait
from appeals.models import Sighting
from appeals.selectors.calling import AT_ONCE, OF_FORCE, people_to_call, to_call, wait_of
from foundation.access import Refusal
from foundation.accounts.models import User
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging import services as messaging
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.rounds import each
from missingcases.desk.selectors import times_of
from missingcases.services.common import lock_incident
from missingcases.services.timeline import add_timeline_entry

# What staff get of what waits: of sightings, and of players.
SERVICE = "appeals_calls"
GUARD_OF_CHARITY, GUARD_OF_FORCE = "sightings.charity", "sightings.force"
CALLER = Actor.system("appeals.call_for_sightings")
LABEL = "appeals.Sighting"
BATCH = 100
# A message that could not be delivered for so long was overtaken by the next, or by people.
LASTS = timedelta(hours=2)
log = structlog.get_logger(__name__)


def start_clock(sighting: Sighting, *, since: datetime) -> None:
    """It comes to wait for something, or for nothing any more. The caller saves it."""
    wait = wait_of(sighting)
    sighting.call_at = deadlines.call_at(wait, since=since, now=timezone.now()) if wait else None
    sighting.called = 0


def waits_anew(actor: Actor, sighting: Sighting, *, since: datetime) -> None:
    """It was taken up, and waits for the next or for nothing: what is not sent yet is taken back.

    The caller's transaction holds the sighting.
    """
    start_clock(sighting, since=since)
    sighting.save(update_fields=["call_at", "called"])
    messaging.cancel_for_owner(actor=actor, owner_label=LABEL, owner_ids=[sighting.pk], cause="taken_up")


def call_new_owner(*, incident_id: int, at: datetime) -> None:
    """The incident has another owner: what the old one did not acknowledge calls the new one.

    The caller's transaction holds the incident.
    """
    passed = Sighting.objects.filter(incident_id=incident_id, status=SightingStatus.PASSED_TO_POLICE)
    ids = list(passed.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    Sighting.objects.filter(pk__in=ids).update(call_at=at, called=0)
    messaging.cancel_for_owner(actor=CALLER, owner_label=LABEL, owner_ids=ids, cause="taken_up")


def call_due() -> int:
    """Write to whoever is to hear of a sighting by now; returns how many calls were made."""
    now = timezone.now()
    return each(to_call(now, most=BATCH), lambda pk: call_for(pk, now=now))


@transaction.atomic
def call_for(sighting_id: int, *, now: datetime) -> bool:
    """Make the call for a sighting that is due, unless somebody else did or it was taken up meanwhile."""
    incident_id = Sighting.objects.values_list("incident_id", flat=True).get(pk=sighting_id)
    lock_incident(incident_id)
    rows = Sighting.objects.select_for_update(of=("self",), no_key=True)
    due = rows.filter(pk=sighting_id, call_at__lte=now).select_related("appeal", "incident").first()
    if due is None or due.call_at is None:
        return False
    wait = wait_of(due)
    if wait is None:
        Sighting.objects.filter(pk=due.pk).update(call_at=None)
        return False
    _write(due, wait, now=now)
    again = None if due.called else deadlines.call_above_at(wait, called_for=due.call_at)
    Sighting.objects.filter(pk=due.pk).update(called=due.called + 1, call_at=again)
    _record(due, wait)
    return True


def still_waits_at_charity(owner_id: int) -> Refusal | None:
    """The guard of what goes to the charity."""
    return _still_waits(owner_id, of_force=False)


def still_waits_at_force(owner_id: int) -> Refusal | None:
    """The guard of what goes to the force."""
    return _still_waits(owner_id, of_force=True)


def _still_waits(owner_id: int, *, of_force: bool) -> Refusal | None:
    sighting = Sighting.objects.select_related("incident").get(pk=owner_id)
    wait = wait_of(sighting)
    if wait is not None and (wait in OF_FORCE) == of_force:
        return None
    return Refusal("taken_up", "The sighting was taken up, or the person is found.")


def _write(sighting: Sighting, wait: SightingWait, *, now: datetime) -> None:
    above = bool(sighting.called)
    for person in people_to_call(sighting, wait, above=above):
        _mail(sighting, wait, person, now=now)
    if wait == SightingWait.ANSWER_NOW and not sighting.incident.is_restricted:
        times = times_of(sighting.incident.owner_id)
        _text(sighting, wait, times.inspector_phone if above else times.supervisor_phone, now=now)


def _organisation_of(sighting: Sighting, wait: SightingWait) -> int:
    return sighting.incident.owner_id if wait in OF_FORCE else sighting.appeal.charity_id


def _guard_of(wait: SightingWait) -> str:
    return GUARD_OF_FORCE if wait in OF_FORCE else GUARD_OF_CHARITY


def _mail(sighting: Sighting, wait: SightingWait, person: User, *, now: datetime) -> None:
    page = {
        "wait": wait.value,
        "again": bool(sighting.called),
        "reference": sighting.reference,
        "received_at": sighting.received_at,
        "link": _link(sighting),
    }
    messaging.queue_message(
        actor=CALLER,
        channel="email",
        lane="urgent" if wait in AT_ONCE else "normal",
        to=person.email,
        subject=f"{settings.PRODUCT_NAME}: a sighting waits",
        body=render_to_string("appeals/mail/sighting_waits.txt", page),
        service=SERVICE,
        owner=(LABEL, sighting.pk),
        guard=_guard_of(wait),
        organisation_id=_organisation_of(sighting, wait),
        valid_until=now + LASTS,
        dedupe_key=f"{_key(sighting, wait)}:{person.pk}",
    )


def _text(sighting: Sighting, wait: SightingWait, phone: str, *, now: datetime) -> None:
    """One text to the force's duty telephone, where it gave one. It names nobody."""
    if not phone:
        return
    try:
        messaging.queue_message(
            actor=CALLER,
            channel="sms",
            lane="urgent",
            to=phone,
            body=f"{settings.PRODUCT_NAME}: sighting {sighting.reference}, immediate danger, is not "
            "acknowledged. Sign in.",
            service=SERVICE,
            owner=(LABEL, sighting.pk),
            guard=_guard_of(wait),
            organisation_id=_organisation_of(sighting, wait),
            valid_until=now + LASTS,
            dedupe_key=f"{_key(sighting, wait)}:text",
        )
    except (InvalidAddress, NotDialable) as problem:
        # The e-mails must go all the same.
        log.error("sighting_phone_unusable", sighting_id=sighting.pk, kind=type(problem).__name__)


def _link(sighting: Sighting) -> str:
    return f"{settings.STAFF_BASE_URL}/sightings/{sighting.reference}/"


def _key(sighting: Sighting, wait: SightingWait) -> str:
    """One for each time it waits for something, so that one that is looked at again is called for anew."""
    due = int(sighting.call_at.timestamp()) if sighting.call_at else 0
    return f"sightings:{sighting.pk}:{wait}:{sighting.called}:{due}"


def _record(sighting: Sighting, wait: SightingWait) -> None:
    audit.record(
        actor=CALLER,
        action="appeals.sighting_called",
        target=sighting,
        incident_id=sighting.incident_id,
        fields=["called"],
        on_behalf_of_id=_organisation_of(sighting, wait),
    )
    if wait in OF_FORCE and sighting.called:
        add_timeline_entry(
            incident_id=sighting.incident_id,
            kind="appeals.sighting_escalated",
            actor=CALLER,
            audience="owner",
            summary=f"Sighting {sighting.reference} is not acknowledged: supervisor told",
            subject=(LABEL, sighting.pk),
            organisation_id=sighting.incident.owner_id,
        )
