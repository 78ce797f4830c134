"""Two browsers of one person at once, and two administrators."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.accounts.models import Membership, User
from foundation.exceptions import Stale
from foundation.single_sign_on import services
from foundation.single_sign_on.models import EmailDomain, Identity, Provider
from foundation.single_sign_on.tokens import Claims
from tests.cast import Member, member
from tests.foundation.single_sign_on.conftest import OFFICERS, SUPERVISORS, uses

HANDS = 6


def at_once(do: Any) -> list[Any]:
    """`do(number)` in as many threads, started together; answers or what was raised."""
    start = Barrier(HANDS)

    def one(number: int) -> Any:
        try:
            start.wait()
            return do(number)
        except (Refused, Stale) as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(one, range(HANDS)))


def claims(*roles: str, subject: str = "s") -> Claims:
    told = {"name": "Asha New", "email": "asha.new@met.example", "roles": list(roles)}
    return Claims("https://id.example", subject, int(time.time()), told)


@pytest.fixture
def provider(committing_db: str, met: Any) -> Provider:
    return uses(met, "https://id.example", "met.example", newcomers="everybody")


def test_a_first_sign_in_in_six_tabs_makes_one_account(provider: Provider) -> None:
    arrived = at_once(
        lambda _: services.come_in(provider=provider, claims=claims(OFFICERS), invitation="", source="test")
    )
    assert len({one.user.pk for one in arrived}) == 1
    assert User.objects.filter(email="asha.new@met.example").count() == 1
    assert Identity.objects.count() == 1
    assert Membership.objects.filter(user=arrived[0].user, ended_at=None).count() == 1


def test_old_and_new_claims_at_once_end_with_one_of_them_whole(provider: Provider) -> None:
    said = [claims(OFFICERS), claims(SUPERVISORS)]
    arrived = at_once(
        lambda number: services.come_in(
            provider=provider, claims=said[number % 2], invitation="", source="test"
        )
    )
    held = Membership.objects.filter(user=arrived[0].user, ended_at=None).values_list("role", flat=True)
    assert list(held) in ([Role.POLICE_OFFICER], [Role.POLICE_SUPERVISOR])


def test_two_administrators_do_not_overwrite_each_other(committing_db: str, met: Any) -> None:
    chief = member("chief@met.example", "Chief", met, Role.ADMINISTRATOR)

    def save(number: int) -> Any:
        given = services.Connection("https://id.example", f"c{number}", "s", ["openid"], ["met.example"])
        return services.save_connection(actor=chief.actor, version=0, given=given)

    done = at_once(save)
    assert sum(isinstance(one, Provider) for one in done) == 1
    assert sum(isinstance(one, Stale) for one in done) == HANDS - 1
    assert Provider.objects.count() == EmailDomain.objects.count() == 1


def test_a_domain_wanted_by_two_organisations_goes_to_one(committing_db: str, met: Any, kent: Any) -> None:
    chiefs: list[Member] = [
        member(f"chief{number}@x.example", "Chief", (met, kent)[number % 2], Role.ADMINISTRATOR)
        for number in range(HANDS)
    ]

    def save(number: int) -> Any:
        given = services.Connection("https://id.example", "c", "s", ["openid"], ["both.example"])
        return services.save_connection(actor=chiefs[number].actor, version=0, given=given)

    done = at_once(save)
    assert sum(isinstance(one, Provider) for one in done) == 1
    assert EmailDomain.objects.count() == 1
