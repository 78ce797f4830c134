"""Proposed for the day: anniversaries and birthdays, once, and never where somebody said no."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from appeals import days, services
from appeals.enums import AppealKind, AppealStatus, Origin
from appeals.models import Appeal, Content, Wording
from missingcases.models import Incident, MissingPerson
from tests.appeals import making
from tests.missingcases.making import located

pytestmark = pytest.mark.django_db

# Half past seven on a London summer morning: the anniversary is on the next day.
MORNING = datetime(2027, 6, 30, 6, 30, tzinfo=UTC)
DAY = date(2027, 7, 1)


def proposed() -> list[Appeal]:
    return list(Appeal.objects.filter(origin=Origin.PROPOSED).order_by("pk"))


def since(appeal: Appeal, day: date) -> None:
    Content.objects.filter(appeal=appeal).update(missing_since=day)


def born(appeal: Appeal, day: date) -> None:
    MissingPerson.objects.filter(pk=appeal.incident.person_id).update(date_of_birth=day)


@pytest.mark.parametrize(
    ("began", "day", "years"),
    [
        (date(2026, 7, 1), date(2027, 7, 1), 1),
        (date(2026, 7, 1), date(2026, 7, 1), 0),
        (date(2026, 7, 1), date(2027, 7, 2), 0),
        (date(2024, 2, 29), date(2025, 3, 1), 1),
        (date(2024, 2, 29), date(2028, 2, 29), 4),
        (date(2024, 2, 29), date(2028, 3, 1), 0),
        (date(2024, 2, 29), date(2025, 2, 28), 0),
        (date(2027, 7, 1), date(2026, 7, 1), 0),
    ],
)
def test_a_day_comes_round(began, day, years) -> None:
    assert days.comes_round(began, day) == years
    assert not years or (began.month, began.day) in days.days_of(day)


def test_the_day_before_from_seven_on_the_london_clock() -> None:
    # 06:59 and 07:00 of British Summer Time.
    assert days.to_propose(datetime(2027, 6, 30, 5, 59, tzinfo=UTC)) == [date(2027, 6, 30)]
    assert days.to_propose(datetime(2027, 6, 30, 6, 0, tzinfo=UTC)) == [date(2027, 6, 30), DAY]


def test_an_anniversary_is_a_draft_for_the_charity_and_never_comes_twice(desk, live) -> None:
    since(live, date(2026, 7, 1))
    assert services.propose_for_the_day(now=MORNING) == 1
    (draft,) = proposed()
    assert (draft.kind, draft.status) == (AppealKind.ANNIVERSARY, AppealStatus.REQUESTED)
    assert draft.requested_by_id is None
    assert Wording.objects.get(content__appeal=draft).headline == "Robin has been missing for a year"
    assert not Content.objects.get(appeal=draft).show_surname
    assert services.propose_for_the_day(now=MORNING) == 0
    # The day itself is no reason to propose it again, and the year after is another one.
    assert services.propose_for_the_day(now=MORNING + timedelta(days=1)) == 0
    assert services.propose_for_the_day(now=MORNING.replace(year=2028)) == 1
    assert services.take_up(actor=desk.publicity, appeal_id=draft.pk).status == AppealStatus.DRAFT


def test_what_was_missed_the_day_before_is_proposed_on_the_day(live) -> None:
    since(live, date(2026, 7, 1))
    assert services.propose_for_the_day(now=datetime(2027, 7, 1, 1, 0, tzinfo=UTC)) == 1


def test_a_birthday_is_named_for_an_adult_alone(live) -> None:
    born(live, date(1980, 7, 1))
    assert services.propose_for_the_day(now=MORNING) == 1
    (draft,) = proposed()
    assert draft.kind == AppealKind.BIRTHDAY
    assert Wording.objects.get(content__appeal=draft).headline == "Today is Robin's birthday"


def test_a_childs_birthday_is_not_told(live) -> None:
    born(live, date(2013, 7, 1))
    assert services.propose_for_the_day(now=MORNING) == 1
    (draft,) = proposed()
    assert Wording.objects.get(content__appeal=draft).headline == "We still hope to hear from Robin"


def test_an_appeal_that_was_never_shown_is_no_reason(appeal) -> None:
    since(appeal, date(2026, 7, 1))
    assert services.propose_for_the_day(now=MORNING) == 0
    Appeal.objects.filter(pk=appeal.pk).update(kind=AppealKind.LONG_TERM)
    assert services.propose_for_the_day(now=MORNING) == 1


def test_nothing_is_proposed_for_somebody_found(desk, live, incident) -> None:
    since(live, date(2026, 7, 1))
    located(desk.officer, incident)
    assert services.propose_for_the_day(now=MORNING) == 0


def test_nothing_is_proposed_for_an_imported_incident_on_hold(live, incident) -> None:
    since(live, date(2026, 7, 1))
    Incident.objects.filter(pk=incident.pk).update(starts_held=True)
    assert services.propose_for_the_day(now=MORNING) == 0


def test_nothing_is_proposed_where_somebody_said_no(desk, live) -> None:
    since(live, date(2026, 7, 1))
    services.record_view(
        actor=desk.officer, appeal_id=live.pk, party="family", stance="against", words="Please do not."
    )
    assert services.propose_for_the_day(now=MORNING) == 0


def test_nothing_is_proposed_after_consent_was_refused_or_the_appeal_vetoed(desk, live) -> None:
    since(live, date(2026, 7, 1))
    making.consented(desk.publicity, live, status="refused", covers_photo=False, covers_surname=False)
    assert services.propose_for_the_day(now=MORNING) == 0


def test_nothing_is_proposed_after_police_withdrew_it(desk, live) -> None:
    since(live, date(2026, 7, 1))
    services.withdraw_appeal(
        actor=desk.officer, appeal_id=live.pk, cause="police_veto", reason="It does harm."
    )
    assert services.propose_for_the_day(now=MORNING) == 0


def test_a_lapsed_appeal_still_has_its_anniversary(live) -> None:
    since(live, date(2026, 7, 1))
    services.lapse_due(now=timezone.now() + timedelta(days=29))
    assert services.propose_for_the_day(now=MORNING) == 1
