"""Putting down in the trail what was read: lists, cases with their notes, differences and files."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.actors import Actor
from foundation.audit import services as audit
from missingcases.models import Note
from reports.cohorts.models import Case, Review
from reports.cohorts.selectors.searching import NoteHits


def record_case(*, actor: Actor, case: Case, hits: Iterable[NoteHits]) -> None:
    """The actor read a case: which notes were shown, and of which incident."""
    audit.record(actor=actor, action="cohort.case_read", target=case, incident_id=case.incident_id)
    ids = [one.note.pk for one in hits]
    if ids:
        audit.record(
            actor=actor,
            action="cohort.notes_read",
            target=Note,
            target_ids=ids,
            incident_id=case.incident_id,
        )


def record_cases(*, actor: Actor, cases: Iterable[Case]) -> None:
    """The actor read a list of cases."""
    audit.record(
        actor=actor, action="cohort.cases_listed", target=Case, target_ids=[case.pk for case in cases]
    )


def record_search(*, actor: Actor, review: Review) -> None:
    """The actor had notes of a review's cases looked through."""
    audit.record(actor=actor, action="cohort.searched", target=review)


def record_export(*, actor: Actor, review: Review, case_ids: Iterable[int], with_reasons: bool) -> None:
    """The actor took a file away."""
    fields = ["value", "reason"] if with_reasons else ["value"]
    audit.record(actor=actor, action="cohort.exported", target=review, fields=fields)
    audit.record(actor=actor, action="cohort.cases_exported", target=Case, target_ids=case_ids, fields=fields)
