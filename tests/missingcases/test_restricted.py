"""A restricted incident is for named people: no list, task, offer or release goes round that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.exceptions import Invalid, NotVisible
from missingcases import selectors, services
from missingcases.models import AudienceRow, Incident, Release
from tests.missingcases import making
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(met_officer, met_supervisor, second_met_officer) -> Incident:
    """Restricted to its supervisor and the second officer; `met_officer`, who reported it, is out."""
    found = making.missing(met_supervisor.actor, making.report(met_officer.actor), "high")
    services.restrict_to(
        actor=met_supervisor.actor,
        incident_id=found.pk,
        user_ids=[second_met_officer.user.pk],
        reason="A colleague's wife.",
    )
    found.refresh_from_db()
    return found


@pytest.fixture
def threat(incident, met_supervisor, charity, caseworker, duty_manager) -> Release:
    world.released(incident, met_supervisor.actor, charity.pk)
    release = world.threat(incident, caseworker.actor)
    return services.decide_release(
        actor=duty_manager.actor, release_id=release.pk, approve=True, reason="Life."
    )


def test_a_threat_to_life_is_read_by_the_named_people_alone(
    incident, threat, met_officer, second_met_officer
) -> None:
    """The person named in it may work two desks away."""
    assert not selectors.unacknowledged(met_officer.actor).exists()
    assert not selectors.incidents_visible_to(met_officer.actor).exists()
    for read in (services.read_release, services.acknowledge_release):
        with pytest.raises(NotVisible):
            read(actor=met_officer.actor, release_id=threat.pk)
    assert list(selectors.unacknowledged(second_met_officer.actor)) == [threat]
    services.read_release(actor=second_met_officer.actor, release_id=threat.pk)
    services.acknowledge_release(actor=second_met_officer.actor, release_id=threat.pk)
    assert not selectors.unacknowledged(second_met_officer.actor).exists()


def test_restricting_after_a_threat_to_life_shuts_the_others_out(
    incident, met_supervisor, met_officer, threat
) -> None:
    services.lift_restriction(actor=met_supervisor.actor, incident_id=incident.pk, reason="Mistake.")
    assert services.read_release(actor=met_officer.actor, release_id=threat.pk)
    services.restrict_incident(actor=met_supervisor.actor, incident_id=incident.pk, reason="After all.")
    with pytest.raises(NotVisible):
        services.read_release(actor=met_officer.actor, release_id=threat.pk)


def test_nobody_unnamed_finishes_its_actions(incident, met_officer, second_met_officer) -> None:
    action = incident.actions.get(kind="high_risk_response")
    assert not selectors.actions_due(met_officer.actor).exists()
    with pytest.raises(NotVisible):
        services.finish_action(actor=met_officer.actor, action_id=action.pk, result="Done.")
    services.finish_action(actor=second_met_officer.actor, action_id=action.pk, result="Done.")


def test_nobody_unnamed_withdraws_its_offer_or_takes_back_its_release(
    incident, met_supervisor, met_inspector, kent, kent_supervisor, charity
) -> None:
    offer = services.offer_transfer(
        actor=met_supervisor.actor,
        incident_id=incident.pk,
        to_organisation_id=kent.pk,
        to_user_id=kent_supervisor.user.pk,
        reason="Lives there.",
    )
    release = world.released(incident, met_supervisor.actor, charity.pk)
    with pytest.raises(NotVisible):
        services.withdraw_transfer(actor=met_inspector.actor, transfer_id=offer.pk)
    with pytest.raises(NotVisible):
        services.revoke_release(actor=met_inspector.actor, release_id=release.pk, reason="x")


def test_a_restricted_incident_is_offered_to_one_person_who_alone_sees_it(
    incident, met_supervisor, kent, kent_supervisor, kent_officer
) -> None:
    with pytest.raises(Invalid):
        services.offer_transfer(
            actor=met_supervisor.actor, incident_id=incident.pk, to_organisation_id=kent.pk, reason="x"
        )
    services.offer_transfer(
        actor=met_supervisor.actor,
        incident_id=incident.pk,
        to_organisation_id=kent.pk,
        to_user_id=kent_supervisor.user.pk,
        reason="Lives there.",
    )
    assert selectors.records_visible_to(kent_supervisor.actor).exists()
    assert not selectors.records_visible_to(kent_officer.actor).exists()


def test_it_is_in_no_list_count_search_or_work_of_the_unnamed(incident, met_officer) -> None:
    selectors.clocks_of(incident).update(due_at=timezone.now() - timedelta(hours=1))
    actor = met_officer.actor
    assert selectors.list_page(actor, selectors.Filters()).incidents == []
    for text in (incident.reference, "Moor", "Alex Moor"):
        assert not selectors.narrowed(actor, selectors.Filters(text=text)).exists()
    assert selectors.open_counts(actor) == {"to_grade": 0, "high_risk": 0}
    for queue in (selectors.open_of_mine, selectors.reviews_due, selectors.actions_due):
        assert not queue(actor).exists()
    assert selectors.people_like(actor, given_names="Alex", family_name="Moor", date_of_birth=None) == []
    assert selectors.person_known(actor, incident.person.reference) is None


def test_the_last_named_person_stays(incident, met_supervisor, second_met_officer) -> None:
    given = {"actor": met_supervisor.actor, "incident_id": incident.pk, "reason": "Moved."}
    services.unname_person(user_id=second_met_officer.user.pk, **given)
    with pytest.raises(Invalid):
        services.unname_person(user_id=met_supervisor.user.pk, **given)


def test_sight_taken_away_leaves_a_tombstone_with_a_later_change(
    incident, met_supervisor, second_met_officer
) -> None:
    row = AudienceRow.objects.get(incident=incident, user=second_met_officer.user)
    services.unname_person(
        actor=met_supervisor.actor,
        incident_id=incident.pk,
        user_id=second_met_officer.user.pk,
        reason="Moved.",
    )
    stone = AudienceRow.objects.get(pk=row.pk)
    assert stone.revoked_at is not None
    assert stone.change > row.change


def test_a_release_taken_back_does_not_silence_a_threat_to_life(
    met_officer, met_supervisor, charity, caseworker, duty_manager, met
) -> None:
    """The conversation goes on after the force took its request back."""
    found = making.missing(met_supervisor.actor, making.report(met_officer.actor))
    release = world.released(found, met_officer.actor, charity.pk)
    services.revoke_release(actor=met_officer.actor, release_id=release.pk, reason="Not needed.")
    told = world.threat(found, caseworker.actor)
    services.decide_release(actor=duty_manager.actor, release_id=told.pk, approve=True, reason="Life.")
    assert list(selectors.unacknowledged(met_officer.actor)) == [told]


def test_a_charity_that_never_held_anything_tells_of_no_incident(met_officer, caseworker) -> None:
    found = making.report(met_officer.actor)
    with pytest.raises(NotVisible):
        world.threat(found, caseworker.actor)


def test_the_duty_manager_sees_a_threat_that_the_force_leaves_lying(threat, duty_manager, caseworker) -> None:
    assert not selectors.threats_unanswered(duty_manager.actor).exists()
    Release.objects.filter(pk=threat.pk).update(acknowledge_by=timezone.now() - timedelta(minutes=1))
    services.escalate_overdue()
    assert list(selectors.threats_unanswered(duty_manager.actor)) == [threat]
