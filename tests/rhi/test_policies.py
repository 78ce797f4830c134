"""Who may do what: each refusal of each policy, with its code."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from foundation.access import Refusal
from missingcases.services import create_release
from rhi import policies
from rhi.models import AuthorityPolicy, Concern, Referral
from tests.missingcases import making
from tests.rhi.conftest import allocated, came_home, referred

pytestmark = pytest.mark.django_db


def code(found: Refusal | None) -> str | None:
    return found.code if found else None


@pytest.fixture
def referral(arranged, met_officer, lambeth) -> Referral:
    return referred(met_officer, lambeth)


def test_who_may_refer(
    met_officer, met_coordinator, kent_officer, lambeth, authority_worker, caseworker, charity, api_client,
    publicity_officer, system,
) -> None:  # fmt: skip
    home = came_home(met_officer, host_authority_id=lambeth.pk)

    def told(actor: Any, **given: Any) -> str | None:
        return code(policies.may_refer(actor, home, **{"age": 14, "running": False} | given))

    assert told(met_coordinator.actor) is None
    assert told(api_client) is None
    assert told(authority_worker.actor) is None
    assert told(system) is None
    assert told(met_officer.actor) == "role"
    assert told(kent_officer.actor) == "role"
    assert told(publicity_officer.actor) == "role"
    assert told(caseworker.actor) == "not_visible"
    create_release(
        actor=met_officer.actor,
        incident_id=home.pk,
        to_organisation_id=charity.pk,
        kind="service_request",
        fields={"number": "07700 900123"},
        purpose="TextSafe",
        lawful_basis="vital_interests",
        reason="Asked for.",
    )
    assert told(caseworker.actor) is None
    assert told(met_coordinator.actor, age=18) == "adult"
    assert told(met_coordinator.actor, age=None) is None
    assert told(met_coordinator.actor, running=True) == "running"


def test_an_authority_that_does_not_see_the_incident_refers_nobody(
    met_officer, met_coordinator, authority_worker
) -> None:
    home = came_home(met_officer)
    assert code(policies.may_refer(authority_worker.actor, home, age=9, running=False)) == "not_visible"
    missing = making.report(met_officer.actor)
    assert code(policies.may_refer(met_coordinator.actor, missing, age=9, running=False)) == "not_returned"
    home.outcome = "located_deceased"
    assert code(policies.may_refer(met_coordinator.actor, home, age=9, running=False)) == "deceased"


def test_who_may_work_on_one(referral, duty_manager, rhi_interviewer, caseworker, authority_worker) -> None:
    assert code(policies.may_work(rhi_interviewer.actor, referral)) == "not_visible"
    assert code(policies.may_work(authority_worker.actor, referral)) == "not_visible"
    assert code(policies.may_work(caseworker.actor, referral)) == "not_visible"
    allocated(referral, duty_manager, rhi_interviewer)
    assert policies.may_work(rhi_interviewer.actor, referral) is None
    assert policies.may_work(duty_manager.actor, referral) is None
    assert policies.may_answer_for(rhi_interviewer.actor, referral, "offered") is None
    assert code(policies.may_answer_for(rhi_interviewer.actor, referral, "completed")) == "illegal_move"
    referral.incident.outcome = "located_deceased"
    assert code(policies.may_answer_for(rhi_interviewer.actor, referral, "offered")) == "deceased"


def test_who_may_share_one_out(referral, duty_manager, caseworker, authority_worker) -> None:
    assert policies.may_allocate(duty_manager.actor, referral) is None
    assert code(policies.may_allocate(caseworker.actor, referral)) == "role"
    assert code(policies.may_allocate(authority_worker.actor, referral)) == "not_visible"
    assert policies.may_end(duty_manager.actor, referral, "withdrawn") is None
    assert code(policies.may_end(caseworker.actor, referral, "withdrawn")) == "role"
    assert code(policies.may_say_authority(duty_manager.actor, referral)) == "known"
    referral.authority = None
    assert code(policies.may_allocate(duty_manager.actor, referral)) == "no_authority"
    assert policies.may_say_authority(duty_manager.actor, referral) is None
    referral.status = "reported"
    assert code(policies.may_allocate(duty_manager.actor, referral)) == "settled"
    referral.status = "withdrawn"
    assert code(policies.may_allocate(duty_manager.actor, referral)) == "settled"


def test_who_may_settle_a_concern(referral, duty_manager, rhi_interviewer, caseworker) -> None:
    concern = Concern(referral=referral, raised_by=rhi_interviewer.user, raised_at=timezone.now())
    assert policies.may_settle(duty_manager.actor, referral, concern) is None
    assert code(policies.may_settle(caseworker.actor, referral, concern)) == "role"
    concern.raised_by = duty_manager.user
    assert code(policies.may_settle(duty_manager.actor, referral, concern)) == "own"
    concern.settled_at = timezone.now()
    assert code(policies.may_settle(duty_manager.actor, referral, concern)) == "settled"


def test_who_may_pass_on(referral, met_coordinator, met_officer, kent_officer) -> None:
    assert policies.may_pass_on(met_coordinator.actor, referral) is None
    assert code(policies.may_pass_on(met_officer.actor, referral)) == "role"
    referral.authority = None
    assert code(policies.may_pass_on(met_coordinator.actor, referral)) == "no_authority"
    referral.status = "withdrawn"
    assert code(policies.may_pass_on(met_coordinator.actor, referral)) == "ended"


def test_who_may_say_what_is_offered(lambeth, authority_worker, other_authority_worker, auditor) -> None:
    policy = AuthorityPolicy(authority=lambeth, provider=lambeth)
    assert policies.may_change_policy(authority_worker.actor, policy) is None
    assert code(policies.may_change_policy(other_authority_worker.actor, policy)) == "organisation"
    policy.authority_id = auditor.organisation.pk
    assert code(policies.may_change_policy(auditor.actor, policy)) == "role"
