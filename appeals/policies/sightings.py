"""Who may do what with a sighting, and with what somebody writes about themself (domain.md section 3)."""

from __future__ import annotations

from appeals.enums import SightingStatus, SubmissionKind, Triage
from appeals.models import Sighting
from appeals.states import SIGHTING, TRIAGERS
from foundation.access import Refusal
from foundation.actors import Actor

_CONFIDENTIAL = Refusal(
    "confidential",
    "Whoever wrote this may be the missing person. It is answered here; police hear of it only by a release.",
)
_MALICIOUS = Refusal("malicious", "It was judged malicious. Look at it again first.")
_NOT_FORCE = Refusal("organisation", "Only the force that owns the incident can do this.")
_NOT_CHARITY = Refusal("organisation", "The charity judges what the public reports.")


def _charity(actor: Actor, sighting: Sighting) -> Refusal | None:
    return None if actor.organisation_id == sighting.appeal.charity_id else _NOT_CHARITY


def _force(actor: Actor, sighting: Sighting) -> Refusal | None:
    return None if actor.organisation_id == sighting.incident.owner_id else _NOT_FORCE


def may_triage(actor: Actor, sighting: Sighting) -> Refusal | None:
    """Say how urgent it is, or that it is malicious."""
    return _charity(actor, sighting) or SIGHTING.may(sighting, SightingStatus.TRIAGED, actor)


def may_look_again(actor: Actor, sighting: Sighting) -> Refusal | None:
    """Take a judgement back, as long as police do not have it."""
    return _charity(actor, sighting) or SIGHTING.may(sighting, SightingStatus.RECEIVED, actor)


def may_pass_sighting(actor: Actor, sighting: Sighting) -> Refusal | None:
    """Pass it to the force: a sighting alone, and none that is malicious."""
    if sighting.kind != SubmissionKind.SIGHTING:
        return _CONFIDENTIAL
    if sighting.triage == Triage.MALICIOUS:
        return _MALICIOUS
    return _charity(actor, sighting) or SIGHTING.may(sighting, SightingStatus.PASSED_TO_POLICE, actor)


def may_acknowledge_sighting(actor: Actor, sighting: Sighting) -> Refusal | None:
    """Say that the force has it."""
    return _force(actor, sighting) or SIGHTING.may(sighting, SightingStatus.ACKNOWLEDGED, actor)


def may_assess_sighting(actor: Actor, sighting: Sighting) -> Refusal | None:
    """Say that somebody has looked into it."""
    return _force(actor, sighting) or SIGHTING.may(sighting, SightingStatus.ASSESSED, actor)


def may_finish_sighting(actor: Actor, sighting: Sighting) -> Refusal | None:
    """Say what came of it: the force for a sighting, the charity for what somebody wrote of themself."""
    side = _force if sighting.kind == SubmissionKind.SIGHTING else _charity
    return side(actor, sighting) or SIGHTING.may(sighting, SightingStatus.OUTCOME, actor)


__all__ = [
    "TRIAGERS",
    "may_acknowledge_sighting",
    "may_assess_sighting",
    "may_finish_sighting",
    "may_look_again",
    "may_pass_sighting",
    "may_triage",
]
