"""From an approved request to a message: the slot, the hand-over, and what lapses."""

from __future__ import annotations

from datetime import datetime

from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging.enums import Channel, Lane
from foundation.states import move, move_held
from missingcases.selectors import SafetyFacts
from textsafe import deadlines, screening
from textsafe.enums import Origin, Reason, RequestStatus
from textsafe.labels import REQUEST_LABEL
from textsafe.models import Request
from textsafe.selectors import active_wording, facts_for, safe_facts
from textsafe.selectors.facts import SERVICE
from textsafe.states import REQUEST

GUARD = "textsafe.request"
SENDER = Actor.system("textsafe.send")


def hand_over(request: Request, *, actor: Actor, now: datetime, looked_at: SafetyFacts | None = None) -> bool:
    """Queue the text of an approved request if its slot is now; else leave it for `release_due`.

    In the caller's transaction. What stands against it since it was approved sends it back to a
    screener, and so does a wording that was taken out of use without another in its place. Where it was
    approved in this very transaction, on what was `looked_at`, nothing is asked twice; the guard reads it
    all again before it goes. Returns whether it was queued.
    """
    safety = looked_at or safe_facts(request.incident_id)
    against = () if looked_at else _against(request, safety, now=now)
    wording = request.wording if looked_at else active_wording(request.age_group, request.language)
    if against or wording is None:
        changes = {"reasons": [reason.value for reason in against], "needs_person": True, "wording": None}
        move(request, REQUEST, RequestStatus.REQUESTED, actor=SENDER, changes=changes)
        return False
    risk = safety.risk_level
    slot = deadlines.sending_slot(now, risk_level=risk)
    if slot.not_before > now or request.closes_at <= now or messaging.switches.is_stopped(SERVICE):
        return False
    message = messaging.queue_message(
        actor=actor,
        channel=Channel.SMS,
        lane=_lane(request, risk),
        to=request.number,
        body=wording.text,
        service=SERVICE,
        owner=(REQUEST_LABEL, request.pk),
        guard=GUARD,
        organisation_id=request.organisation_id,
        valid_until=min(slot.valid_until, request.closes_at),
        dedupe_key=f"textsafe.request.{request.pk}.{request.rounds + 1}",
    )
    changes = {"message_id": message.pk, "rounds": request.rounds + 1, "wording": wording}
    # Approved in this transaction, it is locked, and so is its incident.
    step = move_held if looked_at else move
    step(request, REQUEST, RequestStatus.QUEUED, actor=actor, changes=changes)
    return True


def _against(request: Request, safety: SafetyFacts, *, now: datetime) -> tuple[Reason, ...]:
    facts = facts_for(request, now=now, safety=safety)
    return screening.new_reasons(screening.reasons_against(facts, now), request.accepted_reasons)


def _lane(request: Request, risk: str) -> Lane:
    if request.origin == Origin.AUTOMATION:
        return Lane.NORMAL
    return Lane.URGENT if deadlines.knows_no_quiet(risk) else Lane.NORMAL
