"""The windows, read from the records."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from foundation.accounts.models import Organisation
from foundation.places.models import Area
from missingcases.models import Address, SchemePeriod
from reports.before_after.enums import Against, Excluded
from reports.before_after.selectors import Cohort, Question, cohort
from tests.cast import Member
from tests.reports.before_after.making import BACK, child, gone, owed


def asked(force: Member | None = None, against: str = Against.ELSEWHERE) -> Cohort:
    """Of the returns of the month around `BACK`."""
    month = timedelta(days=15)
    force_id = force.organisation.pk if force is not None else None
    return cohort(Question(BACK - month, BACK + month, against, timezone.now(), force_id))


def test_windows_leave_out_the_referral_and_count_days_at_risk(
    met_officer: Member, duty_manager: Member
) -> None:
    girl = child(met_officer)
    for days, hours in ((-400, 9), (-100, 9), (-91, 9), (-80, 48), (-10, 24)):
        gone(girl, BACK + timedelta(days=days), hours=hours)
    owed(gone(girl, BACK, hours=6), duty_manager)
    gone(girl, BACK + timedelta(days=5), hours=72)
    gone(
        girl, BACK + timedelta(days=80), status="cancelled", outcome="cancelled", cancel_reason="not_missing"
    )
    gone(girl, BACK + timedelta(days=95))
    (row,) = asked(met_officer).rows
    assert (row.offered, row.before, row.after, row.earlier) == (True, 2, 1, 2)
    assert round(row.before_days, 3) == 90 - 3
    assert round(row.after_days, 3) == 90 - 3
    assert row.alike == ("14-15", "female", False, "medium", "app_current", "2", True)


def test_custody_coming_of_age_and_another_force_end_the_risk(
    met_officer: Member, kent: Organisation, duty_manager: Member
) -> None:
    area = Area.objects.filter(kind="force").exclude(pk=met_officer.organisation.area_id).first()
    assert area is not None
    nearly = (BACK + timedelta(days=30)).date()
    grown = child(met_officer, date_of_birth=nearly.replace(year=nearly.year - 18))
    owed(gone(grown, BACK, age_at_report=17), duty_manager)
    gone(grown, BACK + timedelta(days=40))
    held = child(met_officer)
    owed(gone(held, BACK), duty_manager)
    gone(held, BACK + timedelta(days=10, hours=12), outcome="located_custody", returned_at=None)
    moved = child(met_officer)
    owed(gone(moved, BACK), duty_manager)
    Address.objects.create(
        person=moved, text="Away", area=area, kind="care_placement",
        lived_from=(BACK + timedelta(days=60)).date(),
    )  # fmt: skip
    for days in (20, 70):
        gone(moved, BACK + timedelta(days=days))
    came = child(met_officer)
    Address.objects.create(
        person=came, text="Away", area=area, kind="home", lived_from=(BACK - timedelta(days=400)).date(),
        lived_until=(BACK - timedelta(days=10)).date(),
    )  # fmt: skip
    for days in (-20, -5):
        gone(came, BACK + timedelta(days=days))
    owed(gone(came, BACK), duty_manager)
    found = {row.child: row for row in asked(met_officer).rows}
    assert (found[grown.pk].after, round(found[grown.pk].after_days)) in {(0, 29), (0, 30)}
    assert (found[held.pk].after, round(found[held.pk].after_days)) == (1, 10)
    # What is reported on a day not at risk is no incident of the window either.
    assert (found[moved.pk].after, round(found[moved.pk].after_days)) in {(1, 58), (1, 59), (1, 60)}
    assert (found[came.pk].before, round(found[came.pk].before_days)) in {(1, 9), (1, 10)}


def test_a_child_counts_once_and_by_intention(met_officer: Member, duty_manager: Member) -> None:
    girl = child(met_officer)
    owed(gone(girl, BACK), duty_manager, status="withdrawn", ended_by="person")
    owed(gone(girl, BACK + timedelta(days=3)), duty_manager)
    taken_back = child(met_officer)
    owed(gone(taken_back, BACK), duty_manager, status="withdrawn", ended_by="finding_taken_back")
    found = asked(met_officer)
    assert found.intended == 1
    assert [(row.child, row.after) for row in found.rows] == [(girl.pk, 1)]


def test_whoever_is_left_out_is_told_with_the_reason(
    met_officer: Member, kent_officer: Member, duty_manager: Member
) -> None:
    owed(gone(child(met_officer), BACK), duty_manager, origin="hand")
    owed(gone(child(met_officer), BACK, age_at_report=None), duty_manager)
    before = child(met_officer)
    owed(gone(before, BACK - timedelta(days=100)), duty_manager)
    owed(gone(before, BACK), duty_manager)
    SchemePeriod.objects.create(
        organisation=kent_officer.organisation, scheme="app_current", starts_on=(BACK + timedelta(1)).date()
    )
    owed(gone(child(kent_officer), BACK), duty_manager)
    found = asked()
    assert found.rows == ()
    assert found.excluded == {
        Excluded.BY_HAND: 1, Excluded.NOT_A_CHILD: 1, Excluded.OFFERED_BEFORE: 1, Excluded.SCHEME_CHANGED: 1,
    }  # fmt: skip


def test_comparators_come_from_where_nothing_is_offered(
    met_officer: Member, kent_officer: Member, duty_manager: Member
) -> None:
    owed(gone(child(met_officer), BACK), duty_manager)
    gone(child(met_officer), BACK)  # the Met offers: whom it passes over is chosen somehow
    other = child(kent_officer)
    first = gone(other, BACK)
    gone(other, BACK + timedelta(days=4))  # another history (missing lately): a row of its own
    gone(child(kent_officer), BACK, age_at_report=19)
    gone(child(kent_officer), BACK + timedelta(days=40))  # another month
    compared = [row for row in asked(met_officer).rows if not row.offered]
    assert [(row.child, row.before) for row in compared] == [(other.pk, 0), (other.pk, 1)]
    # By hand, and only after a return that followed: who is missing again is not left out for it.
    later = owed(gone(other, BACK + timedelta(days=30)), duty_manager, origin="hand")
    compared = [row.child for row in asked(met_officer).rows if not row.offered]
    assert compared == [other.pk, other.pk]
    later.delete()
    before = owed(gone(other, BACK - timedelta(days=60)), duty_manager, origin="hand")
    assert not [row for row in asked(met_officer).rows if not row.offered]
    before.delete()
    owed(first, duty_manager)
    assert not [row for row in asked(met_officer).rows if not row.offered]


def test_earlier_children_of_the_place_end_before_it_was_offered(
    met_officer: Member, duty_manager: Member
) -> None:
    owed(gone(child(met_officer), BACK), duty_manager)
    long_ago = child(met_officer)
    gone(long_ago, BACK - timedelta(days=200))
    gone(child(met_officer), BACK - timedelta(days=40))  # its window reaches into the offer
    compared = [row.child for row in asked(met_officer, Against.EARLIER).rows if not row.offered]
    assert compared == [long_ago.pk]
