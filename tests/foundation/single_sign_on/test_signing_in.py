"""Coming in by one's organisation, through a real provider."""

from __future__ import annotations

import pytest
from django.test import Client

from foundation.accounts.enums import Role
from foundation.accounts.models import Membership, Session, User
from foundation.audit.models import AuditEvent
from foundation.single_sign_on.models import Identity
from tests.cast import member
from tests.foundation.single_sign_on.conftest import (
    ASHA,
    MINE,
    OFFICERS,
    SUPERVISORS,
    asked,
    go_to,
    is_signed_in,
    roles_at,
    sign_in,
    tied,
)

pytestmark = pytest.mark.django_db


def test_somebody_new_comes_in_with_the_roles_of_their_claims(client, directory, met_signs_in):
    directory.says("asha", **ASHA, roles=[OFFICERS, SUPERVISORS, "something else"])
    answer = sign_in(client, directory, "asha")
    assert (answer.status_code, answer["Location"]) == (302, MINE)
    assert "Asha New" in client.get(MINE).content.decode()
    assert roles_at("asha.new@met.example") == {Role.POLICE_OFFICER, Role.POLICE_SUPERVISOR}
    assert not User.objects.get(email="asha.new@met.example").has_usable_password()
    here = AuditEvent.objects.filter(organisation_id=met_signs_in.organisation_id)
    assert here.filter(action="identity.tied").exists()
    assert here.get(action="user.signed_in").fields == ["single_sign_on"]


def test_the_browser_carries_a_challenge_a_nonce_and_a_state_of_this_sign_in_alone(
    client, directory, met_signs_in
):
    first, second = asked(go_to(client)), asked(go_to(client))
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"] == "http://127.0.0.1:8000/sign-in/metropolitan/back/"
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]
    assert "client_secret" not in first


def test_they_are_the_same_person_the_next_time_whatever_their_address_is_by_then(
    client, directory, met_signs_in
):
    directory.says("asha", **ASHA, roles=[OFFICERS])
    sign_in(client, directory, "asha")
    directory.says("asha", **{**ASHA, "email": "officer@kent.example"}, roles=[OFFICERS])
    sign_in(Client(), directory, "asha")
    assert Identity.objects.count() == 1
    assert User.objects.filter(full_name="Asha New").count() == 1


def test_a_lost_role_ends_and_so_do_the_other_sessions(client, directory, met_signs_in):
    directory.says("asha", **ASHA, roles=[OFFICERS, SUPERVISORS])
    sign_in(client, directory, "asha")
    assert is_signed_in(client)
    directory.says("asha", **ASHA, roles=[OFFICERS])
    second = Client()
    sign_in(second, directory, "asha")
    assert roles_at("asha.new@met.example") == {Role.POLICE_OFFICER}
    assert not is_signed_in(client)
    assert is_signed_in(second)


def test_whoever_has_lost_every_role_is_refused_and_told_whom_to_ask(client, directory, met_signs_in):
    directory.says("asha", **ASHA, roles=[OFFICERS])
    sign_in(client, directory, "asha")
    directory.says("asha", **ASHA, roles=["harbour-leavers"])
    answer = sign_in(client, directory, "asha")
    assert answer.status_code == 403
    assert "gives you no role here" in answer.content.decode()
    assert roles_at("asha.new@met.example") == set()
    assert not is_signed_in(client)
    assert AuditEvent.objects.get(action="sign_in.refused").to_state == "no_role"


def test_a_role_no_rule_speaks_of_is_left_to_the_administrator(client, directory, met_signs_in, met_officer):
    tied(met_officer, directory, "asha")
    Membership.objects.create(user=met_officer.user, organisation=met_officer.organisation, role=Role.AUDITOR)
    directory.says("asha", **ASHA, roles=[SUPERVISORS])
    sign_in(client, directory, "asha")
    assert roles_at(met_officer.user.email) == {Role.AUDITOR, Role.POLICE_SUPERVISOR}


def test_a_role_of_another_kind_of_body_is_never_given(client, directory, met_signs_in):
    met_signs_in.rules.create(value="harbour-charity", role=Role.CHARITY_MANAGER)
    directory.says("asha", **ASHA, roles=["harbour-charity"])
    assert sign_in(client, directory, "asha").status_code == 403
    assert not User.objects.filter(full_name="Asha New").exists()


def test_the_suspended_stay_out_and_get_no_role(client, directory, met_signs_in, suspended_user):
    tied(suspended_user, directory, "vera")
    directory.says("vera", **ASHA, roles=[SUPERVISORS])
    answer = sign_in(client, directory, "vera")
    assert answer.status_code == 403
    assert "suspended" in answer.content.decode()
    assert roles_at(suspended_user.user.email) == set()  # a role no longer given ends all the same
    assert not is_signed_in(client)


def test_their_own_sign_in_opens_no_other_organisation(client, directory, met_signs_in, met_officer, charity):
    """Whoever runs the Met's directory does not thereby come in at the charity."""
    member(met_officer.user.email, "Asha Okoro", charity, Role.CHARITY_MANAGER)
    tied(met_officer, directory, "asha")
    directory.says("asha", **ASHA, roles=[OFFICERS])
    sign_in(client, directory, "asha")
    assert "Act for Missing People" not in client.get(MINE).content.decode()
    assert client.post("/your-account/act-for/", {"code": "missing-people"}).status_code == 404
    session = client.session
    session["organisation_id"] = charity.pk  # even if it said so
    session.save()
    assert client.get("/textsafe/conversations/").status_code == 403


@pytest.mark.parametrize(
    "page",
    ["/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/totp/activate/"],
)
def test_their_own_sign_in_does_not_reach_the_accounts_password_and_factors(
    client, directory, met_signs_in, met_officer, page
):
    tied(met_officer, directory, "asha")
    directory.says("asha", **ASHA, roles=[OFFICERS])
    sign_in(client, directory, "asha")
    for answer in (client.get(page), client.post(page, {"email": "x@met.example", "action_add": ""})):
        assert answer.status_code == 403
        assert "Not by this sign-in" in answer.content.decode()


def test_without_a_trusted_factor_ours_is_asked_for(client, directory, met_signs_in, met_officer):
    tied(met_officer, directory, "asha")
    directory.says("asha", **{**ASHA, "amr": ["pwd"]}, roles=[OFFICERS])
    answer = sign_in(client, directory, "asha")
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert not is_signed_in(client)
    answer = client.post("/accounts/2fa/authenticate/", {"code": met_officer.code})
    assert answer["Location"] == MINE
    assert "own sign-in" in client.get(MINE).content.decode()


def test_whoever_has_no_factor_at_all_sets_one_up_first(client, directory, met_signs_in):
    directory.says("asha", **{**ASHA, "amr": []}, roles=[OFFICERS])
    sign_in(client, directory, "asha")
    assert client.get("/")["Location"] == "/your-account/second-factor/"
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


def test_an_acr_value_can_stand_for_the_factor(client, directory, met_signs_in, met_officer):
    met_signs_in.trusted_acr = ["urn:force:strong"]
    met_signs_in.save()
    tied(met_officer, directory, "asha")
    directory.says("asha", **{**ASHA, "amr": ["pwd"]}, acr="urn:force:strong", roles=[OFFICERS])
    assert sign_in(client, directory, "asha")["Location"] == MINE


def test_a_session_is_dropped_when_its_person_signs_in_as_somebody_else(
    client, directory, met_signs_in, kent_officer
):
    kent_officer.sign_in(client)
    before = client.session.session_key
    directory.says("asha", **ASHA, roles=[OFFICERS])
    sign_in(client, directory, "asha")
    assert not Session.objects.filter(session_key=before).exists()
    assert "Asha New" in client.get(MINE).content.decode()
    assert "Kent" not in client.get(MINE).content.decode()
