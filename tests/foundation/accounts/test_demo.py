"""The demonstration: easy to get into, and not there on a real server."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from foundation.accounts import demo, demo_people
from foundation.accounts.enums import Role
from foundation.accounts.models import Membership, User
from tests.cast import Member

pytestmark = pytest.mark.django_db
LOGIN, CODE = "/accounts/login/", "/accounts/2fa/authenticate/"


@pytest.fixture
def demonstration(settings) -> None:
    settings.HARBOUR_ENV = "demo"
    cache.clear()
    demo_people.build()


def to_the_second_step(client: Client) -> str:
    client.post(LOGIN, {"login": "met.officer@demo.harbour.test", "password": demo.PASSWORD})
    return client.get(CODE).content.decode()


def shown(page: str) -> str:
    return page.partition('id="demo-code">')[2].partition("<")[0]


def test_there_is_somebody_for_every_role(demonstration: None) -> None:
    held = set(Membership.objects.values_list("role", flat=True))
    assert held == set(Role.values) - {Role.API_CLIENT, Role.SYSTEM}


def test_making_it_twice_changes_nothing(demonstration: None) -> None:
    before = list(User.objects.order_by("pk").values_list("pk", "email", "password"))
    words = demo_people.build()
    assert list(User.objects.order_by("pk").values_list("pk", "email", "password")) == before
    assert words == "21 people to sign in as"


def test_the_sign_in_page_lists_them_and_the_second_step_shows_the_code(
    demonstration: None, client: Client
) -> None:
    page = client.get(LOGIN).content.decode()
    assert "met.officer@demo.harbour.test" in page
    assert demo.PASSWORD in page
    code = shown(to_the_second_step(client))
    assert client.post(CODE, {"code": code}).status_code == 302
    assert client.get("/your-account/").status_code == 200


def test_three_sign_ins_in_one_half_minute_each_get_a_code_that_works(demonstration: None) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False):  # or the half-minute could end in between
        for _ in range(3):
            client = Client()
            code = shown(to_the_second_step(client))
            client.post(CODE, {"code": code})
            assert client.get("/your-account/").status_code == 200
        assert shown(to_the_second_step(Client())) == ""


@pytest.mark.parametrize("env", ["test", "production"])
def test_no_code_and_no_list_outside_the_demonstration(
    demonstration: None, client: Client, settings, env
) -> None:
    settings.HARBOUR_ENV = env
    assert demo.PASSWORD not in client.get(LOGIN).content.decode()
    assert shown(to_the_second_step(client)) == ""
    assert demo.code_for(User.objects.get(email="met.officer@demo.harbour.test")) == ""


def test_a_real_accounts_code_is_never_shown(demonstration: None, met_officer: Member) -> None:
    assert demo.code_for(met_officer.user) == ""


def test_a_demonstration_account_with_another_secret_keeps_it(demonstration: None) -> None:
    user = User.objects.get(email="met.officer@demo.harbour.test")
    Authenticator.objects.filter(user=user).delete()
    assert demo.code_for(user) == ""
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert demo.code_for(user) == ""


def test_a_real_server_neither_makes_them_nor_lists_them_nor_lets_them_in(
    demonstration: None, client: Client, settings
) -> None:
    settings.HARBOUR_ENV, settings.IS_PRODUCTION = "production", True
    with pytest.raises(demo_people.NotTheDemonstration):
        demo_people.build()
    with pytest.raises(CommandError):
        call_command("make_data")
    with pytest.raises(CommandError):
        call_command("demo_sign_ins")
    answer = client.post(LOGIN, {"login": "met.officer@demo.harbour.test", "password": demo.PASSWORD})
    assert answer["Location"] == "/accounts/inactive/"


def test_the_list_names_everybody_once(demonstration: None, capsys) -> None:
    call_command("demo_sign_ins")
    printed = capsys.readouterr().out
    assert all(printed.count(person.email) == 1 for person in demo.PEOPLE)
    assert demo.PASSWORD in printed
