"""The review clocks of domain.md section 1: what starts them, what follows, what lateness does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.exceptions import Invalid
from missingcases import selectors, services
from missingcases.models import Incident, ReviewClock
from tests.missingcases import making

pytestmark = pytest.mark.django_db
H = timedelta(hours=1)


def due(incident: Incident) -> dict[str, datetime]:
    return dict(selectors.clocks_of(incident).values_list("kind", "due_at"))


def hold(actor, incident: Incident, kind: str, **given: object) -> ReviewClock:
    clock = selectors.clocks_of(incident).get(kind=kind)
    return services.complete_review(
        actor=actor, incident_id=incident.pk, clock_id=clock.pk, findings="Nothing new.", **given
    )


def near(moment: datetime, other: datetime) -> bool:
    return abs(moment - other) < timedelta(minutes=1)


@pytest.fixture
def child(met_officer) -> Incident:
    return making.report(met_officer.actor, date_of_birth=making.child_born())


@pytest.fixture
def adult(met_officer) -> Incident:
    return making.report(met_officer.actor, date_of_birth=making.ADULT)


@pytest.mark.parametrize(
    ("level", "clocks"),
    [("low", {"low": 24}), ("medium", {"supervisor": 4}), ("high", {"supervisor": 1, "inspector": 2})],
)
def test_each_level_has_its_clocks_beside_the_fixed_ones(
    level: str, clocks: dict[str, int], adult, met_supervisor
) -> None:
    making.missing(met_supervisor.actor, adult, level)
    now, running = timezone.now(), due(adult)
    assert set(running) == {*clocks, "other_forces", "ukmpu", "day_28"}
    assert all(near(running[kind], now + hours * H) for kind, hours in clocks.items())
    assert near(running["other_forces"], adult.reported_at + 48 * H)
    assert near(running["ukmpu"], adult.reported_at + 72 * H)


def test_an_absence_waits_two_hours_for_a_child_and_six_for_an_adult(child, adult, met_supervisor) -> None:
    for incident, hours in ((child, 2), (adult, 6)):
        making.absent(met_supervisor.actor, incident)
        assert near(due(incident)["absent"], timezone.now() + hours * H)


def test_never_past_the_time_agreed_neither_at_first_nor_after_a_review(adult, met_supervisor) -> None:
    agreed = timezone.now() + 3 * H
    making.absent(met_supervisor.actor, adult, review_agreed_at=agreed)
    assert due(adult)["absent"] == agreed
    sooner = timezone.now() + 2 * H
    hold(met_supervisor.actor, adult, "absent", review_agreed_at=sooner)
    assert due(adult)["absent"] == sooner


def test_the_time_agreed_is_changed_by_a_review_alone(adult, met_officer, met_supervisor) -> None:
    making.absent(met_supervisor.actor, adult)
    with pytest.raises(Invalid):
        services.edit_incident(
            actor=met_officer.actor,
            incident_id=adult.pk,
            version=Incident.objects.get(pk=adult.pk).version,
            changes={"review_agreed_at": timezone.now() + 20 * H},
        )
    with pytest.raises(Invalid):
        hold(met_supervisor.actor, adult, "absent", review_agreed_at=timezone.now() - H)


def test_a_missing_person_has_no_time_agreed(adult, met_supervisor) -> None:
    making.missing(met_supervisor.actor, adult)
    with pytest.raises(Invalid):
        hold(met_supervisor.actor, adult, "supervisor", review_agreed_at=timezone.now() + H)


def test_an_adult_who_turns_out_to_be_a_child_is_looked_at_sooner(met_officer, met_supervisor) -> None:
    thought = making.report(met_officer.actor, estimated_age=19)
    making.absent(met_supervisor.actor, thought)
    services.edit_person(
        actor=met_officer.actor,
        incident_id=thought.pk,
        version=thought.person.version,
        changes={"estimated_age": 15},
    )
    assert near(due(thought)["absent"], timezone.now() + 2 * H)


def test_after_the_first_look_comes_every_shift(adult, met_supervisor, met_inspector) -> None:
    making.missing(met_supervisor.actor, adult, "high")
    with pytest.raises(Refused):
        hold(met_supervisor.actor, adult, "inspector")
    hold(met_inspector.actor, adult, "inspector")
    hold(met_supervisor.actor, adult, "supervisor")
    assert near(due(adult)["shift"], timezone.now() + 8 * H)


def test_a_new_grading_stops_the_clocks_of_the_old(adult, met_supervisor) -> None:
    making.missing(met_supervisor.actor, adult, "high")
    making.missing(met_supervisor.actor, adult, "low")
    assert set(due(adult)) == {"low", "other_forces", "ukmpu", "day_28"}


def test_long_term_reviews_follow_each_other_and_shifts_end(
    adult, met_supervisor, met_inspector, met_superintendent
) -> None:
    Incident.objects.filter(pk=adult.pk).update(reported_at=timezone.now() - timedelta(days=40))
    adult.refresh_from_db()
    making.missing(met_supervisor.actor, adult)
    with pytest.raises(Refused):
        services.make_long_term(actor=met_superintendent.actor, incident_id=adult.pk, reason="Long.")
    hold(met_inspector.actor, adult, "day_28")
    services.make_long_term(actor=met_superintendent.actor, incident_id=adult.pk, reason="Long.")
    assert {"supervisor", "shift"}.isdisjoint(due(adult))
    for kind in ("month_3", "month_6", "month_12", "yearly", "yearly"):
        hold(met_inspector.actor, adult, kind)


def test_significant_information_is_reviewed_at_once(adult, met_officer, met_supervisor) -> None:
    making.missing(met_supervisor.actor, adult)
    services.add_note(
        actor=met_officer.actor, incident_id=adult.pk, text="Seen.", audience="owner", is_significant=True
    )
    assert due(adult)["significant"] <= timezone.now()


def test_every_way_out_stops_the_clocks(adult, child, met_officer, met_supervisor) -> None:
    for incident in (adult, child):
        making.missing(met_supervisor.actor, incident)
    making.located(met_officer.actor, adult)
    services.cancel_incident(
        actor=met_supervisor.actor,
        incident_id=child.pk,
        cause="duplicate",
        reason="The same boy.",
        duplicate_of=adult.reference,
    )
    assert due(adult) == due(child) == {}


def test_a_missed_review_of_an_absence_is_told_once_and_asks_for_a_grading(adult, met_supervisor) -> None:
    making.absent(met_supervisor.actor, adult)
    selectors.clocks_of(adult).update(due_at=timezone.now() - timedelta(minutes=1))
    assert (services.escalate_overdue(), services.escalate_overdue()) == (1, 0)
    assert adult.actions.filter(kind="grade_again").exists()
    told = selectors.timeline_for(met_supervisor.actor, adult, kinds=("review",))
    assert [entry.summary for entry in told] == ["Review not held in time: Review of absence"]


def test_what_is_overdue_is_found(adult, met_supervisor) -> None:
    making.missing(met_supervisor.actor, adult)
    late = selectors.Filters(overdue=True)
    assert not selectors.narrowed(met_supervisor.actor, late).exists()
    selectors.clocks_of(adult).filter(kind="supervisor").update(due_at=timezone.now() - H)
    assert list(selectors.narrowed(met_supervisor.actor, late)) == [adult]
    assert selectors.reviews_due(met_supervisor.actor).first().kind == "supervisor"
