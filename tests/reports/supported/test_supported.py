"""Closures supported: each incident once, each service by its definition, and money as a range."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

from appeals.models import Appeal
from foundation.access import Refused
from foundation.clock import in_london
from foundation.exceptions import Invalid
from foundation.tables import Hidden
from missingcases.models import Incident, Release
from partners.models import Referral
from reports.periods import Period, calendar_year, month
from reports.rules import NOT_TOLD, Rules
from reports.scope import Scope
from reports.supported import services
from reports.supported.counting import Closures, closures
from reports.supported.models import IncidentCost
from reports.supported.protecting import CLOSED, NOTHING, SUPPORTED, away
from reports.supported.report import rounded, supported
from reports.supported.selectors import cost_for
from tests.cast import Member
from tests.missingcases.making import standing_in
from tests.partners import making
from textsafe.models import Request

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
EVERYTHING = Rules(0, 0, tells_confidential=True)
OF_THE_CHARITY = Rules(5, 0, tells_confidential=True)
OF_A_FORCE = Rules(0, 10, tells_confidential=True)
OF_THE_UNIT = Rules(5, 10, tells_confidential=True)
GIVEN = {
    "least_pounds": 1000,
    "most_pounds": 2400,
    "price_year": 2015,
    "source": "A study, 2012",
    "covers": "Officers' time",
}


@pytest.fixture
def closed_at() -> datetime:
    """The middle of last month."""
    first = in_london(timezone.now()).replace(day=1, hour=12)
    return first - timedelta(days=15)


@pytest.fixture
def last_month(closed_at) -> Period:
    return month(closed_at.year, closed_at.month)


@pytest.fixture
def make(met, charity, met_officer, closed_at):
    """An incident of the Met closed last month, with services so many hours before it was located."""

    def _make(*, textsafe: float | None = None, appeal: float | None = None, **given: Any) -> Incident:
        located = closed_at - 5 * HOUR
        values = {"reported_at": located - 48 * HOUR, "located_at": located, "closed_at": closed_at} | given
        incident = standing_in("closed", met.pk, **values)
        if textsafe is not None:
            at = located - textsafe * HOUR
            Request.objects.create(
                incident=incident, organisation=met, charity=charity, origin="automation", requested_at=at,
                number_kind="mobile", is_foreign=False, not_before=at, closes_at=at + HOUR, sent_at=at,
                status="sent",
            )  # fmt: skip
        if appeal is not None:
            Appeal.objects.create(
                incident=incident, organisation=met, charity=charity, origin="police", requested_at=located,
                request_reason="No lead.", first_live_at=located - appeal * HOUR,
            )  # fmt: skip
        return incident

    return _make


def test_an_incident_with_two_services_counts_once_and_stands_in_both_rows(make, met, last_month):
    make(textsafe=2, appeal=1)
    make(textsafe=3)
    make()
    found = closures(Scope(met.pk), last_month)
    assert (found.closed, found.supported) == (3, 2)
    assert (found.with_service("textsafe"), found.with_service("appeal")) == (2, 1)
    assert [found.with_number(number) for number in (0, 1, 2)] == [1, 1, 1]
    shown = supported(Scope(met.pk), last_month, cost=None, rules=EVERYTHING)
    assert shown.tables[0].rows[:2] == (("TextSafe", 2, 66.7), ("Appeal", 1, 33.3))
    assert shown.tables[2].rows == (("TextSafe", 1), ("TextSafe and Appeal", 1))
    assert shown.share == 66.7


def test_what_came_after_the_person_was_found_or_belongs_to_another_month_does_not_count(
    make, met, kent, last_month, closed_at
):
    make(textsafe=-1)
    make(appeal=2, closed_at=closed_at - timedelta(days=40), located_at=closed_at - timedelta(days=41))
    incident = make(textsafe=1)
    assert closures(Scope(met.pk), last_month).supported == 1
    # A transfer moves it everywhere; a closure that is taken back was none.
    Incident.objects.filter(pk=incident.pk).update(owner=kent)
    assert closures(Scope(met.pk), last_month).supported == 0
    assert closures(Scope(kent.pk), last_month).supported == closures(Scope(), last_month).supported == 1
    Incident.objects.filter(pk=incident.pk).update(status="reopened", outcome="", located_at=None)
    assert closures(Scope(), last_month).supported == 0


def test_a_partner_helped_where_it_had_accepted_before_the_person_was_found(make, met, last_month):
    partner = making.partner().organisation

    def referred(hours: float, **given: Any) -> None:
        incident = make()
        at = incident.located_at - hours * HOUR
        values = {"takes": "tracing", "status": "accepted", "return_at": at, "sent_at": at, "answered_at": at}
        release = Release.objects.create(
            incident=incident, from_organisation=met, to_organisation=partner, kind="other",
            purpose="Tracing", lawful_basis="legitimate_interests", reason="No lead.",
        )  # fmt: skip
        Referral.objects.create(
            incident=incident, partner=partner, sender=met, why="No lead.", release=release,
            lawful_basis="legitimate_interests", drafted_at=at, **values | given,
        )  # fmt: skip

    referred(2)
    referred(3, takes="lost_contact", status="completed", outcome="traced")
    referred(-1)
    referred(2, takes="counselling")
    referred(2, status="rejected", reject_reason="no_capacity")
    referred(2, status="sent", answered_at=None)
    found = closures(Scope(met.pk), last_month)
    assert (found.closed, found.supported, found.with_service("partner")) == (6, 2, 2)
    Referral.objects.filter(status="sent").update(status="accepted", answered_at=F("sent_at"))
    assert closures(Scope(met.pk), last_month).supported == 3


def test_small_numbers_are_not_told_and_no_sum_is_made_of_them(make, met, last_month):
    make(textsafe=2)
    cost = IncidentCost(**GIVEN)
    shown = supported(Scope(met.pk), last_month, cost=cost, rules=OF_A_FORCE)
    assert isinstance(shown.closed, Hidden)
    assert isinstance(shown.share, Hidden)
    assert "£" not in " ".join(shown.sentences)
    assert all(isinstance(cell, Hidden) for table in shown.tables for row in table.rows for cell in row[1:])


def test_of_all_forces_the_unit_is_told_to_the_nearest_ten_and_each_share_of_what_is_told(make, last_month):
    for number in range(37):
        make(textsafe=2 if number < 23 else None, appeal=1 if number < 12 else None)
    rules = replace(OF_THE_UNIT, confidential_step=10)
    shown = supported(Scope(), last_month, cost=None, rules=rules)
    assert shown.closed == 40
    assert shown.tables[0].rows[:2] == (("TextSafe", 20, 50.0), ("Appeal", 10, 25.0))
    assert shown.share == 50.0


def of_sets(**counts: int) -> Closures:
    """Closures by their services ("textsafe_family"; "none")."""
    sets = {frozenset(name.split("_")) - {"none"}: count for name, count in counts.items()}
    return Closures(Counter(sets))


def test_a_force_learns_by_no_subtraction_that_a_family_is_in_contact_with_the_charity():
    # It knows that it closed 71, and 30 of them with a text: 31 supported would tell of the one family.
    gone = away(of_sets(none=40, textsafe=30, family=1), OF_A_FORCE)
    assert {SUPPORTED, NOTHING, "family", 1} <= gone
    assert not {CLOSED, "textsafe"} & gone
    # One that had a text too makes neither more closures nor more supported, but one with two services.
    gone = away(of_sets(none=40, textsafe=30, textsafe_family=1, family=20), OF_A_FORCE)
    assert 2 in gone
    assert 1 in gone or SUPPORTED in gone
    many = away(of_sets(none=40, textsafe=30, textsafe_family=15, family=20), OF_A_FORCE)
    assert not {CLOSED, SUPPORTED, NOTHING, "family", 1} & many


def test_the_charity_is_told_what_it_delivered_and_no_small_number_of_police_records():
    gone = away(of_sets(none=2, textsafe=3, family=1), OF_THE_CHARITY)
    assert gone == {CLOSED, NOTHING}
    assert away(of_sets(none=5, family=1), OF_THE_CHARITY) == set()
    assert away(of_sets(family=3), OF_THE_CHARITY) == {CLOSED, NOTHING}
    assert {CLOSED, "family"} <= away(of_sets(none=2, textsafe=3, family=1), OF_THE_UNIT)


def test_a_year_is_told_as_it_stood_when_it_was_first_asked_for(make, met, kent, closed_at):
    year = calendar_year(timezone.localdate().year - 2)
    in_it = year.starts_at + timedelta(days=100)
    sent = (closed_at - in_it) / HOUR + 2
    given = {"reported_at": in_it - 99 * HOUR, "located_at": in_it - 5 * HOUR, "closed_at": in_it}
    made = [make(textsafe=sent if number % 2 else None, **given) for number in range(40)]

    def told(rules):
        found = supported(Scope(met.pk), year, cost=None, rules=rules)
        return found.closed, found.supported

    before = told(OF_A_FORCE)
    Incident.objects.filter(pk=made[1].pk).update(owner=kent)
    assert told(OF_A_FORCE) == before
    assert told(EVERYTHING) == (39, 19)


def test_a_force_is_told_of_no_day_no_quarter_and_no_year_that_runs(client, make, met_coordinator):
    make(textsafe=2)
    met_coordinator.sign_in(client)
    today = timezone.localdate()
    for asked in (f"{today}..{today}", f"{today.year - 1}Q1", f"{today.year}"):
        page = client.get("/figures/closures-supported/", {"period": asked}).content.decode()
        assert NOT_TOLD in page
        assert "<table" not in page
    assert f'value="{today.year}"' not in page
    sheet = client.get("/figures/closures-supported/closures.csv", {"period": f"{today}..{today}"})
    assert "By service" not in sheet.content.decode()


def test_money_is_a_range_to_two_figures_and_never_what_was_saved(make, met, last_month):
    for _ in range(3):
        make(textsafe=2)
    words = supported(Scope(met.pk), last_month, cost=IncidentCost(**GIVEN), rules=EVERYTHING).sentences
    assert "between about £3,000 and £7,200" in words[1]
    assert "not what was saved" in words[1]
    assert "prices of 2015" in words[1]
    assert [rounded(one) for one in (0, 7, 99, 123, 1_290_001)] == [0, 7, 99, 120, 1_300_000]


def test_what_an_incident_costs_is_set_by_administrators_and_keeps_its_history(
    met_administrator: Member, administrator: Member, met_inspector: Member, kent
):
    first = services.set_cost(actor=met_administrator.actor, **GIVEN)
    second = services.set_cost(actor=met_administrator.actor, **GIVEN | {"most_pounds": 3000})
    assert IncidentCost.objects.filter(pk=first.pk, most_pounds=2400).exists()
    force = met_administrator.organisation.pk
    assert cost_for(met_inspector.actor, Scope(force)) == second
    charitys = services.set_cost(actor=administrator.actor, **GIVEN)
    assert cost_for(met_inspector.actor, Scope(force)) == second
    assert cost_for(administrator.actor, Scope(kent.pk)) == charitys
    with pytest.raises(Refused):
        services.set_cost(actor=met_inspector.actor, **GIVEN)
    with pytest.raises(Invalid) as refused:
        services.set_cost(
            actor=administrator.actor, **GIVEN | {"most_pounds": 1, "price_year": 2999, "source": " "}
        )
    assert set(refused.value.problems) == {"most_pounds", "price_year", "source"}


def test_pages_by_role(client, make, met_coordinator, duty_manager, met_officer, auditor, met_administrator):
    for who in (met_officer, auditor):
        who.sign_in(client)
        assert client.get("/figures/closures-supported/").status_code == 403
        assert client.get("/figures/closures-supported/cost/").status_code == 403
    met_coordinator.sign_in(client)
    assert client.get("/figures/closures-supported/", {"force": "kent"}).status_code == 404
    shown = client.get("/figures/closures-supported/", {"period": "nonsense"})
    assert shown.status_code == 200
    assert "That is no period. Shown is April" in shown.content.decode()
    for code in ("2025-01-01..9999-12-31", "2031"):
        assert client.get("/figures/closures-supported/", {"period": code}).status_code == 200
        saved = client.get("/figures/closures-supported/closures.csv", {"period": code})
        assert saved.status_code == 302, "no file is of another period than was asked for"
    assert "not told*" in shown.content.decode()
    assert "*%)" not in shown.content.decode(), "a hidden share is no percentage"
    duty_manager.sign_in(client)
    page = client.get("/figures/closures-supported/", {"force": "kent", "period": "2025"})
    assert "Kent" in page.content.decode()
    assert "Which services together" in page.content.decode()
    assert client.get("/figures/closures-supported/closures.csv").status_code == 200
    assert client.get("/figures/closures-supported/closures.pdf").status_code == 404
    met_administrator.sign_in(client)
    answer = client.post("/figures/closures-supported/cost/", GIVEN | {"least_pounds": ""})
    assert answer.status_code == 422
    assert client.post("/figures/closures-supported/cost/", GIVEN).status_code == 302
    assert "A study, 2012" in client.get("/figures/closures-supported/cost/").content.decode()
