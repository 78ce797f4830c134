"""Setting a review up, freezing its list, and giving it up."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from foundation.states import move_held
from missingcases.models import Incident
from reports.cohorts import policies, selectors
from reports.cohorts.choosing import MOST_CASES, Chosen
from reports.cohorts.enums import ReviewStatus
from reports.cohorts.models import Case, ListVersion, Review
from reports.cohorts.services.common import check_version, locked, need, whose
from reports.cohorts.states import REVIEW


@dataclass(frozen=True, slots=True)
class Plan:
    """What a review is to be. `list_ids` and `book_id` are versions; `sample` is how many are drawn."""

    name: str
    question: str
    chosen: Chosen
    list_ids: Sequence[int]
    book_id: int
    first_reader_id: int
    second_reader_id: int
    sample: int | None = None


@transaction.atomic
def set_up(*, actor: Actor, plan: Plan) -> Review:
    """A new review, its list not frozen yet. Raises `Refused`, `Invalid`."""
    require(policies.may_lead(actor))
    columns, versions = _checked(actor, plan)
    review = Review.objects.create(
        organisation_id=whose(actor)[1],
        lead_id=whose(actor)[0],
        lot=secrets.token_hex(8),
        **columns,
    )
    review.lists.set(versions)
    audit.record(actor=actor, action="cohort.set_up", target=review)
    return review


@transaction.atomic
def change_plan(*, actor: Actor, review_id: int, version: int, plan: Plan) -> Review:
    """Another plan, before the list is frozen. Raises `Refused`, `Invalid`, `Conflict`, `NotVisible`."""
    review = locked(actor, review_id)
    require(policies.may_edit(actor, review))
    columns, versions = _checked(actor, plan)
    check_version(review, version)
    for name, value in columns.items():
        setattr(review, name, value)
    review.version += 1
    review.save()
    review.lists.set(versions)
    audit.record(actor=actor, action="cohort.plan_changed", target=review, fields=sorted(columns))
    return review


def _checked(actor: Actor, plan: Plan) -> tuple[dict[str, Any], list[ListVersion]]:
    versions = list(selectors.newest_lists(actor).filter(pk__in=plan.list_ids))
    book = selectors.newest_books(actor).filter(pk=plan.book_id).first()
    may_read = selectors.may_read(actor.organisation_id or 0)
    readers = {plan.first_reader_id, plan.second_reader_id}
    problems: dict[str, str] = {}
    if plan.chosen.until < plan.chosen.since:
        problems["until"] = "The last day comes before the first."
    elif plan.chosen.until > timezone.localdate():
        problems["until"] = "The last day has not come yet."
    if not versions or len(versions) != len(set(plan.list_ids)):
        problems["lists"] = "Choose the concept lists, each in its newest version."
    if book is None:
        problems["book"] = "Choose a code book in its newest version."
    if may_read.filter(pk__in=readers).count() != len(readers):
        problems["second_reader"] = "Choose two people of your organisation who may read for reviews."
    if len(readers) < 2:
        problems["second_reader"] = "The second reader is somebody else than the first."
    if plan.sample is not None and not 1 <= plan.sample <= MOST_CASES:
        problems["sample"] = f"Draw between 1 and {MOST_CASES:,} cases."
    if problems:
        raise Invalid(problems)
    columns = {
        "name": need(plan.name, "name", "Give the review a name.", most=80),
        "question": need(plan.question, "question", "Say what the review is to answer."),
        "chosen": plan.chosen.as_stored(),
        "sample": plan.sample,
        "book": book,
        "first_reader_id": plan.first_reader_id,
        "second_reader_id": plan.second_reader_id,
    }
    return columns, versions


@transaction.atomic
def begin(*, actor: Actor, review_id: int, version: int) -> Review:
    """Freeze the list: the incidents as they are found now, in an order drawn by lot, and how many there are.

    Raises `Refused`, `Conflict`, `NotVisible`, and `Invalid` where none or more than `MOST_CASES` are found.
    """
    review = locked(actor, review_id)
    check_version(review, version)
    require(policies.may_edit(actor, review))
    versions = list(review.lists.select_related("concept_list"))
    rows = selectors.matching(actor, Chosen.from_stored(review.chosen), versions)
    found, _ = selectors.size_of(rows)
    wanted = min(found, review.sample or found)
    if wanted == 0:
        raise Invalid({"found": "No incident is found by this. Choose more widely."})
    if wanted > MOST_CASES:
        raise Invalid(
            {"found": f"{wanted:,} incidents are more than {MOST_CASES:,}. Narrow it, or draw a sample."}
        )
    ids = list(selectors.by_lot(rows, review.lot).values_list("pk", flat=True)[:wanted])
    Case.objects.bulk_create(
        Case(review=review, number=number, incident_id=incident_id)
        for number, incident_id in enumerate(ids, 1)
    )
    of_them = Incident.objects.filter(pk__in=ids)
    people = selectors.size_of(of_them)[1] if review.counts_people else None
    audit.record(actor=actor, action="cohort.list_frozen", target=review, fields=["cases"])
    changes = {"found": found, "taken": len(ids), "people": people, "frozen_at": timezone.now()}
    return move_held(review, REVIEW, ReviewStatus.READING, actor=actor, changes=changes)


@transaction.atomic
def take_lead(*, actor: Actor, review_id: int) -> Review:
    """Lead a review whose lead has gone. Raises `Refused`, `NotVisible`."""
    review = locked(actor, review_id)
    require(policies.may_take_lead(actor, review))
    review.lead_id = whose(actor)[0]
    review.version += 1
    review.save(update_fields=["lead", "version"])
    audit.record(actor=actor, action="cohort.lead_taken", target=review, fields=["lead"])
    return review


@transaction.atomic
def give_up(*, actor: Actor, review_id: int, reason: str) -> Review:
    """End a review that will not be settled. Raises `Refused`, `NotVisible`."""
    review = locked(actor, review_id)
    return move_held(review, REVIEW, ReviewStatus.GIVEN_UP, actor=actor, reason=reason)
