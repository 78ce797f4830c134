"""Settling where the readers differed: they talk, and one of them records what they decided and why."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.states import move_held
from reports.cohorts import policies, selectors
from reports.cohorts.enums import ReviewStatus, Value
from reports.cohorts.models import Decision, Review
from reports.cohorts.services.common import locked, need, whose
from reports.cohorts.services.results import keep_counts
from reports.cohorts.states import REVIEW


@transaction.atomic
def decide(
    *,
    actor: Actor,
    review_id: int,
    number: int,
    theme_id: int,
    value: str,
    reason: str,
    talked: bool,
    decided_at: str = "",
) -> Decision:
    """What both settled on. `decided_at` is the time of the decision that the page showed, empty for none.

    Raises `Refused`, `NotVisible` where they did not differ, `Invalid`, and `Conflict` where the colleague
    recorded one meanwhile.
    """
    review = locked(actor, review_id)
    require(policies.may_decide(actor, review))
    case = selectors.case_numbered(actor, review, number)
    one, other = selectors.pairs_of(actor, review).get((case.pk, theme_id), ("", ""))
    if one == other:
        raise NotVisible(f"difference {number} {theme_id}")
    problems = {} if value in Value.values else {"value": "Choose what you settled on."}
    if not talked:
        problems["talked"] = "Talk about it with the other reader first."
    if problems:
        raise Invalid(problems)
    words = need(reason, "reason", "Say what decided it. This is kept with the review.")
    standing = Decision.objects.filter(case=case, theme_id=theme_id).first()
    if (standing.decided_at.isoformat() if standing else "") != decided_at:
        theirs = {"value": standing.value, "reason": standing.reason} if standing else {}
        raise Conflict(version=0, theirs=theirs, yours={"value": value, "reason": words})
    decision, _ = Decision.objects.update_or_create(
        case=case,
        theme_id=theme_id,
        defaults={
            "value": value,
            "reason": words,
            "decided_by_id": whose(actor)[0],
            "decided_at": timezone.now(),
        },
    )
    audit.record(
        actor=actor,
        action="cohort.decided",
        target=decision,
        incident_id=case.incident_id,
        fields=["value", "reason"],
    )
    return decision


@transaction.atomic
def settle(*, actor: Actor, review_id: int) -> Review:
    """Close the review: every difference is decided, and what was counted stays as it is.

    Raises `Refused`, `NotVisible`, and `Invalid` where a difference waits.
    """
    review = locked(actor, review_id)
    require(REVIEW.may(review, ReviewStatus.SETTLED, actor))
    found = selectors.differences(review, selectors.pairs_of(actor, review))
    waiting = sum(row.decision is None for row in found)
    if waiting:
        raise Invalid({"settle": f"{waiting} of {len(found)} differences wait for a decision."})
    changes = {"settled_at": timezone.now()}
    move_held(review, REVIEW, ReviewStatus.SETTLED, actor=actor, changes=changes)
    return keep_counts(review, actor)
