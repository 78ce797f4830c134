"""One incident from the report to the closing, and what others see of it meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import NotVisible
from foundation.states import IllegalMove
from missingcases import selectors, services
from missingcases.enums import IncidentStatus, LawfulBasis, ReleaseKind
from missingcases.models import Incident

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(met_officer) -> Incident:
    return services.report_incident(
        actor=met_officer.actor,
        person=services.PersonDetails(given_names="Alex", family_name="Example"),
        report=services.ReportDetails(last_seen_place="Brixton station"),
    )


def assessment() -> services.Assessment:
    return services.Assessment(
        information="Left without a coat.",
        given_by="Her mother",
        given_at=timezone.now(),
        rationale="Cold night.",
    )


def locate(incident: Incident, actor) -> Incident:
    return services.record_located(
        actor=actor,
        incident_id=incident.pk,
        located_at=timezone.now(),
        found_by="own_return",
        source="Seen at home by PC 1.",
    )


def test_from_report_to_closed(incident, met_officer, met_supervisor) -> None:
    services.grade_missing(
        actor=met_supervisor.actor, incident_id=incident.pk, level="high", assessment=assessment()
    )
    incident.refresh_from_db()
    assert (incident.status, incident.risk_level) == (IncidentStatus.MISSING, "high")
    assert selectors.clocks_of(incident).filter(kind="supervisor").exists()
    locate(incident, met_officer.actor)
    incident.refresh_from_db()
    assert incident.status == IncidentStatus.LOCATED
    assert not selectors.clocks_of(incident).exists()


def test_somebody_ungraded_can_be_located(incident, met_officer) -> None:
    assert locate(incident, met_officer.actor).status == IncidentStatus.LOCATED
    with pytest.raises((IllegalMove, Refused)):
        locate(incident, met_officer.actor)


def test_the_other_force_does_not_know_it_exists(incident, kent_officer, auditor, caseworker) -> None:
    for other in (kent_officer, auditor, caseworker):
        with pytest.raises(NotVisible):
            selectors.incident_for(other.actor, incident.reference)
        assert not selectors.incidents_visible_to(other.actor).exists()
        assert selectors.list_page(other.actor, selectors.Filters()).incidents == []


def test_opening_is_audited_with_ids_alone(incident, met_officer) -> None:
    selectors.incident_for(met_officer.actor, incident.reference)
    entry = AuditEvent.objects.get(action="incident.opened")
    assert (entry.target_id, entry.user_id) == (incident.pk, met_officer.user.pk)


def test_naming_somebody_is_in_the_trail_of_the_organisation_they_work_for(
    incident, met_supervisor, kent_officer
) -> None:
    services.name_person(
        actor=met_supervisor.actor,
        incident_id=incident.pk,
        user_id=kent_officer.user.pk,
        organisation_id=kent_officer.organisation.pk,
        reason="Knows her.",
    )
    noted = AuditEvent.objects.get(action="incident.person_named")
    assert noted.on_behalf_of_id == kent_officer.organisation.pk


def test_a_release_shows_only_itself(incident, met_officer, charity, caseworker) -> None:
    release = services.create_release(
        actor=met_officer.actor,
        incident_id=incident.pk,
        to_organisation_id=charity.pk,
        kind=ReleaseKind.SERVICE_REQUEST,
        fields={"age_group": "child"},
        purpose="To offer support by text.",
        lawful_basis=LawfulBasis.VITAL_INTERESTS,
        reason="Asked for.",
    )
    found = selectors.incident_for(caseworker.actor, incident.reference)
    assert services.read_release(actor=caseworker.actor, release_id=release.pk) == {"age_group": "child"}
    assert not selectors.records_visible_to(caseworker.actor).exists()
    assert not selectors.timeline_for(caseworker.actor, found).exists()
    services.revoke_release(actor=met_officer.actor, release_id=release.pk, reason="Asked in error.")
    with pytest.raises(NotVisible):
        selectors.incident_for(caseworker.actor, incident.reference)


def test_a_threat_to_life_takes_two_people_and_an_acknowledgement(
    incident, met_officer, met, charity, caseworker, duty_manager
) -> None:
    services.create_release(
        actor=met_officer.actor,
        incident_id=incident.pk,
        to_organisation_id=charity.pk,
        kind=ReleaseKind.SERVICE_REQUEST,
        fields={"age_group": "child"},
        purpose="To offer support by text.",
        lawful_basis=LawfulBasis.VITAL_INTERESTS,
        reason="Asked for.",
    )
    release = services.create_release(
        actor=caseworker.actor,
        incident_id=incident.pk,
        to_organisation_id=met.pk,
        kind=ReleaseKind.THREAT_TO_LIFE,
        fields={"text": "They said they are on the bridge."},
        purpose="To protect life.",
        lawful_basis=LawfulBasis.VITAL_INTERESTS,
        reason="Immediate danger.",
    )
    with pytest.raises(NotVisible):
        services.read_release(actor=met_officer.actor, release_id=release.pk)
    with pytest.raises(Refused):
        services.decide_release(actor=caseworker.actor, release_id=release.pk, approve=True, reason="x")
    services.decide_release(actor=duty_manager.actor, release_id=release.pk, approve=True, reason="Life.")
    assert list(selectors.unacknowledged(met_officer.actor)) == [release]
    assert "bridge" in services.read_release(actor=met_officer.actor, release_id=release.pk)["text"]
    services.acknowledge_release(actor=met_officer.actor, release_id=release.pk)
    assert not selectors.unacknowledged(met_officer.actor).exists()


def test_a_transfer_is_complete_only_when_accepted(
    incident, met_supervisor, met_officer, kent, kent_supervisor, kent_officer
) -> None:
    transfer = services.offer_transfer(
        actor=met_supervisor.actor, incident_id=incident.pk, to_organisation_id=kent.pk, reason="Lives there."
    )
    incident.refresh_from_db()
    assert incident.owner_id != kent.pk
    services.accept_transfer(actor=kent_supervisor.actor, transfer_id=transfer.pk)
    incident.refresh_from_db()
    assert incident.owner_id == kent.pk
    assert selectors.incident_for(kent_officer.actor, incident.reference)
    with pytest.raises(NotVisible):
        selectors.incident_for(met_officer.actor, incident.reference)


def test_an_unanswered_offer_escalates_once(incident, met_supervisor, kent) -> None:
    transfer = services.offer_transfer(
        actor=met_supervisor.actor, incident_id=incident.pk, to_organisation_id=kent.pk, reason="Lives there."
    )
    assert services.escalate_overdue() == 0
    type(transfer).objects.update(answer_by=timezone.now() - timedelta(minutes=1))
    assert services.escalate_overdue() == 1
    assert services.escalate_overdue() == 0
    noted = AuditEvent.objects.get(action="transfer.escalated")
    assert noted.on_behalf_of_id == incident.owner_id


def test_the_third_report_in_thirty_days_asks_for_a_strategy_discussion(met_officer, incident) -> None:
    for _ in range(2):
        latest = services.report_incident(actor=met_officer.actor, person_reference=incident.person.reference)
    assert latest.actions.filter(kind="strategy_discussion").count() >= 1
    assert not incident.actions.filter(kind="strategy_discussion").exists()


def test_pages_go_on_from_where_they_ended(met_officer) -> None:
    for number in range(selectors.incidents.PAGE + 2):
        services.report_incident(
            actor=met_officer.actor,
            report=services.ReportDetails(reported_at=timezone.now() - timedelta(hours=number)),
        )
    first = selectors.list_page(met_officer.actor, selectors.Filters())
    assert first.older is not None
    second = selectors.list_page(
        met_officer.actor, selectors.Filters(), older_than=selectors.Cursor.read(str(first.older))
    )
    assert len(second.incidents) == 2
    assert not {row.pk for row in first.incidents} & {row.pk for row in second.incidents}
    back = selectors.list_page(met_officer.actor, selectors.Filters(), newer_than=second.newer)
    assert [row.pk for row in back.incidents] == [row.pk for row in first.incidents]
