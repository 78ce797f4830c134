"""Who sets a review up, who reads in it, and who sees what the other coded."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.selectors import people_holding
from foundation.actors import Actor
from reports.cohorts.enums import COMPARED, ENDED, ReviewStatus
from reports.cohorts.models import Review
from reports.cohorts.states import LEADS, REVIEWERS, leads_it, reads_it

NOT_VISIBLE = Refusal("not_visible", "You cannot see this review.")


def may_review(actor: Actor) -> Refusal | None:
    """Open the pages of cohort review at all: a person with a role for it."""
    if actor.user_id is None or actor.organisation_id is None:
        return Refusal("person", "A person reads for a review.")
    return holds_any(
        actor, REVIEWERS, "Coordinators, inspectors and the charity's caseworkers read for reviews."
    )


def may_lead(actor: Actor) -> Refusal | None:
    """Set up reviews, concept lists and code books."""
    return may_review(actor) or holds_any(
        actor, LEADS, "A missing person coordinator or a duty manager sets reviews up."
    )


def may_open(actor: Actor, review: Review) -> Refusal | None:
    """Know of a review: its lead and its readers, of the organisation it belongs to.

    Once its lead has gone, whoever could take it over knows of it too.
    """
    if actor.organisation_id != review.organisation_id:
        return NOT_VISIBLE
    if actor.user_id in {review.lead_id, *review.reader_ids}:
        return may_review(actor)
    return may_take_lead(actor, review) and NOT_VISIBLE


def may_take_lead(actor: Actor, review: Review) -> Refusal | None:
    """Lead a review from now on, in the place of somebody who no longer leads reviews there."""
    if (refusal := may_lead(actor)) is not None:
        return refusal
    if actor.organisation_id != review.organisation_id:
        return NOT_VISIBLE
    if review.status in ENDED:
        return Refusal("ended", "The review has ended.")
    if people_holding(review.organisation_id, LEADS).filter(pk=review.lead_id).exists():
        return Refusal("led", f"{review.lead.full_name} leads this review.")
    return None


def may_edit(actor: Actor, review: Review) -> Refusal | None:
    """Change how a cohort is chosen, before it is frozen."""
    if review.status != ReviewStatus.CHOOSING:
        return Refusal("begun", "The list is frozen: how it was chosen stays as it is.")
    return may_lead(actor) or leads_it(review, actor)


def may_code(actor: Actor, review: Review) -> Refusal | None:
    """Code cases: its readers, until they have finished."""
    if (refusal := may_review(actor) or reads_it(review, actor)) is not None:
        return refusal
    if review.status != ReviewStatus.READING:
        return Refusal("not_reading", "Nothing is coded in this review now.")
    if finished_at(actor, review) is not None:
        return Refusal("finished", "You have said that you finished: your codes stand.")
    return None


def finished_at(actor: Actor, review: Review) -> object:
    """When the actor, one of its readers, said that they had finished."""
    first = actor.user_id == review.first_reader_id
    return review.first_finished_at if first else review.second_finished_at


def may_change_book(actor: Actor, review: Review) -> Refusal | None:
    """Go on with a newer version of the code book, while the cases are read."""
    if review.status != ReviewStatus.READING:
        return Refusal("not_reading", "A code book is changed while the cases are read.")
    return may_lead(actor) or leads_it(review, actor)


def may_change_reader(actor: Actor, review: Review) -> Refusal | None:
    """Put somebody in the place of a reader who left, until the review is settled."""
    if review.status not in {ReviewStatus.READING, ReviewStatus.COMPARING}:
        return Refusal("not_read", "A reader is changed while the cases are read or compared.")
    return may_lead(actor) or leads_it(review, actor)


def may_compare(actor: Actor, review: Review) -> Refusal | None:
    """See both readers' codes: when both have finished, and never before."""
    if review.status not in COMPARED:
        return Refusal("not_compared", "What each coded is shown when both have finished.")
    return may_open(actor, review)


def may_decide(actor: Actor, review: Review) -> Refusal | None:
    """Record what the two readers settled on."""
    if review.status != ReviewStatus.COMPARING:
        return Refusal("not_comparing", "Decisions are recorded while the review is compared.")
    return may_review(actor) or reads_it(review, actor)
