"""The ways of an opening. Whoever opened reads and ends; the data-protection role ends and reviews."""

from __future__ import annotations

from django.utils import timezone

from foundation.access import Refusal
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition
from missingcases.breakglass.enums import OpeningStatus as S
from missingcases.breakglass.models import Opening

OPENERS = frozenset({Role.CHARITY_MANAGER})
REVIEWERS = frozenset({Role.AUDITOR})
SETTERS = frozenset({Role.ADMINISTRATOR})
_OTHER = Refusal("other_organisation", "This is for the organisation whose records were opened.")


def may_be_ended(opening: Opening, actor: Actor) -> Refusal | None:
    """Their own opening by a duty manager; any of their organisation by a reviewer."""
    if actor.organisation_id != opening.organisation_id:
        return _OTHER
    if actor.user_id != opening.opened_by_id and not actor.holds(REVIEWERS):
        return Refusal("not_yours", "Whoever opened the records ends it, or the data protection officer.")
    return None


def may_be_reviewed(opening: Opening, actor: Actor) -> Refusal | None:
    """By somebody else, once it is over."""
    if actor.organisation_id != opening.organisation_id:
        return _OTHER
    if actor.user_id == opening.opened_by_id:
        return Refusal("own_opening", "You opened these records. Somebody else reviews that.")
    if opening.is_live(timezone.now()):
        return Refusal(
            "still_open", "The records are still open. End it first, or wait until its time is over."
        )
    return None


OPENING = StateTable(
    name="breakglass.Opening",
    states=tuple(S.values),
    initial=(S.OPEN,),
    transitions=(
        Transition(S.OPEN, S.ENDED, OPENERS | REVIEWERS, "breakglass.ended", may_be_ended),
        Transition(S.OPEN, S.REVIEWED, REVIEWERS, "breakglass.reviewed", may_be_reviewed),
        Transition(S.ENDED, S.REVIEWED, REVIEWERS, "breakglass.reviewed", may_be_reviewed),
    ),
)
