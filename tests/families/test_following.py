"""Follow-ups, signposts, and what the end of an incident means for the family."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from families.deadlines import check_holds_until, months_on, plan_from, words_of_step
from families.enums import CaseStatus, FollowUpStatus, Nation
from families.models import SupportCase
from families.services import cases, following, members, planning
from families.signposts import posts_of
from foundation.access import Refused
from foundation.exceptions import NotVisible
from foundation.states import IllegalMove
from missingcases.models import Incident
from tests.families.conftest import DAYTIME, share
from tests.textsafe.conftest import grade, locate

S = FollowUpStatus


def test_a_plan_has_its_hours_its_days_its_months_and_its_anniversaries() -> None:
    plan = dict(plan_from(DAYTIME, date(2026, 11, 20)))
    assert list(plan)[:6] == ["24_hours", "72_hours", "7_days", "14_days", "28_days", "2_months"]
    assert plan["24_hours"] == DAYTIME + timedelta(hours=24)
    assert plan["7_days"].isoformat() == "2026-11-30T10:00:00+00:00"
    assert plan["1_year"].isoformat() == "2027-11-20T10:00:00+00:00"
    # In summer ten in London is nine in UTC.
    assert plan["7_months"].isoformat() == "2027-06-23T09:00:00+00:00"
    assert len(plan) == 20


def test_anniversaries_gone_by_are_left_out() -> None:
    plan = dict(plan_from(DAYTIME, date(2023, 1, 5)))
    assert [step for step in plan if "year" in step] == ["4_years", "5_years"]
    assert "1_year" in dict(plan_from(DAYTIME, None))


def test_a_month_without_the_day_has_its_last() -> None:
    assert months_on(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_on(date(2026, 12, 31), 12) == date(2027, 12, 31)
    assert words_of_step("28_days") == "After 28 days"
    assert check_holds_until(DAYTIME) == DAYTIME + timedelta(hours=1)


@pytest.mark.parametrize("nation", Nation)
def test_every_nation_has_its_signposts(nation) -> None:
    days = {key: post.due_on(date(2020, 2, 29)) for key, post in posts_of(nation).items()}
    assert days.pop("presumption_of_death") == date(2027, 2, 28)
    assert list(days.values()) == [date(2020, 5, 29)]


@pytest.fixture
def linked(case, incident, family_worker, met_officer, charity) -> SupportCase:
    share(incident, met_officer, charity)
    return cases.link_incident(
        actor=family_worker.actor, case_id=case.pk, incident_reference=incident.reference
    )


@pytest.fixture
def planned(mother, family_worker) -> list:
    return planning.begin_plan(actor=family_worker.actor, member_id=mother.pk)


def standing(case) -> set[str]:
    return set(case.follow_ups.values_list("status", flat=True))


@pytest.mark.django_db
def test_a_plan_stops_at_their_wish_and_can_begin_anew(case, mother, planned, family_worker) -> None:
    given = {"actor": family_worker.actor}
    planning.follow_up_done(**given, follow_up_id=planned[0].pk)
    with pytest.raises(IllegalMove):
        planning.follow_up_done(**given, follow_up_id=planned[0].pk)
    planning.stop_plan(**given, member_id=mother.pk)
    assert standing(case) == {S.DONE, S.STOPPED}
    planning.begin_plan(**given, member_id=mother.pk)
    assert case.follow_ups.filter(status=S.PLANNED).count() == 19
    with pytest.raises(NotVisible):
        planning.follow_up_done(**given, follow_up_id=0)


@pytest.mark.django_db
def test_whoever_wishes_no_contact_is_not_planned_for(case, mother, planned, family_worker) -> None:
    details = members.MemberDetails(name="Ngozi", relationship="parent", contact_wish="no")
    mother.refresh_from_db()
    members.change_member(
        actor=family_worker.actor, member_id=mother.pk, version=mother.version, details=details
    )
    assert standing(case) == {S.STOPPED}
    with pytest.raises(Refused):
        planning.begin_plan(actor=family_worker.actor, member_id=mother.pk)


@pytest.mark.django_db
def test_signposts_follow_the_nation_and_stay_once_told(case, family_worker) -> None:
    told = planning.signpost_told(actor=family_worker.actor, signpost_id=case.signposts.first().pk)
    assert (told.key, told.told_by) == ("guardianship", family_worker.user)
    again = planning.signpost_told(actor=family_worker.actor, signpost_id=told.pk)
    assert again.told_at == told.told_at
    cases.change_case(
        actor=family_worker.actor, case_id=case.pk, version=case.version,
        details=cases.CaseDetails(about=case.about, missing_since=date(2026, 11, 1), nation="scotland"),
    )  # fmt: skip
    assert set(case.signposts.values_list("key", flat=True)) == {
        "guardianship", "judicial_factor", "presumption_of_death",
    }  # fmt: skip
    with pytest.raises(NotVisible):
        planning.signpost_told(actor=family_worker.actor, signpost_id=0)
    unknown = cases.open_case(actor=family_worker.actor, details=cases.CaseDetails(about="A friend"))
    assert not unknown.signposts.exists()


@pytest.mark.django_db
def test_a_finding_pauses_the_plans_in_the_same_commit(
    linked, planned, incident, met_supervisor, met_officer, family_worker
) -> None:
    grade(incident, met_supervisor.actor)
    locate(incident, met_officer.actor)
    linked.refresh_from_db()
    assert (linked.paused_at is not None, linked.status, standing(linked)) == (True, "open", {S.PAUSED})
    cases.go_on(actor=family_worker.actor, case_id=linked.pk)
    assert standing(linked) == {S.PLANNED}


@pytest.mark.django_db
def test_aftercare_begins_when_they_are_back_and_ends_when_they_are_missing_again(
    linked, planned, incident
) -> None:
    following.pause_for_stopped(incident_id=incident.pk, at=timezone.now())
    assert [following.begin_aftercare(incident_id=incident.pk) for _ in range(2)] == [1, 0]
    linked.refresh_from_db()
    assert (linked.status, linked.paused_at, standing(linked)) == ("aftercare", None, {S.PLANNED})
    following.go_on_for_reopened(incident_id=incident.pk)
    linked.refresh_from_db()
    assert linked.status == CaseStatus.OPEN
    following.pause_for_stopped(incident_id=incident.pk, at=timezone.now())
    following.go_on_for_reopened(incident_id=incident.pk)
    assert standing(linked) == {S.PLANNED}


@pytest.mark.django_db
def test_after_a_death_only_a_person_begins_aftercare(linked, planned, incident, family_worker) -> None:
    following.pause_for_stopped(incident_id=incident.pk, at=timezone.now())
    # As if it had been recorded: the whole way to it is long, and what counts here is how it ended.
    Incident.objects.filter(pk=incident.pk).update(
        status="located", located_at=timezone.now(), outcome="located_deceased"
    )
    assert following.begin_aftercare(incident_id=incident.pk) == 0
    assert standing(linked) == {S.PAUSED}
    cases.begin_aftercare(actor=family_worker.actor, case_id=linked.pk)
    assert standing(linked) == {S.PLANNED}
