"""Who writes for whom, who releases and reads releases, who is who to an audience."""

from __future__ import annotations

import pytest

from foundation.access import Refusal
from foundation.accounts.enums import Role
from foundation.actors import Actor
from missingcases import policies, services
from missingcases.enums import Audience, ReleaseKind
from missingcases.models import Incident
from tests.cast import Member, member
from tests.missingcases import making
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db
A = Audience


@pytest.fixture
def incident(met_officer: Member, charity, lambeth) -> Incident:
    """The Met's, with Lambeth as placing authority and a number released to the charity."""
    found = making.missing(
        member("boss@met.example", "Boss", met_officer.organisation, Role.POLICE_SUPERVISOR).actor,
        making.report(met_officer.actor),
    )
    services.edit_incident(
        actor=met_officer.actor,
        incident_id=found.pk,
        version=found.version,
        changes={"placing_authority_id": lambeth.pk},
    )
    world.released(found, met_officer.actor, charity.pk)
    found.refresh_from_db()
    return found


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


def test_everybody_writes_for_audiences_they_belong_to(
    incident, met_officer, authority_worker, caseworker, kent_officer
) -> None:
    may_write_for = {
        met_officer: (A.OWNER, A.AUTHORITY, A.EVERYONE),  # and named people, by the service alone
        authority_worker: (A.AUTHORITY, A.EVERYONE),
        caseworker: (A.CHARITY,),
        kent_officer: (),
    }
    for person, audiences in may_write_for.items():
        assert policies.audiences_for(person.actor, incident) == audiences
        for audience in set(A) - {A.NAMED}:
            refusal = policies.may_add_note(person.actor, incident, audience)
            assert (refusal is None) is (audience in audiences), (person.user.email, audience)
    assert code(policies.may_add_note(kent_officer.actor, incident, A.EVERYONE)) == "not_visible"
    assert code(policies.may_add_note(met_officer.actor, incident, A.CHARITY)) == "audience"
    assert policies.may_add_note(met_officer.actor, incident, A.NAMED) is None
    assert code(policies.may_add_note(authority_worker.actor, incident, A.NAMED)) == "audience"


def test_what_a_release_shows_is_not_answered_by_another_body(
    incident, met_officer, kent, kent_officer
) -> None:
    services.create_release(
        actor=met_officer.actor,
        incident_id=incident.pk,
        to_organisation_id=kent.pk,
        kind=ReleaseKind.SERVICE_REQUEST,
        fields={"number": world.NUMBER},
        purpose="Search",
        lawful_basis="public_task",
        reason="They search for us.",
        desk="police_officer",
    )
    assert policies.audiences_for(kent_officer.actor, incident) == ()
    assert code(policies.may_add_note(kent_officer.actor, incident, A.EVERYONE)) == "audience"


def test_hidden_fields_are_revealed_to_those_who_answer_for_the_person(
    incident, met_officer, authority_worker, caseworker, kent_officer, lambeth
) -> None:
    assert policies.may_reveal(met_officer.actor, incident) is None
    assert policies.may_reveal(authority_worker.actor, incident) is None
    assert code(policies.may_reveal(caseworker.actor, incident)) == "not_visible"
    assert code(policies.may_reveal(kent_officer.actor, incident)) == "not_visible"
    machine = Actor(organisation_id=lambeth.pk, roles=frozenset({Role.API_CLIENT}), source="test")
    assert code(policies.may_reveal(machine, incident)) == "role"


def test_the_force_releases_its_record_and_the_charity_a_threat_to_life(
    incident, met_officer, caseworker, kent_officer, second_caseworker, system
) -> None:
    service, threat = ReleaseKind.SERVICE_REQUEST, ReleaseKind.THREAT_TO_LIFE
    assert policies.may_release(met_officer.actor, incident, service) is None
    assert policies.may_release(system, incident, service) is None
    assert code(policies.may_release(kent_officer.actor, incident, service)) == "not_owner"
    machine = Actor(
        organisation_id=incident.owner_id, roles=frozenset({Role.API_CLIENT}), client_id=7, source="test"
    )
    assert code(policies.may_release(machine, incident, service)) == "role"
    assert policies.may_release(caseworker.actor, incident, threat) is None
    assert code(policies.may_release(met_officer.actor, incident, threat)) == "role"
    untold = making.report(met_officer.actor)
    assert code(policies.may_release(second_caseworker.actor, untold, threat)) == "not_visible"


def test_a_threat_to_life_is_acknowledged_once_and_by_the_force_it_went_to(
    incident, met_officer, kent_officer, caseworker, duty_manager, met
) -> None:
    row = world.threat(incident, caseworker.actor)
    assert code(policies.may_acknowledge_release(met_officer.actor, row)) == "not_visible"
    assert policies.may_decide_release(duty_manager.actor, row) is None
    row = services.decide_release(
        actor=duty_manager.actor, release_id=row.pk, approve=True, reason="Her life."
    )
    assert policies.may_acknowledge_release(met_officer.actor, row) is None
    assert code(policies.may_acknowledge_release(caseworker.actor, row)) == "not_receiver"
    assert code(policies.may_acknowledge_release(kent_officer.actor, row)) == "not_visible"
    machine = Actor(organisation_id=met.pk, roles=frozenset({Role.API_CLIENT}), client_id=7, source="test")
    assert code(policies.may_acknowledge_release(machine, row)) == "role"
    assert policies.may_revoke_release(duty_manager.actor, row) is None
    services.acknowledge_release(actor=met_officer.actor, release_id=row.pk)
    row.refresh_from_db()
    assert code(policies.may_acknowledge_release(met_officer.actor, row)) == "nothing_to_acknowledge"


def test_a_service_release_asks_for_no_acknowledgement(incident, caseworker, met_officer) -> None:
    [row] = incident.releases.filter(kind=ReleaseKind.SERVICE_REQUEST)
    assert code(policies.may_acknowledge_release(met_officer.actor, row)) == "not_receiver"
    row.acknowledge_by = None
    assert code(policies.may_acknowledge_release(caseworker.actor, row)) == "nothing_to_acknowledge"


def test_actions_and_transfers_are_answered_by_whom_they_went_to(
    incident, met_officer, met_supervisor, kent, kent_supervisor, authority_worker
) -> None:
    from django.utils import timezone

    task = services.add_action(
        actor=met_officer.actor,
        incident_id=incident.pk,
        title="Ask the school",
        owner_id=authority_worker.organisation.pk,
        due_at=timezone.now(),
    )
    assert policies.may_add_action(met_officer.actor, incident) is None
    assert policies.may_finish_action(authority_worker.actor, task) is None
    assert code(policies.may_finish_action(met_officer.actor, task)) == "not_owner"
    offer = services.offer_transfer(
        actor=met_supervisor.actor, incident_id=incident.pk, to_organisation_id=kent.pk, reason="Lives there."
    )
    assert policies.may_answer_transfer(kent_supervisor.actor, offer) is None
    assert code(policies.may_answer_transfer(met_supervisor.actor, offer)) == "not_receiver"
    assert policies.may_withdraw_transfer(met_supervisor.actor, offer) is None
    assert code(policies.may_withdraw_transfer(kent_supervisor.actor, offer)) == "not_owner"
    assert policies.standing(kent_supervisor.actor, incident) == policies.Standing.OFFERED


def test_somebody_named_reads_by_their_own_key_and_the_others_by_their_desk(
    rhi_interviewer, caseworker, duty_manager, auditor, system
) -> None:
    place = rhi_interviewer.organisation.pk
    own = policies.user_principal(rhi_interviewer.user.pk, place)
    assert policies.principals_of(rhi_interviewer.actor) == {own}
    desk = policies.organisation_principal(place, Role.CHARITY_PUBLICITY)
    assert desk in policies.principals_of(duty_manager.actor)
    assert desk not in policies.principals_of(caseworker.actor)
    machine = Actor(organisation_id=place, roles=frozenset({Role.API_CLIENT}), client_id=7, source="test")
    assert policies.organisation_principal(place) in policies.principals_of(machine)
    for nobody in (auditor.actor, system, Actor.nobody()):
        assert policies.principals_of(nobody) == frozenset()


def test_a_named_person_of_another_body_sees_but_does_not_own(
    incident, met_supervisor, met_officer, kent_officer
) -> None:
    services.restrict_to(
        actor=met_supervisor.actor,
        incident_id=incident.pk,
        user_ids=[met_officer.user.pk],
        reason="A witness.",
    )
    incident.refresh_from_db()
    assert policies.standing(met_officer.actor, incident) & policies.Standing.OWNER
    assert policies.standing(kent_officer.actor, incident) == policies.Standing.NONE
