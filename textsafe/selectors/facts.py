"""The facts the safety rules look at, read fresh each time."""

from __future__ import annotations

import json
from datetime import datetime, time

from foundation.clock import in_london, london_to_utc
from foundation.messaging.enums import Channel
from foundation.messaging.services.suppression import is_key_suppressed
from missingcases.enums import Known, PhoneHolder, PhoneKind, PhoneState
from missingcases.models import Phone
from missingcases.selectors import SafetyFacts, safety_facts
from textsafe.enums import Origin, RequestStatus
from textsafe.models import AutomationPolicy, Request, Veto
from textsafe.screening import DAY, Facts
from textsafe.states import IN_THE_AIR

SERVICE = "textsafe"
_COUNTED = (
    RequestStatus.APPROVED,
    RequestStatus.QUEUED,
    *IN_THE_AIR,
    RequestStatus.SENT,
    RequestStatus.DELIVERED,
)


def veto_on(incident_id: int) -> Veto | None:
    """The officer's veto that stands on an incident, if any."""
    return Veto.objects.filter(incident_id=incident_id, lifted_at__isnull=True).first()


def facts_for(request: Request, *, now: datetime, safety: SafetyFacts | None = None) -> Facts:
    """Everything the rules need for `request`, as it stands in the database now.

    `safety` is the incident's own part where the caller has just read it.

    What is known of the phone since the officer answered counts too, where it is the worse.
    """
    safety = safety or safety_facts(request.incident_id)
    answers = _answers(request)
    return Facts(
        is_open=safety.is_open,
        starts_held=safety.starts_held,
        age_years=safety.age_years,
        flags=frozenset(str(flag) for flag in safety.flags),
        vetoed=veto_on(request.incident_id) is not None,
        opted_out=is_key_suppressed(SERVICE, Channel.SMS, request.number_key),
        last_text_at=_last_text_at(request, now=now),
        kind=_kind(request),
        is_british=not request.is_foreign,
        held_by=PhoneHolder(answers["held_by"]),
        verified=Known(answers["verified"]),
        place=PhoneState(answers["place"]),
        read_by_others=Known(answers["read_by_others"]),
        wants_no_contact=Known(answers["wants_no_contact"]),
        over_force_cap=request.origin == Origin.AUTOMATION and force_cap_reached(request, now=now),
    )


def safe_facts(incident_id: int) -> SafetyFacts:
    """The incident's own part of the facts."""
    return safety_facts(incident_id)


def _kind(request: Request) -> PhoneKind:
    """By the numbering plan, unless the force knows that the line is no mobile."""
    phone = request.phone
    if phone is not None and phone.kind in {PhoneKind.LANDLINE, PhoneKind.VOIP}:
        return PhoneKind(phone.kind)
    return PhoneKind(request.number_kind)


_QUESTIONS = ("verified", "place", "held_by", "read_by_others", "wants_no_contact")
_GOOD = {"place": PhoneState.WITH_PERSON.value, "held_by": PhoneHolder.PERSON.value}


def _answers(request: Request) -> dict[str, str]:
    stored = json.loads(request.answers) if request.answers else {}
    found = {code: stored.get(code, "not_known") for code in _QUESTIONS}
    phone = request.phone
    if phone is None:
        return found
    if request.origin == Origin.AUTOMATION:
        return _of_phone(phone)
    for code, held in (("place", phone.state), ("held_by", phone.held_by)):
        if held not in {"not_known", _GOOD[code]}:
            found[code] = held
    if not phone.is_current:
        found["verified"] = Known.NO.value
    return found


def _of_phone(phone: Phone) -> dict[str, str]:
    """What the record says where nobody was asked.

    A phone that only the person holds is read by nobody else; a wish for no contact is the officer's
    veto, which is a rule of its own (docs/adr/0030).
    """
    alone = phone.held_by == PhoneHolder.PERSON
    return {
        "verified": (Known.YES if phone.verified and phone.is_current else Known.NO).value,
        "place": phone.state,
        "held_by": phone.held_by,
        "read_by_others": (Known.NO if alone else Known.NOT_KNOWN).value,
        "wants_no_contact": Known.NO.value,
    }


def _last_text_at(request: Request, *, now: datetime) -> datetime | None:
    """When another request last reached this number, whichever force asked; now, if it may be going."""
    others = Request.objects.filter(number_key=request.number_key).exclude(pk=request.pk)
    if others.filter(status__in=IN_THE_AIR, requested_at__gt=now - 2 * DAY).exists():
        return now
    found: datetime | None = (
        others.filter(sent_at__isnull=False).order_by("-sent_at").values_list("sent_at", flat=True).first()
    )
    return found


def force_cap_reached(request: Request, *, now: datetime) -> bool:
    """Whether the force's automatic texts of this London day have reached its limit."""
    policy = AutomationPolicy.objects.filter(organisation_id=request.organisation_id).first()
    midnight = london_to_utc(in_london(now).date(), time(0))
    used = (
        Request.objects.filter(
            organisation_id=request.organisation_id,
            origin=Origin.AUTOMATION,
            screened_at__gte=midnight,
            status__in=_COUNTED,
        )
        .exclude(pk=request.pk)
        .count()
    )
    return policy is None or used >= policy.daily_cap
