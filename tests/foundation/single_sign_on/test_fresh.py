"""Authorising asks whoever came in by their organisation to sign in there anew."""

from __future__ import annotations

import time
from typing import Any

import pytest
import time_machine
from django.test import Client

from foundation.accounts.enums import Role
from foundation.accounts.models import Membership
from foundation.single_sign_on.models import Provider
from tests.foundation.single_sign_on.conftest import (
    ASHA,
    OFFICERS,
    Directory,
    asked,
    come_back,
    sign_in,
    tied,
    uses,
)
from tests.foundation.single_sign_on.crooked import Crooked, running

pytestmark = pytest.mark.django_db
INVITE = "/administration/people/invite/"
THERE = f"/sign-in/again/there/?next={INVITE}"


def as_chief(met_administrator: Any, directory: Directory) -> None:
    tied(met_administrator, directory, "glenn")
    directory.says("glenn", **ASHA, roles=[OFFICERS])


def is_open(client: Client) -> bool:
    return client.get(INVITE).status_code == 200


def make_stale(client: Client) -> None:
    """As if a quarter of an hour had gone by at work."""
    session = client.session
    for one in session["account_authentication_methods"]:
        one["at"] -= 901
    session.save()


def test_a_sign_in_of_just_now_is_fresh_and_one_of_this_morning_is_not(
    client, directory, met_signs_in, met_administrator
):
    as_chief(met_administrator, directory)
    sign_in(client, directory, "glenn")
    assert is_open(client)
    make_stale(client)
    answer = client.get(INVITE)
    assert answer["Location"].startswith("/sign-in/again/?next=")
    page = client.get(answer["Location"]).content.decode()
    assert "Confirm through Metropolitan" in page
    assert "/sign-in/again/there/" in page


def test_proving_it_again_asks_the_provider_to_ask_and_looks_at_the_time(
    client, directory, met_signs_in, met_administrator
):
    as_chief(met_administrator, directory)
    sign_in(client, directory, "glenn")
    make_stale(client)
    there = client.get(THERE)["Location"]
    assert (asked(there)["prompt"], asked(there)["max_age"]) == ("login", "0")
    answer = come_back(client, directory.walk(there, "glenn"))
    assert answer["Location"] == INVITE
    assert is_open(client)


def test_somebody_else_proves_nothing(client, directory, met_signs_in, met_administrator, met_officer):
    as_chief(met_administrator, directory)
    tied(met_officer, directory, "asha")
    directory.says("asha", **ASHA, roles=[OFFICERS])
    sign_in(client, directory, "glenn")
    make_stale(client)
    answer = come_back(client, directory.walk(client.get(THERE)["Location"], "asha"))
    assert answer.status_code == 400
    assert "Somebody else signed in there" in answer.content.decode()
    assert not is_open(client)
    assert "Glenn Pike" in client.get("/your-account/").content.decode()


@pytest.fixture
def crooked(settings, met_administrator):
    settings.SIGN_IN_ALLOWED_HOSTS = ["127.0.0.1"]
    with running() as state:
        uses(met_administrator.organisation, state.issuer, "met.example", trusted_amr=["mfa"])
        from foundation.single_sign_on.models import Identity

        Identity.objects.create(
            organisation=met_administrator.organisation,
            issuer=state.issuer,
            subject="subject-1",
            user=met_administrator.user,
            proof="password",
        )
        yield state


def through(client: Client, crooked: Crooked, way: str = "/sign-in/metropolitan/", **claims: Any) -> Any:
    started = asked(client.get(way)["Location"])
    said = {"nonce": started["nonce"], "roles": [OFFICERS], "amr": ["mfa"], **claims}
    crooked.signs(crooked.claims(**said))
    return client.get("/sign-in/metropolitan/back/", {"code": "c", "state": started["state"]})


@pytest.mark.parametrize("auth_time", [None, 0, "now", True, -5])
def test_where_the_provider_does_not_say_when_it_was_given_it_is_not_fresh(client, crooked, auth_time):
    assert through(client, crooked, auth_time=auth_time).status_code == 302
    assert client.get(INVITE)["Location"].startswith("/sign-in/again/")


@pytest.mark.parametrize(
    ("claims", "told"),
    [
        ({"auth_time": int(time.time()) - 3600}, "did not ask you anew"),
        ({}, "did not ask you anew"),
        ({"auth_time": int(time.time()) + 3600, "amr": ["pwd"]}, "No second factor was given there"),
    ],
)
def test_a_provider_that_does_not_ask_anew_proves_nothing(client, crooked, claims, told):
    through(client, crooked)
    answer = through(client, crooked, THERE, **claims)
    assert told in answer.content.decode()
    assert not is_open(client)


def test_a_time_in_the_future_lasts_no_longer(client, crooked):
    through(client, crooked)
    assert through(client, crooked, THERE, auth_time=int(time.time()) + 50_000).status_code == 302
    assert is_open(client)
    with time_machine.travel(time.time() + 1200):
        assert not is_open(client)


def test_without_a_trusted_factor_ours_confirms(client, directory, met_signs_in, met_administrator):
    Provider.objects.update(trusted_amr=[])
    as_chief(met_administrator, directory)
    sign_in(client, directory, "glenn")
    client.post("/accounts/2fa/authenticate/", {"code": met_administrator.code})
    assert is_open(client)
    make_stale(client)
    assert client.get(INVITE)["Location"].startswith("/accounts/2fa/reauthenticate/")


def test_nobody_else_finds_the_way(client, met_administrator, met_signs_in):
    met_administrator.sign_in(client)
    assert client.get("/sign-in/again/").status_code == 404
    assert client.get("/sign-in/again/there/").status_code == 404
    assert Client().get("/sign-in/again/")["Location"].startswith("/accounts/login/")


def test_switching_it_off_signs_out_whoever_came_in_by_it(
    client, directory, met_signs_in, met_administrator, met_officer
):
    tied(met_officer, directory, "asha")
    directory.says("asha", **ASHA, roles=[OFFICERS])
    sign_in(client, directory, "asha")
    Membership.objects.get_or_create(
        user=met_administrator.user,
        organisation=met_administrator.organisation,
        role=Role.ADMINISTRATOR,
        ended_at=None,
    )
    met_administrator.sign_in(Client()).post("/administration/single-sign-on/switch/", {"on": "no"})
    assert client.get("/your-account/")["Location"].startswith("/accounts/login/")
