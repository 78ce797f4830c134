"""The demonstration's interviews: one being written, one completed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from foundation.actors import Actor
from rhi.interviews import services
from rhi.interviews.enums import OutcomeKind
from rhi.interviews.models import Interview
from rhi.interviews.services import Typed

_SAID = (
    Typed("push.day", 0, words="I had a row about my phone. Then I just went."),
    Typed("push.home", 0, words="The new group is loud at night."),
    Typed("push.themes", 0, codes=("push-unhappy-in-placement", "push-rules-and-boundaries")),
    Typed("pull.to", 0, words="My old friends, by the park."),
    Typed("pull.themes", 0, codes=("pull-friends",)),
    Typed("during.where", 0, words="The park, then at a friend’s."),
    Typed("during.themes", 0, codes=("during-stayed-with-friends-or-family",)),
    Typed("harm.hurt", 0, choice="no"),
    Typed("harm.well", 0, choice="rather_not"),
    Typed("stop.again", 0, choice="yes", words="If nobody listens."),
    Typed("plan.signs", 0, words="I stop answering people."),
    Typed("plan.first", 0, words="Music, or the garden."),
    Typed("plan.people", 0, words="Jo in the day. My aunt in the evening."),
    Typed("words.child", 0, words="I want to be asked before things change."),
    Typed("sharing.authority", 0, choice="all"),
    Typed("sharing.police", 0, choice="nothing"),
    Typed("sharing.carer", 0, choice="summary"),
)
_DONE = (
    (OutcomeKind.CARE_PLAN_REVIEW, "Asks to be moved back near their school."),
    (OutcomeKind.EARLY_HELP, "Somebody to talk to in the evenings."),
)


def write(actor: Actor, referral_id: int) -> Interview:
    """The talk, as far as it was written."""
    interview = services.start(actor=actor, referral_id=referral_id, limits_explained=True)
    for typed in _SAID:
        services.save_answer(actor=actor, reference=interview.reference, typed=typed)
    return interview


def write_and_complete(actor: Actor, referral_id: int) -> None:
    """The whole of it, with what is to come of it."""
    interview = write(actor, referral_id)
    for kind, words in _DONE:
        services.confirm_outcome(
            actor=actor, reference=interview.reference, kind=kind, ground="agreed", words=words
        )
    services.complete(
        actor=actor, reference=interview.reference, held_at=timezone.now() - timedelta(minutes=10)
    )
