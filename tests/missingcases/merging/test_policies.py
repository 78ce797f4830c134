"""Who says that two records are one person's, refusal by refusal."""

from __future__ import annotations

import pytest
from django.utils import timezone

from foundation.access import Refusal
from missingcases.merging import policies
from missingcases.merging.models import PersonMerge
from missingcases.models import MissingPerson
from tests.cast import Member
from tests.missingcases import making

pytestmark = pytest.mark.django_db


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


@pytest.fixture
def people(met_officer: Member) -> tuple[MissingPerson, MissingPerson]:
    first, second = (making.report(met_officer.actor).person for _ in range(2))
    return first, second


@pytest.fixture
def merge(people, met_supervisor: Member) -> PersonMerge:
    kept, gone = people
    return PersonMerge(kept=kept, gone=gone, organisation=met_supervisor.organisation)


def test_supervisors_and_coordinators_merge(
    people, met_supervisor: Member, met_coordinator: Member, met_officer: Member, caseworker: Member
) -> None:
    assert policies.may_merge(met_supervisor.actor, *people) is None
    assert policies.may_merge(met_coordinator.actor, *people) is None
    assert code(policies.may_merge(met_officer.actor, *people)) == "role"
    assert code(policies.may_merge(caseworker.actor, *people)) == "role"


def test_only_two_records_that_still_stand_are_merged(people, met_supervisor: Member) -> None:
    kept, gone = people
    assert code(policies.may_merge(met_supervisor.actor, kept, kept)) == "one_record"
    gone.merged_into = kept
    assert code(policies.may_merge(met_supervisor.actor, kept, gone)) == "merged"
    assert code(policies.may_merge(met_supervisor.actor, gone, kept)) == "merged"


def test_a_merge_is_undone_by_who_may_merge_the_latest_first(
    people, merge: PersonMerge, met_supervisor: Member, met_officer: Member
) -> None:
    assert policies.may_undo(met_supervisor.actor, merge) is None
    assert code(policies.may_undo(met_officer.actor, merge)) == "role"
    merge.kept.merged_into = people[1]
    assert code(policies.may_undo(met_supervisor.actor, merge)) == "merged_again"
    merge.undone_at = timezone.now()
    assert code(policies.may_undo(met_supervisor.actor, merge)) == "undone"


def test_a_record_that_went_to_another_force_is_not_divided(
    merge: PersonMerge, met_supervisor: Member, kent_supervisor: Member
) -> None:
    merge.organisation = kent_supervisor.organisation
    assert code(policies.may_undo(met_supervisor.actor, merge)) == "handed_over"


def test_officers_tell_records_apart(met_officer: Member, caseworker: Member) -> None:
    assert policies.may_tell_apart(met_officer.actor) is None
    assert policies.may_tell_apart(caseworker.actor) is not None
