"""Writing a request down, and releasing to the charity what it needs of it."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from foundation.accounts.selectors import the_charity
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.messaging import numbers
from foundation.messaging.enums import Channel
from foundation.messaging.numbers import LineKind
from missingcases.enums import LawfulBasis, PhoneKind, ReleaseKind
from missingcases.models import Incident, Phone
from missingcases.selectors import SafetyFacts
from missingcases.services import create_release
from textsafe import deadlines, questions
from textsafe.enums import AgeGroup, Language, Origin
from textsafe.models import Request
from textsafe.selectors import safe_facts

ADULT_FROM = 18
_KINDS = {
    LineKind.MOBILE: PhoneKind.MOBILE,
    LineKind.LANDLINE: PhoneKind.LANDLINE,
    LineKind.VOIP: PhoneKind.VOIP,
}


def create_request(
    *,
    actor: Actor,
    incident: Incident,
    origin: Origin,
    phone: Phone | None,
    e164: str,
    answers: dict[str, str],
    language: Language,
    form_token: UUID | None,
    not_before: datetime,
    now: datetime,
    safety: SafetyFacts | None = None,
) -> Request:
    """Write a request with what the charity may know of it. The caller holds the incident's lock.

    `safety` is what the caller has read of the incident under that lock.
    """
    safety = safety or safe_facts(incident.pk)
    request = Request.objects.create(
        incident=incident,
        organisation_id=incident.owner_id,
        charity=the_charity(),
        origin=origin,
        requested_by_id=actor.user_id,
        requested_at=now,
        form_token=form_token,
        phone=phone,
        number=e164,
        number_key=numbers.key_of(Channel.SMS, e164),
        number_kind=_KINDS.get(numbers.line_kind(e164), PhoneKind.NOT_KNOWN),
        is_foreign=numbers.is_foreign(e164),
        answers=json.dumps(answers, sort_keys=True),
        answers_version=questions.VERSION,
        age_group=_age_group(safety.age_years),
        language=language,
        not_before=not_before,
        closes_at=deadlines.window_ends_at(not_before, risk_level=safety.risk_level),
    )
    audit.record(
        actor=actor,
        action="textsafe.request_made",
        target=request,
        incident_id=incident.pk,
        fields=["number", "answers", "age_group", "language"],
        to_state=request.status,
    )
    _release_to_charity(actor, request)
    return request


def _age_group(age_years: int | None) -> str:
    if age_years is None:
        return ""
    return AgeGroup.CHILD if age_years < ADULT_FROM else AgeGroup.ADULT


def _release_to_charity(actor: Actor, request: Request) -> None:
    """What the charity learns, as a release of named fields: enough to send, nothing to know them by.

    The number itself stays in the request, so that it is erased in one place (domain.md section 8).
    """
    create_release(
        actor=actor,
        incident_id=request.incident_id,
        to_organisation_id=request.charity_id,
        kind=ReleaseKind.SERVICE_REQUEST,
        desk="charity_caseworker",
        fields={
            "request": request.reference,
            "number": f"Kept in TextSafe request {request.reference}",
            "age_group": request.get_age_group_display() or "Not known",
        },
        purpose="To offer the missing person confidential support by text (TextSafe).",
        lawful_basis=LawfulBasis.VITAL_INTERESTS,
        reason="A TextSafe was asked for.",
    )
