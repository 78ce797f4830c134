"""The first time: what shows whose account it is, and what does not."""

from __future__ import annotations

import pytest
from django.test import Client

from foundation.accounts import services as accounts
from foundation.accounts.enums import Role
from foundation.messaging.models import Message
from foundation.single_sign_on.models import Identity
from tests.cast import PASSWORD, member
from tests.foundation.single_sign_on.conftest import (
    ASHA,
    MINE,
    OFFICERS,
    is_signed_in,
    roles_at,
    sign_in,
    tied,
    uses,
)

pytestmark = pytest.mark.django_db


def test_an_address_alone_links_nobody(client, directory, met_signs_in, met_officer):
    directory.says("mallory", **{**ASHA, "email": met_officer.user.email}, roles=[OFFICERS])
    answer = sign_in(client, directory, "mallory")
    assert answer["Location"] == "/sign-in/first-time/"
    assert not is_signed_in(client)
    assert not Identity.objects.exists()


def test_an_address_of_another_organisation_makes_no_account(client, directory, met_signs_in, kent_officer):
    for email in (kent_officer.user.email, "somebody@kent.example", "a@met.example@kent.example", ""):
        directory.says("mallory", **{**ASHA, "email": email}, roles=[OFFICERS])
        answer = sign_in(client, directory, "mallory")
        assert answer.status_code == 403
        assert "no account can be made" in answer.content.decode()
    assert not Identity.objects.exists()


def test_an_invited_person_comes_in_without_a_password(client, directory, met, met_administrator, mailoutbox):
    uses(met, directory.issuer, "met.example", trusted_amr=["mfa"])
    accounts.invite(
        actor=met_administrator.actor,
        organisation_id=met.pk,
        email="ada@met.example",
        roles=[Role.POLICE_SUPERVISOR],
    )
    link = Message.objects.get(service="accounts").body.split("/invitation/")[1].split("/")[0]
    client.get(f"/invitation/{link}/")
    assert "Come in through Metropolitan" in client.get("/invitation/").content.decode()
    directory.says("ada", **{**ASHA, "name": "Ada Quill", "email": "else@kent.example"}, roles=[OFFICERS])
    answer = sign_in(client, directory, "ada")
    assert answer["Location"] == MINE
    # The invitation's address, and the roles of the claims.
    assert roles_at("ada@met.example") == {Role.POLICE_OFFICER}
    assert Identity.objects.get().proof == "invitation"


def test_an_invitation_of_another_organisation_proves_nothing(
    client, directory, met, kent, member_of_kent_invited
):
    uses(met, directory.issuer, "met.example", trusted_amr=["mfa"])
    client.get(f"/invitation/{member_of_kent_invited}/")
    directory.says("mallory", **ASHA, roles=[OFFICERS])
    assert sign_in(client, directory, "mallory")["Location"] == "/sign-in/first-time/"
    assert not Identity.objects.exists()


@pytest.fixture
def member_of_kent_invited(kent) -> str:
    chief = member("chief@kent.example", "Kent Chief", kent, Role.ADMINISTRATOR)
    accounts.invite(
        actor=chief.actor, organisation_id=kent.pk, email="new@kent.example", roles=[Role.POLICE_OFFICER]
    )
    return Message.objects.get(service="accounts").body.split("/invitation/")[1].split("/")[0]


def test_an_account_is_tied_once_its_owner_has_signed_in_here(client, directory, met, met_officer):
    uses(met, directory.issuer, "met.example", trusted_amr=["mfa"])
    directory.says("asha", **ASHA, roles=[OFFICERS])
    sign_in(client, directory, "asha")
    assert "Sign in with my password this once" in client.get("/sign-in/first-time/").content.decode()
    assert client.post("/sign-in/first-time/mine/")["Location"].startswith("/accounts/login/")
    client.post(
        "/accounts/login/?next=/sign-in/first-time/", {"login": met_officer.user.email, "password": PASSWORD}
    )
    client.post("/accounts/2fa/authenticate/", {"code": met_officer.code})
    assert "Asha Okoro" in client.get("/sign-in/first-time/").content.decode()
    client.post("/sign-in/first-time/mine/")
    assert Identity.objects.get().user == met_officer.user
    answer = sign_in(client, directory, "asha")
    assert answer["Location"] == MINE
    assert "own sign-in" in client.get(MINE).content.decode()


def test_nobody_ties_themselves_to_an_account_without_a_role_there(client, directory, met, kent_officer):
    uses(met, directory.issuer, "met.example", trusted_amr=["mfa"])
    directory.says("mallory", **ASHA, roles=[OFFICERS])
    sign_in(client, directory, "mallory")
    kent_officer.sign_in(client)
    assert "has no role at Metropolitan" in client.get("/sign-in/first-time/").content.decode()
    client.post("/sign-in/first-time/mine/")
    assert not Identity.objects.exists()


def test_in_read_only_mode_only_whoever_came_before_comes_in(
    client, directory, met_signs_in, met_officer, settings
):
    settings.READ_ONLY = True
    tied(met_officer, directory, "asha")
    for name in ("asha", "newcomer"):
        directory.says(name, **ASHA, roles=[OFFICERS])
    assert "Sign in through" in client.post("/sign-in/", {"login": "a@met.example"}).content.decode()
    assert sign_in(client, directory, "asha")["Location"] == MINE
    answer = sign_in(Client(), directory, "newcomer")
    assert "can only be read for now" in answer.content.decode()
    assert Identity.objects.count() == 1
