"""The ways of a review, and of one reader's work on one case."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.enums import INSPECTORS, Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition
from reports.cohorts.enums import ReadingStatus as R
from reports.cohorts.enums import ReviewStatus as S
from reports.cohorts.models import Reading, Review

# They choose a cohort and begin; whoever codes is one of the wider circle.
LEADS = frozenset({Role.POLICE_COORDINATOR, Role.CHARITY_MANAGER})
REVIEWERS = LEADS | INSPECTORS | {Role.CHARITY_CASEWORKER}
MACHINE = frozenset({Role.SYSTEM})


def leads_it(review: Review, actor: Actor) -> Refusal | None:
    """Whoever set the review up, acting for the organisation whose review it is."""
    if actor.organisation_id == review.organisation_id and actor.user_id == review.lead_id:
        return None
    return Refusal("not_yours", "Whoever set this review up does this.")


def reads_it(review: Review, actor: Actor) -> Refusal | None:
    """One of its two readers."""
    if actor.organisation_id == review.organisation_id and actor.user_id in review.reader_ids:
        return None
    return Refusal("not_reader", "Only its two readers do this.")


def _both_finished(review: Review, actor: Actor) -> Refusal | None:
    if review.first_finished_at is None or review.second_finished_at is None:
        return Refusal("not_finished", "Both readers finish first.")
    return reads_it(review, actor)


def is_own(reading: Reading, actor: Actor) -> Refusal | None:
    """The reader themselves; our own machinery opens again what a new code book leaves unfinished."""
    if actor.is_system or actor.user_id == reading.reader_id:
        return None
    return Refusal("not_yours", "Only whoever read it does this.")


REVIEW = StateTable(
    name="cohorts.Review",
    states=tuple(S.values),
    initial=(S.CHOOSING,),
    transitions=(
        Transition(S.CHOOSING, S.READING, LEADS, "cohort.begun", leads_it),
        Transition(S.READING, S.COMPARING, REVIEWERS, "cohort.compared", _both_finished),
        # A reader left: whoever takes their place codes anew, and the two are compared again.
        Transition(S.COMPARING, S.READING, LEADS, "cohort.reading_again", leads_it, reason_required=True),
        Transition(S.COMPARING, S.SETTLED, REVIEWERS, "cohort.settled", reads_it),
        *(
            Transition(source, S.GIVEN_UP, LEADS, "cohort.given_up", leads_it, reason_required=True)
            for source in (S.CHOOSING, S.READING, S.COMPARING)
        ),
    ),
)
READING = StateTable(
    name="cohorts.Reading",
    states=tuple(R.values),
    initial=(R.OPEN,),
    transitions=(
        Transition(R.OPEN, R.DONE, REVIEWERS, "cohort.case_coded", is_own),
        Transition(R.DONE, R.OPEN, REVIEWERS | MACHINE, "cohort.case_opened_again", is_own),
    ),
    lock_root="case.review",
)
