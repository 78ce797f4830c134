"""Referrals follow a merged incident, and answer the child for their own provider alone."""

from __future__ import annotations

import pytest
from django.utils import timezone

from missingcases.models import Incident
from rhi import keeping, services
from rhi.models import Referral
from tests.rhi.conftest import allocated, answered, came_home, referred

pytestmark = pytest.mark.django_db


def merge(keep: Incident, gone: Incident, actor) -> int:
    return keeping._merge_referrals(keep.pk, gone.pk, actor)


def test_a_referral_goes_to_the_incident_that_is_kept(arranged, met_officer, lambeth) -> None:
    row, kept = referred(met_officer, lambeth), came_home(met_officer)
    assert merge(kept, row.incident, met_officer.actor) == 1
    row.refresh_from_db()
    assert row.incident == kept


def test_one_child_is_not_interviewed_twice_for_one_return(arranged, met_officer, lambeth) -> None:
    kept, gone = referred(met_officer, lambeth), referred(met_officer, lambeth)
    assert merge(kept.incident, gone.incident, met_officer.actor) == 1
    gone.refresh_from_db()
    assert (gone.status, gone.ended_by, gone.incident) == ("withdrawn", "merged", kept.incident)


def test_an_interview_that_was_held_is_still_reported_where_it_stands(
    arranged, met_officer, lambeth, duty_manager, rhi_interviewer
) -> None:
    kept = referred(met_officer, lambeth)
    held = allocated(referred(met_officer, lambeth, hours=5), duty_manager, rhi_interviewer)
    answered(held, rhi_interviewer, "accepted")
    services.record_held(actor=rhi_interviewer.actor, referral_id=held.pk, completed_at=timezone.now())
    before = held.incident_id
    assert merge(kept.incident, held.incident, met_officer.actor) == 0
    held.refresh_from_db()
    assert (held.status, held.incident_id) == ("completed", before)


def test_the_next_disappearance_is_the_incident_that_is_kept(arranged, met_officer, lambeth) -> None:
    row, gone, kept = referred(met_officer, lambeth), came_home(met_officer), came_home(met_officer)
    Referral.objects.filter(pk=row.pk).update(next_incident=gone)
    assert keeping._merge_next(kept.pk, gone.pk, met_officer.actor) == 1
    row.refresh_from_db()
    assert row.next_incident == kept


def test_the_provider_answers_the_child_and_the_force_does_not(
    arranged, met_officer, lambeth, duty_manager
) -> None:
    row = referred(met_officer, lambeth)
    Referral.objects.filter(pk=row.pk).update(carer="Zanzibar")
    of_referrals = next(one for one in keeping.SUBJECT_ACCESS if one.model == "rhi.Referral")
    told = of_referrals.select([row.incident_id], duty_manager.actor)
    assert ("Reference", row.reference) in told[0].fields
    assert "Zanzibar" not in str(told)
    assert of_referrals.select([row.incident_id], met_officer.actor) == []
