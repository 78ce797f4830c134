"""Who may know: hits, cases and reviews are those that the reader, and both readers, may see now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.accounts.models import Membership
from foundation.exceptions import NotVisible
from missingcases import services as missing_services
from missingcases.enums import Audience
from missingcases.models import AudienceRow
from reports.cohorts import selectors, services, tables
from reports.cohorts.forms.plans import PlanForm
from reports.cohorts.models import Review
from reports.cohorts.selectors.searching import hits_of
from tests.cast import member
from tests.missingcases_pages import world
from tests.reports.cohorts import making

pytestmark = pytest.mark.django_db


def hits(who, review, incident) -> list[str]:
    found = hits_of(who.actor, incident, list(review.lists.select_related("concept_list")))
    return [piece.words for one in found for passage in one.passages for piece in passage.pieces if piece.hit]


def test_a_hit_is_of_a_note_that_the_reader_may_read(
    met_officer, met_coordinator, met_inspector, caseworker, charity
) -> None:
    incident = making.child(met_officer, "gang seen by all who own it")
    world.released(incident, met_officer.actor, charity.pk)
    making.note(
        met_officer, incident, "gang for named", audience="named", named_user_ids=[met_inspector.user.pk]
    )
    making.note(caseworker, incident, "gang for the charity", audience=Audience.CHARITY)
    review = making.begun(met_coordinator, met_inspector)
    assert len(hits(met_coordinator, review, incident)) == 1
    assert len(hits(met_inspector, review, incident)) == 2
    assert hits(caseworker, review, incident) == ["gang"]


def test_sight_that_is_withdrawn_takes_hits_cases_and_counts_away(
    review, met_coordinator, met_inspector
) -> None:
    answers = [("present", "absent"), ("absent", "absent"), ("absent", "absent")]
    making.finished(met_coordinator, review, answers)
    done = making.finished(met_inspector, review, answers)
    case = selectors.case_numbered(met_coordinator.actor, done, 1)
    rows = AudienceRow.objects.filter(incident_id=case.incident_id)
    rows.update(revoked_at=timezone.now())
    done = Review.objects.get()
    for who in (met_coordinator, met_inspector):
        with pytest.raises(NotVisible):
            selectors.case_numbered(who.actor, done, 1)
        assert hits(who, done, case.incident) == []
        assert {key[0] for key in selectors.pairs_of(who.actor, done)}.isdisjoint({case.pk})
    assert selectors.progress_of(met_coordinator.actor, done).left_out == 1


def test_a_case_that_one_reader_may_not_see_is_nobodys(met_officer, met_coordinator, met_inspector) -> None:
    open_to_all, restricted = making.child(met_officer, "gang"), making.child(met_officer, "gang")
    review = making.begun(met_coordinator, met_inspector)
    number = dict(review.cases.values_list("incident_id", "number"))
    AudienceRow.objects.filter(incident=restricted).update(revoked_at=timezone.now())
    world_row = AudienceRow.objects.filter(incident=restricted)[0]
    AudienceRow.objects.create(
        incident=restricted,
        kind="named",
        principal=f"u:{met_inspector.user.pk}@{met_inspector.organisation.pk}",
        organisation=met_inspector.organisation,
        user=met_inspector.user,
        status=world_row.status,
        is_open=True,
        risk_rank=2,
        reported_at=world_row.reported_at,
        updated_at=world_row.updated_at,
        change=world_row.change + 1,
        change_xid=world_row.change_xid,
    )
    for who in (met_coordinator, met_inspector):
        assert [case.incident_id for case in selectors.cases_of(who.actor, review)] == [open_to_all.pk]
        with pytest.raises(NotVisible):
            making.said(who, review, number[restricted.pk], {}, memo="x")


def test_a_reader_who_lost_their_role_leaves_nothing_to_read(review, met_coordinator, met_inspector) -> None:
    Membership.objects.filter(user=met_inspector.user).update(ended_at=timezone.now())
    assert selectors.progress_of(met_coordinator.actor, review).total == 0
    with pytest.raises(NotVisible):
        selectors.review_named(met_inspector.actor, review.reference)


def test_nobody_beside_its_people_knows_of_a_review(
    review, met, met_officer, met_supervisor, kent_officer, duty_manager, auditor
) -> None:
    other = member("coordinator2@met.example", "Noor Haddad", met, Role.POLICE_COORDINATOR)
    for who in (met_officer, met_supervisor, kent_officer, duty_manager, auditor, other):
        assert not selectors.reviews_visible_to(who.actor).exists()
        with pytest.raises(NotVisible):
            selectors.review_named(who.actor, review.reference)
        with pytest.raises((NotVisible, Refused)):
            making.said(who, review, 1, {}, memo="x")
    for who in (met_officer, kent_officer, duty_manager, auditor):
        assert not selectors.lists_visible_to(who.actor).filter(organisation=met).exists()
        assert not selectors.books_visible_to(who.actor).filter(organisation=met).exists()


def test_a_force_chooses_among_its_own_and_only_what_the_lead_sees(
    met_officer, met_coordinator, kent_officer
) -> None:
    mine, hidden = making.child(met_officer), making.child(met_officer)
    making.child(kent_officer)
    AudienceRow.objects.filter(incident=hidden).update(revoked_at=timezone.now())
    found = selectors.matching(met_coordinator.actor, making.chosen(), ())
    assert [row.pk for row in found] == [mine.pk]


def test_the_charity_chooses_by_what_was_released_to_it_and_by_nothing_of_the_record(
    met_officer, met, charity, duty_manager, caseworker
) -> None:
    told, untold = making.child(met_officer, "gang"), making.child(met_officer, "gang")
    world.released(told, met_officer.actor, charity.pk)
    making.note(caseworker, told, "Talked of a gang", audience=Audience.CHARITY)
    for given in ({}, {"force_id": met.pk}, {"age": "adult"}, {"flags": ("gang",)}, {"looked_after": "yes"}):
        assert [row.pk for row in selectors.matching(duty_manager.actor, making.chosen(**given), ())] == [
            told.pk
        ]
    today = timezone.localdate()
    earlier = making.chosen(since=today - timedelta(days=9), until=today - timedelta(days=2))
    assert not selectors.matching(duty_manager.actor, earlier, ()).exists()
    plan = making.plan(duty_manager, caseworker, chosen=making.chosen(age="", mentioned=True))
    review = services.set_up(actor=duty_manager.actor, plan=plan)
    review = services.begin(actor=duty_manager.actor, review_id=review.pk, version=review.version)
    assert [case.incident_id for case in selectors.cases_of(caseworker.actor, review)] == [told.pk]
    assert untold.pk not in review.cases.values_list("incident_id", flat=True)


def test_the_charity_is_not_told_which_incidents_are_of_one_person(
    met_officer, met_coordinator, duty_manager, caseworker, charity
) -> None:
    first = making.child(met_officer)
    second = making.child(met_officer, person_reference=first.person.reference)
    for incident in (first, second, making.child(met_officer)):
        world.released(incident, met_officer.actor, charity.pk)
    often = making.chosen(age="", incidents_at_least=2)
    assert "incidents_at_least" not in PlanForm(actor=duty_manager.actor).fields
    assert "incidents_at_least" in PlanForm(actor=met_coordinator.actor).fields
    assert selectors.matching(duty_manager.actor, often, ()).count() == 3
    plan = making.plan(duty_manager, caseworker, chosen=often)
    review = services.set_up(actor=duty_manager.actor, plan=plan)
    review = services.begin(actor=duty_manager.actor, review_id=review.pk, version=review.version)
    assert (review.taken, review.people) == (3, None)
    themes = selectors.themes_of(review)
    pairs = {(case.pk, one.pk): ("present", "present") for case in review.cases.all() for one in themes}
    assert selectors.counted(review, pairs)[0].people is None
    for table in (tables.counts_table(review, pairs), tables.cases_table(review, pairs, with_reasons=False)):
        assert not {"Person", "People with it"} & set(table.headings)
        assert first.person.reference not in [cell for row in table.rows for cell in row]
    assert "People in the list" not in [line[0] for line in tables.about(review, now=timezone.now())]


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        ({}, 3),
        ({"age": "young"}, 0),
        ({"age": "teen"}, 3),
        ({"looked_after": "yes"}, 1),
        ({"incidents_at_least": 2}, 2),
        ({"outcomes": ("located_alive",)}, 0),
        ({"flags": ("gang",)}, 0),
    ],
)
def test_a_cohort_is_narrowed_by_each_answer(met_officer, met_coordinator, given, counts) -> None:
    first = making.child(met_officer)
    making.child(met_officer, person_reference=first.person.reference)
    making.child(met_officer, looked_after="yes")
    assert selectors.matching(met_coordinator.actor, making.chosen(**given), ()).count() == counts


def test_what_was_cancelled_is_no_case(met_officer, met_supervisor, met_coordinator) -> None:
    kept = making.child(met_officer)
    duplicate = making.child(met_officer, person_reference=kept.person.reference)
    missing_services.cancel_incident(
        actor=met_supervisor.actor,
        incident_id=duplicate.pk,
        cause="duplicate",
        reason="Reported twice.",
        duplicate_of=kept.reference,
    )
    assert [row.pk for row in selectors.matching(met_coordinator.actor, making.chosen(), ())] == [kept.pk]
    often = making.chosen(incidents_at_least=2)
    assert not selectors.matching(met_coordinator.actor, often, ()).exists()
