"""A returned child is referred once, by the arrangement of their authority, or by hand."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Invalid, NotVisible
from missingcases.models import Incident, MissingPerson, Release
from missingcases.services import record_outcome, record_returned, restrict_incident
from missingcases.services.grading import Assessment
from missingcases.services.locating import retract_located
from rhi import services, subscribers
from rhi.enums import OfferedTo
from rhi.models import Referral
from tests.missingcases import making
from tests.rhi.conftest import allocated, answered, arrange, came_home, hours_ago, referred

pytestmark = pytest.mark.django_db


def test_a_looked_after_child_who_comes_home_is_referred_with_its_clock(
    arranged, met_officer, lambeth, charity
) -> None:
    referral = referred(met_officer, lambeth, hours=2)
    assert (referral.authority, referral.provider, referral.origin) == (lambeth, charity, "return")
    assert referral.clock_start == referral.incident.returned_at
    assert referral.due_at - referral.clock_start == timedelta(hours=72)
    assert referral.age_at_return == 14


def test_the_force_passes_a_copy_on_and_the_referral_itself_holds_none(
    arranged, met_officer, lambeth, charity
) -> None:
    referral = referred(met_officer, lambeth, given_names="Marker", family_name="Child")
    assert referral.release is not None
    assert json.loads(referral.release.content)["child"] == "Marker Child"
    assert (referral.release.to_organisation, referral.release.desk) == (charity, "charity_manager")
    assert referral.child_called == ""


@pytest.mark.parametrize(
    "given",
    [
        {"date_of_birth": making.ADULT},
        {"date_of_birth": None, "looked_after": "no"},
    ],
)
def test_an_adult_or_somebody_who_may_be_one_is_not_referred(arranged, met_officer, lambeth, given) -> None:
    incident = came_home(met_officer, **{"host_authority_id": lambeth.pk} | given)
    assert services.open_for_return(incident_id=incident.pk) is None


def test_redelivery_opens_no_second_and_a_corrected_time_moves_the_clock(
    arranged, met_officer, lambeth
) -> None:
    referral = referred(met_officer, lambeth, hours=3)
    corrected = hours_ago(1)
    record_returned(actor=met_officer.actor, incident_id=referral.incident_id, returned_at=corrected)
    for _ in range(2):
        assert services.open_for_return(incident_id=referral.incident_id) is None
    referral.refresh_from_db()
    assert (referral.clock_start, referral.due_at) == (corrected, corrected + timedelta(hours=72))
    assert Referral.objects.count() == 1


def test_nothing_opens_where_the_authority_arranged_nothing(met_officer, lambeth, croydon, charity) -> None:
    arrange(lambeth, charity, is_on=False)
    arrange(croydon, charity, offered_to=OfferedTo.LOOKED_AFTER)
    looked_after = came_home(met_officer, looked_after="yes", placing_authority_id=lambeth.pk)
    at_home = came_home(met_officer, looked_after="no", host_authority_id=croydon.pk)
    for incident in (looked_after, at_home):
        assert services.open_for_return(incident_id=incident.pk) is None


def test_a_child_placed_elsewhere_is_seen_by_both_authorities(
    arranged, met_officer, lambeth, croydon, authority_worker, other_authority_worker, kent_officer
) -> None:
    from rhi.selectors import progress_visible_to, visible_to

    referral = referred(met_officer, lambeth, host_authority_id=croydon.pk)
    assert referral.out_of_area
    for worker in (authority_worker, other_authority_worker):
        assert progress_visible_to(worker.actor).get() == referral
        assert not visible_to(worker.actor).exists()
    assert not progress_visible_to(kent_officer.actor).exists()
    assert not progress_visible_to(met_officer.actor).exists()


def test_a_policy_may_leave_out_children_placed_elsewhere(met_officer, lambeth, croydon, charity) -> None:
    arrange(lambeth, charity, out_of_area=False)
    incident = came_home(
        met_officer, looked_after="yes", placing_authority_id=lambeth.pk, host_authority_id=croydon.pk
    )
    assert services.open_for_return(incident_id=incident.pk) is None


def test_nothing_opens_for_held_starts_the_dead_or_a_restricted_incident(
    arranged, met_officer, met_supervisor, lambeth
) -> None:
    given = {"looked_after": "yes", "placing_authority_id": lambeth.pk}
    held, dead, restricted = (came_home(met_officer, **given) for _ in range(3))
    Incident.objects.filter(pk=held.pk).update(starts_held=True)
    record_outcome(
        actor=met_officer.actor,
        incident_id=dead.pk,
        version=None,
        outcome=making.outcome(outcome="located_deceased", death_type="accident"),
    )
    restrict_incident(actor=met_supervisor.actor, incident_id=restricted.pk, reason="A colleague's child.")
    for incident in (held, dead, restricted):
        assert services.open_for_return(incident_id=incident.pk) is None


def test_where_no_authority_is_known_the_charity_says_which_it_is(
    arranged, met_officer, lambeth, charity, duty_manager
) -> None:
    incident = came_home(met_officer)
    referral = services.open_for_return(incident_id=incident.pk)
    assert (referral.authority, referral.provider, referral.release) == (None, charity, None)
    services.say_authority(actor=duty_manager.actor, referral_id=referral.pk, authority_id=lambeth.pk)
    referral.refresh_from_db()
    assert (referral.authority, referral.status) == (lambeth, "referred")
    assert referral.release is not None
    with pytest.raises(Refused):
        services.say_authority(actor=duty_manager.actor, referral_id=referral.pk, authority_id=lambeth.pk)


def test_an_authority_without_an_arrangement_ends_it_with_that_reason(
    arranged, met_officer, croydon, duty_manager
) -> None:
    referral = services.open_for_return(incident_id=came_home(met_officer).pk)
    services.say_authority(actor=duty_manager.actor, referral_id=referral.pk, authority_id=croydon.pk)
    referral.refresh_from_db()
    assert referral.status == "withdrawn"
    assert Release.objects.count() == 0


def test_nobody_is_bothered_where_no_authority_arranged_anything(met_officer) -> None:
    assert services.open_for_return(incident_id=came_home(met_officer).pk) is None


def test_a_coordinator_refers_by_hand_and_only_once(met_coordinator, met_officer, lambeth) -> None:
    incident = came_home(met_officer, host_authority_id=lambeth.pk)
    given = services.Details(carer="His grandmother", safe_contact="Text first")
    referral = services.refer(actor=met_coordinator.actor, incident_id=incident.pk, details=given)
    assert (referral.origin, referral.carer, referral.authority) == ("hand", "His grandmother", lambeth)
    assert referral.release is not None
    with pytest.raises(Refused) as again:
        services.refer(actor=met_coordinator.actor, incident_id=incident.pk)
    assert again.value.refusal.code == "running"
    entry = AuditEvent.objects.get(action="rhi.referred")
    assert "grandmother" not in str(vars(entry))


def test_an_authority_refers_its_own_child_and_passes_nothing_of_the_forces_on(
    authority_worker, met_officer, lambeth, other_authority_worker
) -> None:
    incident = came_home(met_officer, host_authority_id=lambeth.pk)
    with pytest.raises(NotVisible):
        services.refer(actor=other_authority_worker.actor, incident_id=incident.pk)
    given = services.Details(child_called="Al")
    referral = services.refer(actor=authority_worker.actor, incident_id=incident.pk, details=given)
    assert (referral.release, referral.child_called) == (None, "Al")


def test_another_force_finds_nothing_and_an_officer_may_not(met_officer, kent_officer, lambeth) -> None:
    incident = came_home(met_officer, host_authority_id=lambeth.pk)
    with pytest.raises(NotVisible):
        services.refer(actor=kent_officer.actor, incident_id=incident.pk)
    with pytest.raises(Refused) as refused:
        services.refer(actor=met_officer.actor, incident_id=incident.pk)
    assert refused.value.refusal.code == "role"


def test_a_referral_by_hand_says_what_is_missing(
    met_coordinator, met_officer, met_supervisor, charity
) -> None:
    incident = making.report(met_officer.actor, date_of_birth=making.child_born())
    with pytest.raises(Refused) as still:
        services.refer(actor=met_coordinator.actor, incident_id=incident.pk)
    assert still.value.refusal.code == "not_returned"
    making.located(met_officer.actor, incident)
    for given in (
        {},
        {"returned_at": timezone.now() + timedelta(hours=1)},
        {"returned_at": hours_ago(50)},
        {"returned_at": timezone.now(), "authority_id": charity.pk},
        {"returned_at": timezone.now(), "details": services.Details(gender_preference="x")},
    ):
        with pytest.raises(Invalid):
            services.refer(actor=met_coordinator.actor, incident_id=incident.pk, **given)


def test_missing_again_ends_what_was_open_and_the_next_return_opens_its_own(
    arranged, met_officer, lambeth, duty_manager, rhi_interviewer
) -> None:
    first = allocated(referred(met_officer, lambeth, hours=5), duty_manager, rhi_interviewer)
    again = making.report(
        met_officer.actor,
        person_reference=first.incident.person.reference,
        looked_after="yes",
        placing_authority_id=lambeth.pk,
    )
    subscribers.end_for_reported(_event(again))
    first.refresh_from_db()
    assert (first.status, first.next_incident) == ("missing_again", again)
    making.located(met_officer.actor, again)
    record_returned(actor=met_officer.actor, incident_id=again.pk, returned_at=timezone.now())
    assert services.open_for_return(incident_id=again.pk).pk != first.pk


def test_an_interview_that_was_held_is_not_ended_by_the_next_disappearance(
    arranged, met_officer, lambeth, duty_manager, rhi_interviewer
) -> None:
    first = allocated(referred(met_officer, lambeth, hours=5), duty_manager, rhi_interviewer)
    answered(first, rhi_interviewer, "accepted")
    services.record_held(actor=rhi_interviewer.actor, referral_id=first.pk, completed_at=timezone.now())
    again = making.report(met_officer.actor, person_reference=first.incident.person.reference)
    subscribers.end_for_reported(_event(again))
    first.refresh_from_db()
    assert first.status == "completed"


def _event(incident: Incident):
    from missingcases.events import IncidentReported

    return IncidentReported(incident_id=incident.pk, at=timezone.now())


def test_a_finding_taken_back_ends_it_at_once_and_the_true_return_opens_another(
    arranged, met_officer, met_supervisor, lambeth
) -> None:
    referral = referred(met_officer, lambeth)
    grounds = Assessment(information="Gone again.", given_by="The home", rationale="Lost before seen.")
    retract_located(
        actor=met_supervisor.actor, incident_id=referral.incident_id, level="medium", assessment=grounds
    )
    referral.refresh_from_db()
    assert (referral.status, referral.ended_by) == ("withdrawn", "finding_taken_back")
    making.located(met_officer.actor, referral.incident)
    record_returned(actor=met_officer.actor, incident_id=referral.incident_id, returned_at=timezone.now())
    assert services.open_for_return(incident_id=referral.incident_id) is not None


def test_what_a_person_withdrew_does_not_open_again_by_itself(
    arranged, met_officer, met_coordinator, lambeth, duty_manager
) -> None:
    referral = referred(met_officer, lambeth)
    services.withdraw(actor=duty_manager.actor, referral_id=referral.pk, reason="Offered by the school.")
    assert services.open_for_return(incident_id=referral.incident_id) is None
    assert services.refer(actor=met_coordinator.actor, incident_id=referral.incident_id).status == "referred"


def test_a_coordinator_passes_on_once_more_what_came_later(
    arranged, met_officer, met_coordinator, lambeth, kent_officer
) -> None:
    referral = referred(met_officer, lambeth)
    making.interviewed(met_officer.actor, referral.incident, safeguarding="Owes money to an older boy.")
    services.pass_on(actor=met_coordinator.actor, referral_id=referral.pk)
    referral.refresh_from_db()
    told = json.loads(referral.release.content)["prevention_interview"]
    assert "Owes money" in told
    assert "friend" in told
    with pytest.raises(NotVisible):
        services.pass_on(actor=kent_officer.actor, referral_id=referral.pk)


def test_an_age_that_was_guessed_counts_on(arranged, met_officer, lambeth) -> None:
    incident = came_home(
        met_officer, date_of_birth=None, estimated_age=17, looked_after="no", host_authority_id=lambeth.pk
    )
    MissingPerson.objects.filter(pk=incident.person_id).update(
        estimated_on=timezone.localdate() - timedelta(days=500)
    )
    assert services.open_for_return(incident_id=incident.pk) is None
