"""What each reader is told of the numbers of the partnership report."""

from __future__ import annotations

import pytest
from django.utils import timezone

from foundation.places.models import Area
from foundation.tables import Hidden
from reports.figures.asked import asked_for
from reports.figures.catalogue import FIGURES
from reports.figures.protecting import told
from reports.figures.report import report_for
from reports.figures.tabling import value
from reports.rules import Rules, rules_for, to_nearest
from tests.missingcases import making
from tests.reports.figures.conftest import YEAR, figure_rows


def test_a_small_number_by_flag_or_origin_does_not_follow_from_the_rest() -> None:
    counted = {("textsafe_sent",): 40, ("textsafe_sent", "officer"): 28, ("textsafe_sent", "system"): 12}
    counted |= {("textsafe_sent", "automation"): 0, ("people_flagged", "cse"): 12, ("incidents", "all"): 90}
    counted |= {("people_flagged", "cse", "child"): 10, ("people_flagged", "cse", "adult"): 2}
    counted |= {("flags", "trafficking", "all"): 20, ("flags", "trafficking", "child"): 20}
    counted |= {("incidents_of_trafficked_children_in_care",): 18, ("trafficked_elsewhere",): 2}
    found = told(counted, Rules(records=5, confidential=10, tells_confidential=True))
    texts = {key for key in counted if key[0] == "textsafe_sent"}
    assert len({key for key in texts if isinstance(found[key], Hidden)}) > 1
    people = (("people_flagged", "cse"), ("people_flagged", "cse", "child"))
    assert any(isinstance(found[key], Hidden) for key in people)
    trafficked = (("flags", "trafficking", "all"), ("incidents_of_trafficked_children_in_care",))
    assert any(isinstance(found[key], Hidden) for key in trafficked)


def test_a_force_is_told_its_own_numbers_however_small(six, coordinator, kent_coordinator) -> None:
    own = figure_rows(coordinator.actor)
    assert own["Missing incidents: all"] == 6
    assert own["Missing incidents: adults"] == 1
    assert own["Individuals: all"] == 6
    other = figure_rows(kent_coordinator.actor)
    assert other["Missing incidents: all"] == 0


def test_others_are_told_no_small_number_nor_what_gives_one_away(
    six, charity_manager, national_officer
) -> None:
    for reader in (charity_manager, national_officer):
        seen = figure_rows(reader.actor, {"force": "metropolitan"})
        assert seen["Missing incidents: all"] == 6
        assert isinstance(seen["Missing incidents: adults"], Hidden)
        assert isinstance(seen["Missing incidents: children (under 18)"], Hidden)


def test_what_is_taken_up_in_confidence_is_told_to_a_force_by_years_and_above_ten_alone(met) -> None:
    counted = {("family_members",): 9, ("textsafe_sent",): 12, ("interviews", "owed"): 40}
    counted |= {("interviews", "offered"): 38, ("not_offered",): 2, ("incidents", "all"): 1}
    year = told(counted, Rules(records=0, confidential=10, tells_confidential=True))
    assert year["family_members",] == Hidden(10)
    assert year["textsafe_sent",] == 12
    assert isinstance(year["interviews", "offered"], Hidden) or isinstance(year["interviews", "owed"], Hidden)
    month = told(counted, Rules(records=0, confidential=10, tells_confidential=False))
    assert {month["family_members",], month["textsafe_sent",]} == {None}
    assert month["incidents", "all"] == 1


def test_the_charity_is_told_its_own_numbers_and_no_small_one_of_police_records():
    counted = {("interviews", "owed"): 3, ("interviews", "offered"): 2, ("interviews", "accepted"): 1}
    counted |= {("not_offered",): 1, ("not_accepted",): 1, ("interviews", "in_time"): 1, ("late",): 2}
    counted |= {("closures", "all"): 8, ("closures", "supported"): 6, ("closures", "alone"): 2}
    counted |= {("together",): 2, ("together", "textsafe"): 6}
    seen = told(counted, Rules(records=5, confidential=0, tells_confidential=True))
    hidden = {("interviews", "owed"), ("closures", "all"), ("closures", "alone")}
    assert hidden <= {key for key, count in seen.items() if isinstance(count, Hidden)}
    assert (seen["interviews", "offered"], seen["closures", "supported"]) == (2, 6)
    # Held in time the force reads on its records: 25 offered beside 20 would tell of those who would not.
    many = {("interviews", "owed"): 40, ("interviews", "offered"): 25, ("interviews", "in_time"): 20}
    many |= {("not_offered",): 15, ("late",): 20, ("not_held",): 5}
    seen_by_force = told(many, Rules(records=0, confidential=10, tells_confidential=True))
    assert isinstance(seen_by_force["interviews", "offered"], Hidden)
    assert (seen_by_force["interviews", "owed"], seen_by_force["interviews", "in_time"]) == (40, 20)
    owed = next(one for one in FIGURES if one.key == "interviews").parts[1]
    assert value(seen, owed) == 2, "a share of what is hidden is none"
    force = told(counted, Rules(records=0, confidential=10, tells_confidential=True))
    assert all(isinstance(count, Hidden) for count in force.values())


def test_the_rules_of_each_reader(coordinator, charity_manager, national_officer) -> None:
    def rules(member, code, force=None):
        query = {"period": code} | ({"force": force.code} if force else {})
        asked = asked_for(member.actor, query, today=timezone.localdate())
        return rules_for(member.actor, asked.scope, asked.period)

    this = timezone.localdate().year
    assert rules(coordinator, "2024") == Rules(0, 10, True)
    # Two looks at a year that runs, one before and one after a closure, tell what that one had.
    assert not rules(coordinator, f"{this}").tells_confidential
    assert rules(coordinator, "2025Q1") == Rules(0, 10, False)
    assert rules(national_officer, "FY2023") == Rules(5, 10, True, 5, 10)
    assert rules(national_officer, "FY2023", coordinator.organisation) == Rules(5, 10, True)
    assert rules(national_officer, "2025-01-02..2025-12-31") == Rules(5, 10, False, 5, 10)
    assert rules(charity_manager, "2025", coordinator.organisation) == Rules(5, 0, True)
    assert rules(charity_manager, "2025") == rules(charity_manager, "2025-03") == Rules(5, 0, True, 5)


def test_others_are_told_of_areas_and_parts_of_a_year_to_the_nearest_five(
    met_officer, met, coordinator, charity_manager, national_officer
) -> None:
    area = Area.objects.get(code="met-central-south")
    for _ in range(7):
        making.report(met_officer.actor, date_of_birth=making.child_born(), last_seen_area_id=area.pk)
    month = f"{timezone.localdate():%Y-%m}"
    own = figure_rows(coordinator.actor, {"period": month})
    assert own["Missing incidents: all"] == own["Individuals: all"] == 7
    for reader in (charity_manager, national_officer):
        for part in ({"period": month}, {"area": area.code}):
            seen = figure_rows(reader.actor, {"force": met.code} | part)
            assert (seen["Missing incidents: all"], seen["Repeat incidents"]) == (5, "0 of 5 (0.0%)")
        assert figure_rows(reader.actor, {"force": met.code})["Missing incidents: all"] == 7
        asked = asked_for(reader.actor, {"period": YEAR.code, "force": met.code}, today=timezone.localdate())
        (chart,) = (one for one in report_for(reader.actor, asked).charts if one.key == "months")
        assert set(chart.series[0].values) == {0, 5}
        assert any("to the nearest 5" in line for line in report_for(reader.actor, asked).lines)


def test_of_all_forces_others_are_told_no_number_from_which_that_of_one_is_worked_out(
    met_officer, kent_officer, met, charity_manager, national_officer
) -> None:
    for _ in range(7):
        making.report(met_officer.actor, date_of_birth=making.child_born())
    making.report(kent_officer.actor, date_of_birth=making.child_born())
    for reader in (charity_manager, national_officer):
        every = figure_rows(reader.actor)
        assert (every["Missing incidents: all"], every["Repeat incidents"]) == (10, "0 of 10 (0.0%)")
        assert figure_rows(reader.actor, {"force": met.code})["Missing incidents: all"] == 7
    confidential = {("family_members",): 27, ("incidents", "all"): 90, ("incidents", "child"): 83}
    found = told(confidential, Rules(5, 10, True, 5, 10))
    assert (found["family_members",], found["incidents", "child"]) == (30, 85)


@pytest.mark.parametrize(("count", "said"), [(0, 0), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15)])
def test_the_nearest_five(count, said) -> None:
    assert (to_nearest(count, 5), to_nearest(count, 1)) == (said, count)
