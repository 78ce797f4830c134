"""What every verb needs: the review, locked, and who acts."""

from __future__ import annotations

from foundation.actors import Actor
from foundation.exceptions import Conflict, Invalid, NotVisible
from reports.cohorts import policies
from reports.cohorts.models import Review


def whose(actor: Actor) -> tuple[int, int]:
    """The person and the organisation they act for; the policies let nobody else come here."""
    return actor.user_id or 0, actor.organisation_id or 0


def locked(actor: Actor, review_id: int) -> Review:
    """The review, locked, if the actor may know of it. Raises `NotVisible`."""
    review = Review.objects.select_for_update(no_key=True).filter(pk=review_id).first()
    if review is None or policies.may_open(actor, review) is not None:
        raise NotVisible(f"review {review_id}")
    return review


def check_version(review: Review, version: int) -> None:
    """Raise `Conflict` where a colleague saved since."""
    if review.version != version:
        raise Conflict(version=review.version, theirs={}, yours={})


def need(words: str, field: str, message: str, *, most: int = 1000) -> str:
    """The words, or `Invalid` where there are none or too many."""
    said = words.strip()
    if not said:
        raise Invalid({field: message})
    if len(said) > most:
        raise Invalid({field: f"Use at most {most} characters."})
    return said
