"""The ways of an invitation."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.enums import HELPLINE, Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition
from missingcases.voice.enums import LIVE
from missingcases.voice.enums import InvitationStatus as S
from missingcases.voice.models import Invitation

ASKERS = HELPLINE | {Role.FAMILY_SUPPORT, Role.RHI_INTERVIEWER}
MANAGERS = frozenset({Role.CHARITY_MANAGER})
MACHINE = frozenset({Role.SYSTEM})


def is_theirs(invitation: Invitation, actor: Actor) -> Refusal | None:
    """Whoever heard the yes, or a duty manager of the same charity; and our own machinery."""
    if actor.is_system:
        return None
    if actor.organisation_id != invitation.charity_id:
        return Refusal("other_organisation", "Another charity asked.")
    if actor.user_id != invitation.asked_by_id and not actor.holds(MANAGERS):
        return Refusal("not_yours", "Whoever heard their yes does this, or a duty manager.")
    return None


def _from_live(to: S, who: frozenset[Role], action: str) -> tuple[Transition, ...]:
    return tuple(Transition(source, to, who, action, is_theirs) for source in S.values if source in LIVE)


INVITATION = StateTable(
    name="voice.Invitation",
    states=tuple(S.values),
    initial=(S.ASKED,),
    transitions=(
        Transition(S.ASKED, S.SENT, ASKERS, "voice.sent", is_theirs),
        Transition(S.ASKED, S.SHOWN, ASKERS, "voice.shown", is_theirs),
        # The text did not arrive, or they have lost it: what was sent opens nothing then.
        Transition(S.SENT, S.SHOWN, ASKERS, "voice.shown", is_theirs),
        *_from_live(S.ANSWERED, ASKERS | MACHINE, "voice.answered"),
        *_from_live(S.EXPIRED, MACHINE, "voice.expired"),
        *_from_live(S.WITHDRAWN, ASKERS | MACHINE, "voice.withdrawn"),
    ),
    lock_root="incident",
)
