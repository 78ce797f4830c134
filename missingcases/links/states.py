"""The ways of a link: each side does only what is its own."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.enums import SUPERVISORS, Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition
from missingcases.links.enums import LinkStatus as S
from missingcases.links.models import RecordLink

LINKERS = SUPERVISORS | {Role.POLICE_COORDINATOR}
_OTHER = Refusal("other_organisation", "This is for the other force to do.")


def asked_side(link: RecordLink, actor: Actor) -> Refusal | None:
    """The force that was asked answers."""
    return None if actor.organisation_id == link.asked_id else _OTHER


def asking_side(link: RecordLink, actor: Actor) -> Refusal | None:
    """The force that asked takes its question back; our machinery does so for it."""
    return None if actor.is_system or actor.organisation_id == link.asking_id else _OTHER


def either_side(link: RecordLink, actor: Actor) -> Refusal | None:
    """Either force, or our machinery."""
    return None if actor.is_system or actor.organisation_id in {link.asking_id, link.asked_id} else _OTHER


_MACHINERY_TOO = LINKERS | {Role.SYSTEM}
LINK = StateTable(
    name="links.RecordLink",
    states=tuple(S.values),
    initial=(S.ASKED,),
    transitions=(
        Transition(S.ASKED, S.ACCEPTED, LINKERS, "link.accepted", asked_side),
        Transition(S.ASKED, S.JOINED, LINKERS, "link.joined", either_side),
        Transition(S.ASKED, S.DECLINED, LINKERS, "link.declined", asked_side, reason_required=True),
        Transition(S.ASKED, S.WITHDRAWN, _MACHINERY_TOO, "link.withdrawn", asking_side),
        Transition(S.ACCEPTED, S.ENDED, _MACHINERY_TOO, "link.ended", either_side, reason_required=True),
    ),
)
