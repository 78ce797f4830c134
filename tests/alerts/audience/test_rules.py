"""Who looks after the audience, how long things last, and what a postcode is cut to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from alerts.audience import deadlines, links, policies
from alerts.audience.districts import district_of
from alerts.audience.models import ListImport
from foundation.actors import Actor


@pytest.mark.django_db
def test_who_may(duty_manager, administrator, caseworker, met_administrator) -> None:
    assert policies.may_manage(duty_manager.actor) is None
    assert policies.may_manage(administrator.actor) is None
    for who in (caseworker, met_administrator):
        assert policies.may_manage(who.actor) is not None
        assert policies.may_load_districts(who.actor) is not None
    assert policies.may_manage(Actor.system("test")) is not None
    assert policies.may_load_districts(administrator.actor) is None
    assert policies.may_load_districts(Actor.system("load_districts")) is None
    refusal = policies.may_load_districts(duty_manager.actor)
    assert refusal is not None
    assert refusal.code == "role"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"status": "waiting"}, "not_checked"),
        ({"good": 0}, "nothing_good"),
        ({"organisation": "another"}, "organisation"),
    ],
)
def test_which_list_may_be_added(duty_manager, caseworker, met, change, code) -> None:
    facts = {"organisation": duty_manager.organisation, "status": "checked", "good": 3, **change}
    if change.get("organisation"):
        facts["organisation"] = met
    row = ListImport(**facts)
    refusal = policies.may_confirm(duty_manager.actor, row)
    assert (refusal.code if refusal else None) == code
    assert policies.may_confirm(caseworker.actor, row) is not None


def test_how_long_things_last() -> None:
    now = datetime(2026, 11, 29, 3, tzinfo=UTC)
    assert deadlines.lasts("sms") == deadlines.CODE_LASTS
    assert deadlines.lasts("email") == deadlines.LINK_LASTS
    assert deadlines.end_of_pause(now, 7) == now + timedelta(days=7)
    assert deadlines.end_of_pause(now, -1) == now + timedelta(days=1)
    assert deadlines.end_of_pause(now, 9999) == now + timedelta(days=365)
    assert deadlines.month_of(date(2026, 12, 31)) == date(2026, 12, 1)
    assert deadlines.month_after(date(2026, 12, 1)) == date(2027, 1, 1)
    assert deadlines.month_before(date(2027, 1, 31)) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("said", "district"),
    [
        ("sw9 8jq", "SW9"),
        ("SW9", "SW9"),
        ("SW1A 1AA", "SW1A"),
        ("sw1a", "SW1A"),
        ("N1 9GU", "N1"),
        ("n19gu", "N1"),
        ("EC1A1BB", "EC1A"),
        ("Lambeth", None),
        ("", None),
        ("SW9 8J", None),
        ("12345", None),
    ],
)
def test_a_postcode_is_cut_to_its_district(said, district) -> None:
    assert district_of(said) == district


def test_a_leave_token_names_one_and_is_not_forged() -> None:
    assert links.leaver(links.leave_token(42)) == 42
    assert links.leaver("42:forged") is None
    assert links.leaver("nothing") is None
