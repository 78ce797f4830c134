"""Found, dead, cancelled, a duplicate, reopened: and what the family may be told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.exceptions import Conflict, Invalid
from missingcases import policies, services
from missingcases.enums import CancelReason, LawfulBasis, ReleaseKind
from missingcases.models import Incident
from tests.missingcases import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(met_officer, met_supervisor) -> Incident:
    return making.missing(met_supervisor.actor, making.report(met_officer.actor))


def cancel(actor, incident: Incident, cause: str = "duplicate", other: str = "", reason: str = "Twice."):
    return services.cancel_incident(
        actor=actor, incident_id=incident.pk, cause=cause, reason=reason, duplicate_of=other
    )


def test_the_dead_are_identified_by_an_inspector_and_nobody_interviews_them(
    incident, met_officer, met_supervisor, met_inspector
) -> None:
    making.located(met_officer.actor, incident)
    died = making.outcome(outcome="located_deceased", death_type="undetermined", harm=("not_known",))
    services.record_outcome(actor=met_officer.actor, incident_id=incident.pk, version=None, outcome=died)
    incident.refresh_from_db()
    with pytest.raises((Refused, Invalid)):
        making.interviewed(met_officer.actor, incident)
    with pytest.raises(Invalid):
        services.record_returned(actor=met_officer.actor, incident_id=incident.pk, returned_at=timezone.now())
    with pytest.raises(Refused):
        services.close_incident(actor=met_supervisor.actor, incident_id=incident.pk)
    with pytest.raises(Refused):
        services.confirm_identification(
            actor=met_supervisor.actor, incident_id=incident.pk, reason="By her brother."
        )
    services.confirm_identification(
        actor=met_inspector.actor, incident_id=incident.pk, reason="By her brother."
    )
    assert services.close_incident(actor=met_supervisor.actor, incident_id=incident.pk).status == "closed"


def test_nobody_found_alive_is_closed_before_the_interview(incident, met_officer, met_supervisor) -> None:
    making.located(met_officer.actor, incident)
    with pytest.raises(Refused):
        services.close_incident(actor=met_supervisor.actor, incident_id=incident.pk, outcome=making.outcome())
    making.interviewed(met_officer.actor, incident)
    with pytest.raises(Refused):
        services.close_incident(actor=met_officer.actor, incident_id=incident.pk, outcome=making.outcome())
    closed = services.close_incident(
        actor=met_supervisor.actor, incident_id=incident.pk, outcome=making.outcome()
    )
    assert closed.status == "closed"


@pytest.mark.parametrize("harm", [(), ("none", "exposure"), ("not_known", "none"), ("cold",)])
def test_harm_is_answered_and_does_not_contradict_itself(
    harm: tuple[str, ...], incident, met_officer
) -> None:
    making.located(met_officer.actor, incident)
    with pytest.raises(Invalid):
        making.interviewed(met_officer.actor, incident, harm=harm)


def test_nobody_is_cancelled_for_coming_back_quickly(incident, met_supervisor) -> None:
    assert set(CancelReason.values) == {"duplicate", "recorded_in_error", "not_missing"}
    with pytest.raises(Invalid):
        cancel(met_supervisor.actor, incident, cause="returned_quickly")


def test_of_two_records_of_one_person_one_always_stays(incident, met_officer, met_supervisor) -> None:
    other = making.report(met_officer.actor, person_reference=incident.person.reference)
    cancel(met_supervisor.actor, other, other=incident.reference)
    with pytest.raises(Invalid):
        cancel(met_supervisor.actor, incident, other=other.reference)
    incident.refresh_from_db()
    assert incident.is_open


def test_a_duplicate_of_an_incident_one_may_not_see_is_none(incident, met_supervisor, kent_officer) -> None:
    theirs = making.report(kent_officer.actor)
    with pytest.raises(Invalid):
        cancel(met_supervisor.actor, incident, other=theirs.reference)


def test_what_was_closed_too_early_is_graded_again(incident, met_officer, met_supervisor) -> None:
    making.closed(met_officer.actor, met_supervisor.actor, incident)
    with pytest.raises(Refused):
        services.reopen_incident(actor=met_officer.actor, incident_id=incident.pk, reason="Not her.")
    services.reopen_incident(actor=met_supervisor.actor, incident_id=incident.pk, reason="Not her.")
    incident.refresh_from_db()
    assert (incident.status, incident.outcome, incident.located_at) == ("reopened", "", None)
    making.missing(met_supervisor.actor, incident, "high")


def test_a_cancelled_record_is_not_reopened(incident, met_supervisor) -> None:
    cancel(met_supervisor.actor, incident, cause="recorded_in_error")
    with pytest.raises(Refused):
        services.reopen_incident(actor=met_supervisor.actor, incident_id=incident.pk, reason="x")


def test_a_return_saved_by_a_colleague_is_not_overwritten_unseen(incident, met_officer) -> None:
    making.located(met_officer.actor, incident, located_at=timezone.now() - timedelta(hours=2))
    incident.refresh_from_db()
    services.record_returned(
        actor=met_officer.actor,
        incident_id=incident.pk,
        returned_at=timezone.now() - timedelta(hours=1),
        version=incident.version,
    )
    with pytest.raises(Conflict):
        services.record_returned(
            actor=met_officer.actor,
            incident_id=incident.pk,
            returned_at=timezone.now(),
            version=incident.version,
        )


def test_an_officer_of_another_force_does_not_get_our_case(incident, met_officer, kent_officer) -> None:
    with pytest.raises(Invalid):
        services.edit_incident(
            actor=met_officer.actor,
            incident_id=incident.pk,
            version=incident.version,
            changes={"owner_officer_id": kent_officer.user.pk},
        )


@pytest.mark.parametrize(
    ("answer", "where", "safe"),
    [
        ("", False, False),
        ("no", False, False),
        ("safe_and_well_message_only", False, True),
        ("yes", True, True),
    ],
)
def test_the_persons_answer_decides_what_whoever_speaks_to_the_family_is_told(
    answer: str, where: bool, safe: bool, incident, met_officer, charity
) -> None:
    making.located(met_officer.actor, incident)
    if answer:
        making.interviewed(met_officer.actor, incident, disclose_location=answer)
    incident.refresh_from_db()
    assert (policies.may_disclose_location(incident) is None) == where
    assert (policies.may_tell_safe_and_well(incident) is None) == safe
    for fields, allowed in (({"whereabouts": "With an aunt."}, where), ({"safe_and_well": "Yes."}, safe)):
        if allowed:
            tell(met_officer.actor, incident, charity.pk, fields)
        else:
            with pytest.raises(Refused):
                tell(met_officer.actor, incident, charity.pk, fields)


def tell(actor, incident: Incident, charity_id: int, fields: dict[str, str]) -> None:
    services.create_release(
        actor=actor,
        incident_id=incident.pk,
        to_organisation_id=charity_id,
        kind=ReleaseKind.OTHER,
        fields=fields,
        purpose="For the family.",
        lawful_basis=LawfulBasis.CONSENT,
        reason="They ask.",
        terms=services.ReleaseTerms(override_reason="There is no agreement yet."),
        desk="family_support",
    )
