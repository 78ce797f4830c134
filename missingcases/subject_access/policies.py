"""Who answers somebody who asks for what is held about them."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.actors import Actor
from missingcases.subject_access.enums import RequestStatus
from missingcases.subject_access.models import AccessRequest
from missingcases.subject_access.states import CONFIRMERS, REVIEWERS


def may_answer(actor: Actor) -> Refusal | None:
    """The data-protection role."""
    return holds_any(actor, REVIEWERS, "An auditor or data protection officer answers these requests.")


def may_look(actor: Actor) -> Refusal | None:
    """Whoever answers, or looks a second time."""
    return holds_any(actor, CONFIRMERS, "An auditor, or a manager who looks a second time, reads these.")


def may_decide(actor: Actor, request: AccessRequest) -> Refusal | None:
    """While it is in review."""
    if request.status != RequestStatus.REVIEW:
        return Refusal("not_in_review", "This is decided while the request is in review.")
    return may_answer(actor)


def may_extend(actor: Actor, request: AccessRequest) -> Refusal | None:
    """Once."""
    if request.extension_reason:
        return Refusal("extended", "It has been extended already.")
    return may_answer(actor)
