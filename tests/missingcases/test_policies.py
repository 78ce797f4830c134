"""Who may do what with an incident, refusal by refusal; and that nobody of another force may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from foundation.access import Refusal
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from missingcases import policies, services
from missingcases.enums import DiscloseLocation, IncidentStatus, ReviewKind
from missingcases.models import Incident
from tests.cast import Member
from tests.missingcases import making

pytestmark = pytest.mark.django_db
S = IncidentStatus
OPEN_STATES = (S.REPORTED, S.ABSENT, S.MISSING, S.LONG_TERM, S.REOPENED)


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


def in_state(status: str, officer: Member) -> Incident:
    """An incident of the officer's force as if it had come to that state."""
    incident = making.report(officer.actor, date_of_birth=date(1990, 1, 1))
    incident.status = status
    return incident


WRITING = (
    policies.may_write,
    policies.may_edit,
    policies.may_grade_absent,
    policies.may_grade_missing,
    policies.may_locate,
    policies.may_record_interview,
    policies.may_record_return,
    policies.may_record_outcome,
    policies.may_confirm_identification,
    policies.may_close,
    policies.may_cancel,
    policies.may_reopen,
    policies.may_make_long_term,
    policies.may_restrict,
    policies.may_confirm_starts,
    policies.may_flag,
    policies.may_rule_out_flag,
    policies.may_add_action,
    policies.may_offer_transfer,
)


@pytest.mark.parametrize("policy", WRITING)
def test_nobody_but_the_owner_force_changes_a_record(
    policy,
    met_officer,
    kent_supervisor,
    caseworker,
    authority_worker,
    auditor,
    met_administrator,
    suspended_user,
) -> None:
    incident = in_state(S.MISSING, met_officer)
    assert code(policy(kent_supervisor.actor, incident)) == "not_owner"
    for outsider in (caseworker, authority_worker, auditor, met_administrator, suspended_user):
        assert code(policy(outsider.actor, incident)) == "role", outsider.user.email
    assert code(policy(Actor.nobody(), incident)) == "role"


@pytest.mark.parametrize("status", [S.CLOSED, S.CANCELLED])
def test_a_supervisor_corrects_what_has_ended(status, met_officer, met_supervisor) -> None:
    incident = in_state(status, met_officer)
    assert code(policies.may_edit(met_officer.actor, incident)) == "role"
    assert policies.may_edit(met_supervisor.actor, incident) is None


@pytest.mark.parametrize("status", OPEN_STATES)
def test_an_officer_corrects_what_is_open(status, met_officer) -> None:
    assert policies.may_edit(met_officer.actor, in_state(status, met_officer)) is None


def test_who_is_found_is_not_graded_but_their_finding_taken_back(met_officer, met_supervisor) -> None:
    found, missing = in_state(S.LOCATED, met_officer), in_state(S.MISSING, met_officer)
    boss = met_supervisor.actor
    assert code(policies.may_grade_missing(boss, found)) == "illegal_move"
    assert policies.may_retract_located(boss, found) is None
    assert policies.may_grade_missing(boss, missing) is None
    assert code(policies.may_retract_located(boss, missing)) == "illegal_move"


def test_an_interview_and_an_outcome_follow_a_finding(met_officer, met_supervisor) -> None:
    missing, found = in_state(S.MISSING, met_officer), in_state(S.LOCATED, met_officer)
    closed = in_state(S.CLOSED, met_officer)
    officer = met_officer.actor
    for policy in (policies.may_record_interview, policies.may_record_return, policies.may_record_outcome):
        assert code(policy(officer, missing)) == "not_located"
        assert policy(officer, found) is None
    assert code(policies.may_record_outcome(officer, closed)) == "role"
    assert policies.may_record_outcome(met_supervisor.actor, closed) is None


def test_an_inspector_says_who_the_dead_are(met_officer, met_supervisor, met_inspector) -> None:
    found = in_state(S.LOCATED, met_officer)
    assert code(policies.may_confirm_identification(met_supervisor.actor, found)) == "role"
    assert policies.may_confirm_identification(met_inspector.actor, found) is None


@pytest.mark.parametrize("kind", ReviewKind)
def test_a_review_is_completed_by_the_rank_it_asks_for(
    kind, met_officer, met_superintendent, kent_supervisor
) -> None:
    incident = in_state(S.MISSING, met_officer)
    assert policies.may_review(met_superintendent.actor, incident, kind) is None
    every_officer = kind in {ReviewKind.OTHER_FORCES, ReviewKind.UKMPU}
    assert (policies.may_review(met_officer.actor, incident, kind) is None) is every_officer
    assert code(policies.may_review(kent_supervisor.actor, incident, kind)) == "not_owner"


def test_a_supervisor_restricts_confirms_and_rules_out(met_officer, met_supervisor) -> None:
    incident = in_state(S.MISSING, met_officer)
    for policy in (policies.may_restrict, policies.may_confirm_starts, policies.may_rule_out_flag):
        assert code(policy(met_officer.actor, incident)) == "role"
        assert policy(met_supervisor.actor, incident) is None
    assert policies.may_flag(met_officer.actor, incident) is None


def test_a_restricted_incident_is_changed_by_the_named_alone(
    met_officer, second_met_officer, met_supervisor
) -> None:
    incident = making.report(met_officer.actor)
    services.restrict_to(
        actor=met_supervisor.actor,
        incident_id=incident.pk,
        user_ids=[second_met_officer.user.pk],
        reason="A colleague's child.",
    )
    incident.refresh_from_db()
    assert code(policies.may_write(met_officer.actor, incident)) == "restricted"
    assert policies.may_write(second_met_officer.actor, incident) is None


@pytest.mark.parametrize(
    ("wish", "where", "well"),
    [
        ("", "not_asked", "not_asked"),
        (DiscloseLocation.YES, None, None),
        (DiscloseLocation.SAFE_AND_WELL_MESSAGE_ONLY, "no_disclosure", None),
        (DiscloseLocation.NO, "no_disclosure", "no_disclosure"),
    ],
)
def test_what_the_person_wants_told_is_told_and_nothing_more(wish, where, well, met_officer) -> None:
    incident = in_state(S.PREVENTION_DONE, met_officer)
    incident.disclose_location = wish
    assert code(policies.may_disclose_location(incident)) == where
    assert code(policies.may_tell_safe_and_well(incident)) == well


def test_only_what_is_open_goes_to_another_force_and_a_supervisor_offers_it(
    met_officer, met_supervisor
) -> None:
    assert code(policies.may_offer_transfer(met_officer.actor, in_state(S.MISSING, met_officer))) == "role"
    assert policies.may_offer_transfer(met_supervisor.actor, in_state(S.MISSING, met_officer)) is None
    closed = in_state(S.CLOSED, met_officer)
    assert code(policies.may_offer_transfer(met_supervisor.actor, closed)) == "not_open"


def test_an_administrator_edits_the_rules(met_administrator, met_superintendent) -> None:
    assert policies.may_edit_rules(met_administrator.actor) is None
    assert code(policies.may_edit_rules(met_superintendent.actor)) == "role"


def test_a_report_is_the_polices(met_officer, api_client, caseworker) -> None:
    assert policies.may_report(met_officer.actor) is None
    assert policies.may_report(api_client) is None
    assert code(policies.may_report(caseworker.actor)) == "role"


def test_a_release_is_read_by_its_writer_and_while_it_stands_by_the_desk_it_went_to(
    met_officer, met, charity, caseworker, auditor, kent_officer
) -> None:
    from tests.missingcases_pages import world

    incident = making.report(met_officer.actor)
    row = world.released(incident, met_officer.actor, charity.pk)
    assert policies.may_read_release(met_officer.actor, row) is None
    assert policies.may_read_release(caseworker.actor, row) is None
    assert code(policies.may_read_release(auditor.actor, row)) == "not_visible"
    assert code(policies.may_read_release(kent_officer.actor, row)) == "not_visible"
    row.status, row.revoked_at = "revoked", timezone.now()
    assert code(policies.may_read_release(caseworker.actor, row)) == "not_visible"
    assert policies.may_read_release(met_officer.actor, row) is None


def test_a_system_records_incidents_for_a_force_alone(
    api_client: Actor, charity, met_officer: Member
) -> None:
    assert policies.may_report(api_client) is None
    theirs = replace(api_client, organisation_id=charity.pk, organisation_kind=OrganisationKind.CHARITY)
    assert code(policies.may_report(theirs)) == "role"
    incident = making.report(met_officer.actor)
    assert policies.may_release(api_client, incident, "service_request") is None
    assert code(policies.may_release(api_client, incident, "other")) == "role"
    assert policies.record_principals_of(api_client) == {f"o:{api_client.organisation_id}"}
