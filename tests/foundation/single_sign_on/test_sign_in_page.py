"""The sign-in page: who is led where, and passwords that no longer open anything."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from foundation.accounts.enums import Role
from foundation.audit.models import AuditEvent
from foundation.messaging.models import Message
from foundation.single_sign_on.models import BreakGlass, Provider
from tests.cast import PASSWORD, member
from tests.foundation.single_sign_on.conftest import (
    ASHA,
    OFFICERS,
    asked,
    come_back,
    go_to,
)

pytestmark = pytest.mark.django_db


def _without_tokens(page: str) -> str:
    return re.sub(r"[A-Za-z0-9]{64}", "", page)


def test_where_passwords_are_off_a_right_one_leads_to_the_organisations_sign_in(
    client, directory, met_signs_in, met_officer
):
    Provider.objects.get().organisation.__class__.objects.filter(code="metropolitan").update(
        takes_passwords=False
    )
    answer = client.post("/accounts/login/", {"login": met_officer.user.email, "password": PASSWORD})
    assert answer.status_code == 403
    assert "/sign-in/metropolitan/" in answer.content.decode()
    assert client.get("/accounts/2fa/authenticate/").status_code == 302
    wrong = client.post("/accounts/login/", {"login": met_officer.user.email, "password": "no"})
    assert wrong.status_code == 200


def test_a_password_good_elsewhere_does_not_open_an_organisation_that_takes_none(
    client, directory, met_signs_in, met_officer, charity
):
    member(met_officer.user.email, "Asha Okoro", charity, Role.CHARITY_CASEWORKER)
    met_officer.organisation.takes_passwords = False
    met_officer.organisation.save()
    client.post("/accounts/login/", {"login": met_officer.user.email, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": met_officer.code})
    assert client.get("/incidents/").status_code == 403
    assert client.post("/your-account/act-for/", {"code": "metropolitan"}).status_code == 404


def test_a_break_glass_account_comes_in_is_marked_and_told_of(
    client, directory, met_signs_in, met_administrator, met_officer
):
    met = met_administrator.organisation
    met.takes_passwords = False
    met.save()
    BreakGlass.objects.create(organisation=met, user=met_administrator.user)
    client.post("/accounts/login/", {"login": met_administrator.user.email, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": met_administrator.code})
    assert client.get("/administration/people/").status_code == 200
    noted = AuditEvent.objects.get(action="sign_in.break_glass")
    assert (noted.user_id, noted.organisation_id) == (met_administrator.user.pk, met.pk)
    told = Message.objects.filter(owner_label="accounts.User", owner_id=met_administrator.user.pk)
    assert "break-glass account was used" in told.get().subject


def test_a_sign_in_broken_off_there_says_so(client, directory, met_signs_in):
    state = asked(go_to(client))["state"]
    answer = client.get("/sign-in/metropolitan/back/", {"error": "access_denied", "state": state})
    assert answer.status_code == 400
    assert "broken off" in answer.content.decode()


def test_nothing_is_offered_while_it_is_switched_off(client, directory, met_signs_in):
    met_signs_in.is_on = False
    met_signs_in.save()
    assert client.get("/sign-in/metropolitan/").status_code == 404
    assert client.get("/sign-in/metropolitan/back/").status_code == 404
    page = client.get("/accounts/login/").content.decode()
    assert "my organisation&#x27;s sign-in" not in page
    assert "my organisation's sign-in" not in page


def test_the_button_comes_by_the_domain_and_tells_nothing_of_accounts(client, met_signs_in, met_officer):
    pages = []
    for email in (met_officer.user.email, "nobody.at.all@met.example"):
        answer = client.post("/sign-in/", {"login": email, "password": "typed by habit"})
        pages.append(_without_tokens(answer.content.decode()))
        assert "Sign in through Metropolitan" in pages[-1]
        assert "typed by habit" not in pages[-1]
    assert pages[0] == pages[1]
    nowhere = client.post("/sign-in/", {"login": "somebody@elsewhere.example"}).content.decode()
    assert "No organisation has a sign-in of its own" in nowhere


def test_the_page_wanted_first_is_the_page_after(client, directory, met_signs_in):
    directory.says("asha", **ASHA, roles=[OFFICERS])
    there = directory.walk(go_to(client, next_page="/help/"), "asha")
    assert come_back(client, there)["Location"] == "/help/"
    elsewhere = directory.walk(go_to(Client(), next_page="https://evil.example/"), "asha")
    assert "evil" not in elsewhere


def test_after_a_wrong_password_the_button_is_named_and_leads_on_to_the_page_wanted(client, met_signs_in):
    wrong = {"login": "a@met.example", "password": "no", "next": "/help/"}
    page = client.post("/accounts/login/", wrong).content.decode()
    assert "Sign in through Metropolitan" in page
    assert 'href="/sign-in/metropolitan/?next=/help/"' in page
