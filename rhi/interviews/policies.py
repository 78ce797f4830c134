"""What may be done with an interview, and what of it may be passed on."""

from __future__ import annotations

from collections.abc import Mapping

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import Role
from foundation.actors import Actor
from rhi.enums import ReferralStatus
from rhi.interviews.enums import ALWAYS, InterviewStatus, OutcomeKind, Sharing
from rhi.interviews.models import Interview
from rhi.models import Referral

# The child talks: they said yes, or they said no and talked all the same.
TALKING = frozenset({ReferralStatus.ACCEPTED, ReferralStatus.DECLINED_BUT_TALKED})
# Who hears of it decides which wish of the child is asked.
_TO_POLICE = frozenset({OutcomeKind.POLICE_INTELLIGENCE, OutcomeKind.CAWN})
_NOBODY_HEARS = frozenset({OutcomeKind.NO_FURTHER_ACTION})
_NOT_YOURS = Refusal("not_assigned", "This is for the interviewer it was given to.")
_WRITTEN = Refusal("completed", "The interview is completed. A manager can open it again.")


def is_assigned(actor: Actor, referral: Referral) -> bool:
    """Whether the child was given to this interviewer."""
    return (
        actor.user_id is not None
        and actor.user_id == referral.interviewer_id
        and actor.organisation_id == referral.provider_id
        and actor.holds({Role.RHI_INTERVIEWER})
    )


def may_start(actor: Actor, referral: Referral) -> Refusal | None:
    """Once the child has said that they will talk."""
    if not is_assigned(actor, referral):
        return _NOT_YOURS
    if referral.status in TALKING:
        return None
    return Refusal("not_accepted", "Record first that the child will talk. Nobody has to.")


def may_write(actor: Actor, interview: Interview) -> Refusal | None:
    """The assigned interviewer, until it is completed."""
    if not is_assigned(actor, interview.referral):
        return _NOT_YOURS
    return None if interview.status == InterviewStatus.DRAFT else _WRITTEN


def may_keep_themes(actor: Actor) -> Refusal | None:
    """The list is one for all providers, so that figures can be added up."""
    return holds_any(actor, {Role.CHARITY_MANAGER}, "The charity's duty managers keep the list of themes.")


def wish_asked(kind: str) -> str:
    """The question whose answer says whether the child agrees; empty where nobody hears of it."""
    if kind in _NOBODY_HEARS:
        return ""
    return "sharing.police" if kind in _TO_POLICE else "sharing.authority"


def may_pass_on(kind: str, ground: str, wishes: Mapping[str, str]) -> Refusal | None:
    """Serious harm, a crime against a child, a risk to others: always. Anything else as the child agrees."""
    question = wish_asked(kind)
    if not question or ground in ALWAYS:
        return None
    if wishes.get(question) in {Sharing.ALL, Sharing.SUMMARY}:
        return None
    return Refusal(
        "not_agreed",
        "The child has not agreed to this being passed on. Ask them, or choose why it has to be.",
    )
