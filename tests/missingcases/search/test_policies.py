"""Whose a kept view and a file are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foundation.access import Refusal
from missingcases.search import policies
from missingcases.search.models import Export, ExportStatus, SavedView
from tests.cast import Member

pytestmark = pytest.mark.django_db


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


def test_people_who_see_lists_take_them_along(met_officer: Member, caseworker: Member) -> None:
    assert policies.may_export(met_officer.actor) is None
    assert code(policies.may_export(replace(met_officer.actor, user_id=None))) == "person"
    assert code(policies.may_export(caseworker.actor)) == "role"


def test_a_file_is_for_whoever_asked_while_it_is_there(
    met_officer: Member, second_met_officer: Member, caseworker: Member
) -> None:
    mine = Export(owner=met_officer.user, organisation=met_officer.organisation, status=ExportStatus.DONE)
    assert policies.may_fetch(met_officer.actor, mine) is None
    assert code(policies.may_fetch(second_met_officer.actor, mine)) == "not_yours"
    assert code(policies.may_fetch(caseworker.actor, mine)) == "role"
    mine.status = next(one for one in ExportStatus if one != ExportStatus.DONE)
    assert code(policies.may_fetch(met_officer.actor, mine)) == "not_ready"


def test_a_view_is_changed_by_whoever_saved_it(met_officer: Member, second_met_officer: Member) -> None:
    mine = SavedView(owner=met_officer.user, organisation=met_officer.organisation)
    assert policies.may_change_view(met_officer.actor, mine) is None
    assert code(policies.may_change_view(second_met_officer.actor, mine)) == "not_yours"
    elsewhere = replace(met_officer.actor, organisation_id=met_officer.organisation.pk + 1)
    assert code(policies.may_change_view(elsewhere, mine)) == "not_yours"
