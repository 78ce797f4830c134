"""Passwords switched off for an organisation, and the few who keep theirs."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import Organisation
from foundation.audit.models import AuditEvent
from foundation.single_sign_on.models import BreakGlass, Identity, Provider
from tests.cast import Member
from tests.foundation.single_sign_on.conftest import Directory, words

pytestmark = pytest.mark.django_db
HOME = "/administration/single-sign-on/"
PASSWORDS = f"{HOME}passwords/"


def came_in(person: Member, issuer: str) -> Identity:
    return Identity.objects.create(
        organisation=person.organisation,
        issuer=issuer,
        subject="chief",
        user=person.user,
        proof="password",
        last_used_at=timezone.now(),
    )


def test_passwords_go_only_when_nobody_can_be_shut_out_by_it(
    chief: Client, met: Organisation, met_signs_in: Provider, met_administrator: Member, met_officer: Member
) -> None:
    colleague = met_officer.sign_in(Client())
    off = {"version": met_signs_in.version, "takes_passwords": "no", "named": met_administrator.user.email}
    assert "No administrator of yours has signed in this way yet." in words(chief.post(PASSWORDS, off))
    came_in(met_administrator, met_signs_in.issuer)
    assert "Name at least one administrator" in words(chief.post(PASSWORDS, {**off, "named": ""}))
    officer = {**off, "named": met_officer.user.email}
    assert "Name at least one administrator" in words(chief.post(PASSWORDS, officer))
    assert chief.post(PASSWORDS, off).status_code == 302
    met.refresh_from_db()
    assert not met.takes_passwords
    assert BreakGlass.objects.get().user == met_administrator.user
    for browser in (colleague, chief):
        assert browser.get("/your-account/")["Location"].startswith("/accounts/login/")


def test_switching_the_sign_in_off_asks_for_passwords_first(
    chief: Client, met: Organisation, met_signs_in: Provider
) -> None:
    Organisation.objects.filter(pk=met.pk).update(takes_passwords=False)
    BreakGlass.objects.create(organisation=met, user_id=int(chief.session["_auth_user_id"]))
    session = chief.session
    session["opened"] = {
        "user": int(session["_auth_user_id"]),
        "through": None,
        "glass": [met.pk],
        "factor": False,
    }
    session.save()
    answer = chief.post(f"{HOME}switch/", {"on": "no"}, follow=True)
    assert "Let people use their passwords again first." in words(answer)
    met_signs_in.refresh_from_db()
    assert met_signs_in.is_on


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("kent_officer", "nobody of your organisation"),
        ("suspended_user", "no password that works"),
        ("nobody", "nobody@met.example is nobody of your organisation"),
    ],
)
def test_only_ones_own_people_with_a_password_and_a_factor_are_named(
    chief: Client, met_signs_in: Provider, request, who: str, told: str
) -> None:
    email = "nobody@met.example" if who == "nobody" else request.getfixturevalue(who).user.email
    given = {"version": met_signs_in.version, "takes_passwords": "yes", "named": email}
    answer = chief.post(PASSWORDS, given)
    assert told in words(answer)
    assert email in answer.content.decode()
    assert not BreakGlass.objects.exists()


def test_whoever_is_no_longer_named_is_signed_out(
    chief: Client, met: Organisation, met_signs_in: Provider, met_officer: Member
) -> None:
    BreakGlass.objects.create(organisation=met, user=met_officer.user)
    browser = met_officer.sign_in(Client())
    chief.post(PASSWORDS, {"version": met_signs_in.version, "takes_passwords": "yes", "named": ""})
    assert browser.get("/your-account/").status_code == 302
    assert not BreakGlass.objects.exists()


def test_forgetting_a_tie_signs_out_and_asks_for_a_new_proof(
    chief: Client, met_signs_in: Provider, met_officer: Member, directory: Directory
) -> None:
    tie = came_in(met_officer, directory.issuer)
    browser = met_officer.sign_in(Client())
    assert "Asha Okoro" in words(chief.get(HOME))
    chief.post(f"{HOME}ties/{tie.pk}/forget/")
    assert not Identity.objects.exists()
    assert browser.get("/your-account/").status_code == 302
    assert AuditEvent.objects.filter(action="identity.untied").exists()
