"""Screening: by the rules, or by a person of the charity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.exceptions import Invalid
from foundation.states import move, move_held
from missingcases.selectors import SafetyFacts
from textsafe import policies, screening
from textsafe.enums import AgeGroup, Language, Origin, Reason, RefusalCode, RequestStatus, Summary
from textsafe.models import Request
from textsafe.selectors import active_wording, facts_for, policy_of, safe_facts
from textsafe.services import sending
from textsafe.states import REQUEST

RULES = Actor.system("textsafe.rules")


def firing(request: Request, *, now: datetime, safety: SafetyFacts | None = None) -> tuple[Reason, ...]:
    """Which rules stand against `request` now; `safety` is the incident's part where it was just read."""
    return screening.reasons_against(facts_for(request, now=now, safety=safety), now)


def screen_by_rule(request: Request, *, now: datetime, just_read: SafetyFacts | None = None) -> None:
    """Let a request go that no rule holds back, or put it before a person. In the caller's transaction.

    An officer's request goes by rule only where the force and the charity agreed on that. A request that
    this very transaction made, under the incident's lock, is not locked again, nor are the facts that it has
    `just_read` read again.
    """
    safety = just_read or safe_facts(request.incident_id)
    reasons = firing(request, now=now, safety=safety)
    wording = active_wording(request.age_group, request.language)
    by_rule = request.origin == Origin.AUTOMATION or policy_of(request.organisation_id).rules_screen_officers
    if reasons or not by_rule or wording is None:
        put_before_person(request, reasons)
        return
    changes = {"reasons": [], "needs_person": False, "screened_at": now, "wording": wording}
    step = move_held if just_read else move
    step(request, REQUEST, RequestStatus.APPROVED, actor=RULES, changes=changes)
    sending.hand_over(request, actor=RULES, now=now, looked_at=safety)


def put_before_person(request: Request, reasons: Sequence[Reason]) -> None:
    """Have a screener decide. The reasons are kept as codes; the screener reads their summary."""
    request.reasons = [reason.value for reason in reasons]
    request.needs_person = True
    request.save(update_fields=["reasons", "needs_person", "updated_at"])


@transaction.atomic
def approve_request(
    *, actor: Actor, request_id: int, age_group: str, language: str, seen: Sequence[str]
) -> Request:
    """Approve a request and hand it over for sending, or for the end of quiet hours.

    `seen` are the summaries that the screener had before them: if another stands against it by now,
    nothing is approved. Raises `Refused` and `Invalid`.
    """
    request = Request.objects.select_related("incident", "phone").get(pk=request_id)
    now = timezone.now()
    require(policies.may_screen(actor, request, now=now))
    safety = safe_facts(request.incident_id)
    reasons = firing(request, now=now, safety=safety)
    _check_reasons(reasons, seen)
    wording = active_wording(
        _one_of(AgeGroup, age_group, "age_group"), _one_of(Language, language, "language")
    )
    if wording is None:
        raise Invalid({"language": "There is no approved wording in this language. Choose another."})
    move(
        request,
        REQUEST,
        RequestStatus.APPROVED,
        actor=actor,
        changes={
            "accepted_reasons": [reason.value for reason in reasons],
            "reasons": [],
            "needs_person": False,
            "screened_by_id": actor.user_id,
            "screened_at": now,
            "age_group": age_group,
            "language": language,
            "wording": wording,
        },
    )
    sending.hand_over(request, actor=actor, now=now, looked_at=safety)
    return request


def _check_reasons(reasons: Sequence[Reason], seen: Sequence[str]) -> None:
    hard = screening.hard_reasons(reasons)
    if hard:
        said: Summary = screening.summaries(hard)[0]
        require(Refusal(f"hard_{said.value}", str(said.label)))
    if not {summary.value for summary in screening.summaries(reasons)} <= set(seen):
        require(Refusal("changed", "Something changed while you were reading. Look again, then decide."))


def _one_of(choices: type[AgeGroup] | type[Language], value: str, field: str) -> str:
    if value not in choices.values:
        raise Invalid({field: "Choose one."})
    return value


@transaction.atomic
def refuse_request(*, actor: Actor, request_id: int, code: str, reason: str) -> Request:
    """Refuse a request. Code and words stay with the charity; the officer reads Not sent in its time."""
    request = Request.objects.select_related("incident").get(pk=request_id)
    now = timezone.now()
    require(policies.may_screen(actor, request, now=now))
    if code not in RefusalCode.values:
        raise Invalid({"code": "Choose a reason."})
    words = reason.strip() or (RefusalCode(code).label if code != RefusalCode.OTHER else "")
    move(
        request,
        REQUEST,
        RequestStatus.REFUSED,
        actor=actor,
        reason=words,
        changes={
            "refusal_code": code,
            "needs_person": False,
            "screened_by_id": actor.user_id,
            "screened_at": now,
        },
    )
    return request
