"""An administrator sets up their organisation's sign-in, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from foundation.accounts.enums import Role
from foundation.accounts.models import Organisation
from foundation.audit.models import AuditEvent
from foundation.single_sign_on.models import EmailDomain, Identity, Provider
from tests.cast import Member, member
from tests.foundation.single_sign_on.conftest import (
    CLIENT,
    OFFICERS,
    SECRET,
    SUPERVISORS,
    Directory,
    uses,
    words,
)

pytestmark = pytest.mark.django_db
HOME = "/administration/single-sign-on/"
CONNECTION, RULES, PASSWORDS = f"{HOME}connection/", f"{HOME}roles/", f"{HOME}passwords/"


@pytest.fixture
def kents_chief(kent: Organisation) -> Client:
    person = member("chief@kent.example", "Kent Chief", kent, Role.ADMINISTRATOR)
    return person.sign_in(Client())


def typed(issuer: str, /, **changed: Any) -> dict[str, Any]:
    right = {
        "version": 0,
        "issuer": issuer,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "domains": "met.example\nMET.example\n@volunteers.met.example",
        "scopes": "profile email",
    }
    return {**right, **changed}


def rules(**changed: Any) -> dict[str, Any]:
    right = {
        "version": 1,
        "role_claim": "realm_access.roles",
        f"role_{Role.POLICE_OFFICER}": f"{OFFICERS}\n{OFFICERS}\nothers",
        "newcomers": "everybody",
        "trusted_amr": "mfa\nhwk",
        "trusted_acr": "",
    }
    return {**right, **changed}


def test_from_nothing_to_switched_on(chief: Client, met: Organisation, directory: Directory) -> None:
    page = words(chief.get(HOME))
    assert "http://127.0.0.1:8000/sign-in/metropolitan/back/" in page
    assert "Fill in the connection first." in page
    assert chief.post(CONNECTION, typed(directory.issuer))["Location"] == HOME
    row = Provider.objects.get(organisation=met)
    assert row.scopes == ["openid", "profile", "email"]
    assert {one.name for one in row.domains.all()} == {"met.example", "volunteers.met.example"}
    assert "which values of the claim give which role" in words(chief.get(HOME))
    assert chief.post(RULES, rules())["Location"] == HOME
    assert set(row.rules.values_list("value", "role")) == {
        (OFFICERS, Role.POLICE_OFFICER),
        ("others", Role.POLICE_OFFICER),
    }
    chief.post(f"{HOME}switch/", {"on": "yes"})
    row.refresh_from_db()
    assert row.is_on
    assert f"Police officer or liaison: {OFFICERS}" in words(chief.get(HOME))
    chief.post(f"{HOME}switch/", {"on": "no"})
    row.refresh_from_db()
    assert not row.is_on
    done = AuditEvent.objects.filter(organisation_id=met.pk, action__startswith="single_sign_on.")
    assert list(done.order_by("pk").values_list("action", flat=True)) == [
        "single_sign_on.changed",
        "single_sign_on.changed",
        "single_sign_on.switched_on",
        "single_sign_on.switched_off",
    ]
    assert all(SECRET not in str(row.__dict__) for row in done)


def test_the_secret_is_encrypted_and_never_shown_again(chief: Client, directory: Directory) -> None:
    chief.post(CONNECTION, typed(directory.issuer))
    with connection.cursor() as cursor:
        cursor.execute("SELECT client_secret FROM single_sign_on_provider")
        assert SECRET not in cursor.fetchone()[0]
    for page in (HOME, CONNECTION, RULES, PASSWORDS):
        assert "kept by the force" not in chief.get(page).content.decode()
    chief.post(CONNECTION, typed(directory.issuer, version=1, client_secret="", client_id="changed"))
    row = Provider.objects.get()
    assert (row.client_id, row.client_secret) == ("changed", SECRET)


def test_the_kept_secret_goes_to_nobody_but_its_issuer(
    chief: Client, directory: Directory, met_signs_in: Provider
) -> None:
    """Else an administrator could read it by naming a server of their own."""
    version = met_signs_in.version
    other = typed("https://example.org", version=version, client_secret="")
    answer = chief.post(CONNECTION, other)
    assert "Enter the secret again" in words(answer)
    met_signs_in.refresh_from_db()
    assert met_signs_in.issuer == directory.issuer


def test_a_form_that_fails_keeps_what_was_typed(chief: Client) -> None:
    answer = chief.post(CONNECTION, typed("ftp://nowhere", domains="no domain", scopes='a"b'))
    text = answer.content.decode()
    for kept in ("ftp://nowhere", "no domain", 'value="harbour"', "kept by the force"):
        assert kept in text
    for told in ("starts with https://", "no domain is not a domain", "A scope is a word"):
        assert told in words(answer)
    assert not Provider.objects.exists()


def test_a_page_left_open_overwrites_nothing(chief: Client, directory: Directory) -> None:
    chief.post(CONNECTION, typed(directory.issuer))
    answer = chief.post(CONNECTION, typed(directory.issuer, version=0, client_id="mine"))
    assert "Somebody else saved this while you were writing" in words(answer)
    assert Provider.objects.get().client_id == CLIENT
    assert chief.post(CONNECTION, typed(directory.issuer, version=1, client_id="mine")).status_code == 302
    stale = chief.post(RULES, rules(version=1))
    assert "Somebody else saved this" in words(stale)
    assert "Somebody else saved this" in words(
        chief.post(PASSWORDS, {"version": 1, "takes_passwords": "yes", "named": ""})
    )


def test_checking_says_in_words_what_is_well_and_what_is_not(chief: Client, directory: Directory) -> None:
    well = words(chief.post(CONNECTION, {**typed(directory.issuer), "check": ""}))
    assert "It knows the client id and the secret." in well
    assert "It publishes keys that can be used." in well
    assert not Provider.objects.exists()
    for changed, told in (
        ({"client_secret": "wrong"}, "It does not know this client id with this secret."),
        ({"issuer": directory.issuer + "/"}, "Copy the issuer exactly"),
        ({"issuer": directory.issuer.replace("/o", "/x")}, "The provider answered 404"),
        ({"issuer": "https://127.0.0.2/"}, "can be reached from the internet"),
        ({"issuer": "https://nowhere.invalid"}, "There is no server of this name."),
        ({"scopes": "openid groups"}, "It does not offer these scopes: groups."),
    ):
        answer = chief.post(CONNECTION, {**typed(directory.issuer, **changed), "check": ""})
        assert told in words(answer)
        assert "met.example" in answer.content.decode()
    assert AuditEvent.objects.filter(action="single_sign_on.checked").count() == 7


@pytest.mark.parametrize("domain", ["kent.example", "charity.example"])
def test_the_domain_of_other_peoples_addresses_cannot_be_taken(
    chief: Client, directory: Directory, kent_officer: Member, caseworker: Member, domain: str
) -> None:
    answer = chief.post(CONNECTION, typed(directory.issuer, domains=domain))
    assert f"People of another organisation use {domain}." in words(answer)
    assert not EmailDomain.objects.exists()


def test_a_domain_leads_to_one_sign_in(chief: Client, directory: Directory, kent: Organisation) -> None:
    uses(kent, "https://kent.example.org", "shared.example")
    answer = chief.post(CONNECTION, typed(directory.issuer, domains="Shared.Example"))
    assert "People of another organisation use shared.example." in words(answer)


def test_another_organisations_administrator_sees_and_changes_nothing(
    kents_chief: Client, met_signs_in: Provider, met_officer: Member, directory: Directory
) -> None:
    tie = Identity.objects.create(
        organisation=met_officer.organisation,
        issuer=directory.issuer,
        subject="s",
        user=met_officer.user,
        proof="password",
    )
    for page in (HOME, CONNECTION):
        text = kents_chief.get(page).content.decode()
        assert directory.issuer not in text
        assert "met.example" not in text
        assert OFFICERS not in text
    assert kents_chief.get(RULES).status_code == 302
    kents_chief.post(f"{HOME}switch/", {"on": "no"})
    assert kents_chief.post(f"{HOME}ties/{tie.pk}/forget/").status_code == 404
    kents_chief.post(RULES, rules(version=met_signs_in.version))
    met_signs_in.refresh_from_db()
    assert met_signs_in.is_on
    assert met_signs_in.role_claim == "roles"
    assert Identity.objects.filter(pk=tie.pk).exists()


@pytest.mark.parametrize("who", ["met_officer", "met_superintendent", "auditor"])
def test_nobody_but_an_administrator_reaches_the_settings(client, request, who) -> None:
    person = request.getfixturevalue(who).sign_in(client)
    for page in (HOME, CONNECTION, RULES, PASSWORDS):
        assert person.get(page).status_code == 403


def test_changing_asks_for_a_second_factor_given_lately(client, met_administrator) -> None:
    stale = met_administrator.sign_in(client, fresh=False)
    assert "/accounts/2fa/reauthenticate/" in stale.get(CONNECTION)["Location"]


def test_too_many_and_too_long_lines_are_refused(chief: Client, met_signs_in: Provider) -> None:
    given = rules(version=met_signs_in.version, trusted_amr="\n".join(map(str, range(51))))
    assert "Give at most 50 lines" in words(chief.post(RULES, given))
    given = rules(version=met_signs_in.version, **{f"role_{Role.AUDITOR}": "x" * 201})
    assert "longer than 200 characters" in words(chief.post(RULES, given))


def test_rules_of_several_values_come_back_as_they_were_typed(chief: Client, met_signs_in: Provider) -> None:
    given = rules(version=met_signs_in.version, **{f"role_{Role.POLICE_SUPERVISOR}": f"{SUPERVISORS}\nb"})
    chief.post(RULES, given)
    page = chief.get(RULES).content.decode()
    assert f"{SUPERVISORS}\nb" in page.replace("\r\n", "\n")
