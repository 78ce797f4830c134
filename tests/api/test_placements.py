"""A partner's system reads what is published to its own outlets, and drops what is gone."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import connection

from appeals import services
from appeals.enums import Channel
from appeals.models import Appeal, Outlet
from foundation.accounts.enums import OrganisationKind
from tests.appeals import making
from tests.appeals.conftest import Desk, desk  # noqa: F401 - a fixture
from tests.cast import organisation
from tests.processes import wait_until

# What settles waits for every transaction of the server: not beside the demonstration's, which takes minutes.
pytestmark = pytest.mark.xdist_group("settling")


@pytest.fixture
def daily(committing_db: str) -> Any:
    return organisation("daily", OrganisationKind.PARTNER, "The Daily")


@pytest.fixture
def placed(committing_db: str, daily: Any, desk: Desk) -> Appeal:  # noqa: F811
    making.outlet(Channel.MEDIA_FEED, organisation=daily)
    making.outlet(Channel.MEDIA_FEED, "another's")
    appeal = making.asked(desk.officer, making.open_incident(desk.officer, desk.supervisor))
    making.checked(desk.publicity, appeal)
    making.consented(desk.publicity, appeal)
    making.authorised(desk.supervisor, appeal)
    return services.publish_appeal(actor=desk.second, appeal_id=appeal.pk)


@pytest.fixture
def partner(placed: Appeal, daily: Any, system_of: Any) -> Any:
    return system_of(daily, ["appeals:show"])


def settled(partner: Any, cursor: str = "0.0.0") -> dict[str, Any]:
    """What changed, once it has settled: whoever else works on this server holds it back meanwhile."""
    found: dict[str, Any] = {}

    def came() -> bool:
        time.sleep(0.2)  # a pull too many would be refused
        found.update(partner.get(f"/placements?since={cursor}").json())
        return bool(found["placements"])

    wait_until(came, "a change that has settled", seconds=180)
    return found


def withdraw(desk: Desk, appeal: Appeal) -> None:  # noqa: F811
    services.withdraw_appeal(actor=desk.second, appeal_id=appeal.pk, cause="staff", reason="Asked to.")


def test_a_partner_reads_its_own_alone_and_then_that_it_is_gone(placed, desk, partner) -> None:  # noqa: F811
    first = settled(partner)
    (row,) = first["placements"]
    assert (row["live"], row["shown"]["en"]["first_name"]) == (True, "Robin")
    assert partner.get(f"/placements?since={first['cursor']}").json()["placements"] == []

    withdraw(desk, placed)
    (gone,) = settled(partner, first["cursor"])["placements"]
    assert (gone["reference"], gone["live"]) == (row["reference"], False)
    assert "shown" not in gone


def test_a_partner_has_no_other_door(placed, partner) -> None:
    assert partner.get(f"/appeals/{placed.reference}").status_code == 403
    assert partner.get("/placements?since=x").status_code == 422


def test_what_is_not_settled_is_told_later_and_not_passed_over(placed, desk, partner) -> None:  # noqa: F811
    cursor = settled(partner)["cursor"]
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as running:
        running.execute("SELECT pg_current_xact_id()")
    withdraw(desk, placed)
    assert partner.get(f"/placements?since={cursor}").json()["placements"] == []
    other.rollback()
    other.close()
    assert len(settled(partner, cursor)["placements"]) == 1


def test_an_outlet_that_is_switched_off_shows_nothing_any_more(placed, daily, partner) -> None:
    first = settled(partner)
    Outlet.objects.filter(organisation=daily).update(is_active=False)
    assert [row["live"] for row in partner.get("/placements").json()["placements"]] == [False]
    services.take_off_switched_off()
    (gone,) = settled(partner, first["cursor"])["placements"]
    assert (gone["reference"], gone["live"]) == (first["placements"][0]["reference"], False)
    assert gone["gone_at"]
