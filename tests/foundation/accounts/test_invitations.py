"""Invitations: sent, sent again, taken back, expired, accepted by somebody new or known."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from foundation.access import Refused
from foundation.accounts import mail, services
from foundation.accounts.enums import Role
from foundation.accounts.models import Invitation, Membership, Organisation, User
from foundation.audit.models import AuditEvent
from foundation.messaging.models import Message
from tests.cast import PASSWORD, Member, member

pytestmark = pytest.mark.django_db
NEW = {"full_name": "Ada Quill", "password1": "lantern orbit velvet", "password2": "lantern orbit velvet"}
SET_UP = "/your-account/second-factor/"


def refused(code: str):
    return pytest.raises(Refused, check=lambda error: error.refusal.code == code)


@pytest.fixture
def invitation(met_administrator: Member, met: Organisation) -> Invitation:
    return services.invite(
        actor=met_administrator.actor,
        organisation_id=met.pk,
        email=" New.Officer@Met.Example ",
        roles=[Role.POLICE_OFFICER, Role.AUDITOR],
        team_id=met.teams.get(code="central-south").pk,
    )


def link(row: Invitation) -> str:
    """The path of the link in the latest e-mail."""
    sent = Message.objects.filter(owner_label="accounts.Invitation", owner_id=row.pk).latest("pk")
    return re.search(r"https?://[^/]+(/invitation/\S+)", sent.body).group(1)


def open_it(client: Client, path: str):
    return client.get(path, follow=True)


def test_an_invitation_goes_by_the_normal_lane_and_only_its_digest_is_kept(invitation: Invitation) -> None:
    sent = Message.objects.get(owner_label="accounts.Invitation", owner_id=invitation.pk)
    assert (sent.channel, sent.lane, sent.to) == ("email", "normal", "new.officer@met.example")
    assert sent.valid_until == invitation.expires_at
    token = link(invitation).split("/")[2]
    assert token not in str(Invitation.objects.values().get(pk=invitation.pk))
    assert invitation.roles == ["auditor", "police_officer"]
    assert AuditEvent.objects.get(action="invitation.sent").target_id == invitation.pk


def test_somebody_new_makes_an_account_and_is_led_to_the_second_factor(
    client: Client, invitation: Invitation, met: Organisation
) -> None:
    page = open_it(client, link(invitation))
    assert page.redirect_chain == [("/invitation/", 302)]
    assert "Metropolitan Police" in page.content.decode()
    answer = client.post("/invitation/", NEW)
    assert answer["Location"] == SET_UP
    assert client.get("/your-account/")["Location"] == SET_UP
    person = User.objects.get(email="new.officer@met.example")
    assert person.check_password(NEW["password1"])
    assert EmailAddress.objects.get(user=person).verified
    held = set(Membership.objects.filter(user=person).values_list("role", "organisation", "team__code"))
    assert held == {(role, met.pk, "central-south") for role in ("police_officer", "auditor")}
    noted = AuditEvent.objects.get(action="invitation.accepted")
    assert (noted.user_id, noted.organisation_id) == (person.pk, met.pk)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password2": "something else"}, "not the same"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": "new.officer@met.example", "password2": "new.officer@met.example"}, "too similar"),
        ({"password1": "password1234", "password2": "password1234"}, "too common"),
        ({"full_name": ""}, "Enter your name"),
    ],
)
def test_a_bad_password_or_no_name_makes_no_account(
    client: Client, invitation: Invitation, change: dict[str, str], words: str
) -> None:
    open_it(client, link(invitation))
    page = client.post("/invitation/", NEW | change)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert not User.objects.filter(email="new.officer@met.example").exists()


def test_a_used_link_is_dead(client: Client, invitation: Invitation) -> None:
    path = link(invitation)
    open_it(client, path)
    client.post("/invitation/", NEW)
    again = open_it(Client(), path)
    assert again.status_code == 410
    assert "has been used" in again.content.decode()


def test_a_link_expires_after_a_week(client: Client, invitation: Invitation) -> None:
    path = link(invitation)
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        page = open_it(client, path)
        assert page.status_code == 410
        assert "expired" in page.content.decode()
        assert client.post("/invitation/", NEW).status_code == 410


def test_an_invitation_taken_back_is_dead_and_its_mail_is_not_sent(
    client: Client, invitation: Invitation, met_administrator: Member
) -> None:
    path = link(invitation)
    services.revoke_invitation(actor=met_administrator.actor, invitation_id=invitation.pk)
    assert "taken back" in open_it(client, path).content.decode()
    assert (
        Message.objects.get(owner_id=invitation.pk, owner_label="accounts.Invitation").status == "cancelled"
    )
    assert mail.invitation_stands(invitation.pk).code == "revoked"
    with refused("revoked"):
        services.resend_invitation(actor=met_administrator.actor, invitation_id=invitation.pk)


def test_sending_again_makes_a_new_link_and_kills_the_old(
    client: Client, invitation: Invitation, met_administrator: Member
) -> None:
    old = link(invitation)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        services.resend_invitation(actor=met_administrator.actor, invitation_id=invitation.pk)
        fresh = link(invitation)
        gone = open_it(client, old)
        assert gone.status_code == 410
        assert "not valid" in gone.content.decode()
        assert open_it(client, fresh).status_code == 200
    statuses = Message.objects.filter(owner_id=invitation.pk, owner_label="accounts.Invitation")
    assert list(statuses.order_by("pk").values_list("status", flat=True)) == ["cancelled", "queued"]


def test_a_made_up_link_says_no_more_than_that(client: Client, db: None) -> None:
    assert open_it(client, "/invitation/made-up/").status_code == 410
    assert Client().get("/invitation/").status_code == 410


def test_somebody_with_an_account_signs_in_and_adds_the_roles(
    client: Client, met_administrator: Member, met: Organisation, kent_officer: Member
) -> None:
    row = services.invite(
        actor=met_administrator.actor,
        organisation_id=met.pk,
        email=kent_officer.user.email,
        roles=["auditor"],
    )
    page = open_it(client, link(row))
    assert "has an account already" in page.content.decode()
    assert client.post("/invitation/", NEW).status_code == 200
    kent_officer.sign_in(client)
    open_it(client, link(row))
    assert client.post("/invitation/")["Location"] == "/your-account/"
    held = Membership.objects.filter(user=kent_officer.user, organisation=met)
    assert [one.role for one in held] == ["auditor"]
    assert AuditEvent.objects.get(action="invitation.accepted").user_id == kent_officer.user.pk


def test_somebody_else_cannot_take_an_invitation(
    client: Client, invitation: Invitation, kent_officer: Member
) -> None:
    kent_officer.sign_in(client)
    page = open_it(client, link(invitation))
    assert "signed in with another address" in page.content.decode()
    client.post("/invitation/", NEW)
    with refused("other_person"):
        services.accept_with_account(
            actor=kent_officer.actor, invitation_id=invitation.pk, user_id=kent_officer.user.pk
        )
    assert Invitation.objects.get(pk=invitation.pk).accepted_at is None


def test_an_account_made_meanwhile_wins_over_the_form(invitation: Invitation, met: Organisation) -> None:
    User.objects.create_user("NEW.officer@met.example", PASSWORD, full_name="Ada Quill")
    with refused("has_account"):
        services.accept_as_new(
            invitation_id=invitation.pk, full_name="Ada Quill", password=PASSWORD, source="test"
        )


def test_one_open_invitation_an_address(invitation: Invitation, met_administrator: Member) -> None:
    again = {
        "actor": met_administrator.actor,
        "organisation_id": invitation.organisation_id,
        "email": "NEW.OFFICER@met.example",
        "roles": ["auditor"],
    }
    with refused("invited_already"):
        services.invite(**again)
    services.revoke_invitation(actor=met_administrator.actor, invitation_id=invitation.pk)
    services.invite(**again)


def test_what_may_not_be_given_is_not_offered(met_administrator: Member, met: Organisation) -> None:
    with refused("role_of_kind"):
        services.invite(
            actor=met_administrator.actor,
            organisation_id=met.pk,
            email="x@met.example",
            roles=["national_unit"],
        )
    with refused("works_here"):
        services.invite(
            actor=met_administrator.actor,
            organisation_id=met.pk,
            email=met_administrator.user.email,
            roles=["auditor"],
        )
    assert not Invitation.objects.exists()


def test_mail_to_a_suspended_person_is_stopped(met_officer: Member, suspended_user: Member) -> None:
    assert mail.person_is_let_in(met_officer.user.pk) is None
    assert mail.person_is_let_in(suspended_user.user.pk).code == "suspended"


def test_a_race_of_two_acceptances_makes_one_account(invitation: Invitation) -> None:
    first = services.accept_as_new(
        invitation_id=invitation.pk, full_name="Ada Quill", password=PASSWORD, source="test"
    )
    with refused("accepted"):
        services.accept_as_new(
            invitation_id=invitation.pk, full_name="Ada Quill", password=PASSWORD, source="test"
        )
    assert Invitation.objects.get(pk=invitation.pk).accepted_by == first


def test_the_second_of_two_first_administrators_stays_outside(
    administrator: Member, kent: Organisation, client: Client
) -> None:
    """Else the charity could keep an invitation open and walk into a force that has long had its own."""
    first, second = (
        services.invite(
            actor=administrator.actor, organisation_id=kent.pk, email=address, roles=[Role.ADMINISTRATOR]
        )
        for address in ("first@kent.example", "second@kent.example")
    )
    services.accept_as_new(invitation_id=first.pk, full_name="Ada Quill", password=PASSWORD, source="test")
    with refused("has_administrator"):
        services.accept_as_new(
            invitation_id=second.pk, full_name="Eve Lark", password=PASSWORD, source="test"
        )
    assert mail.invitation_stands(second.pk).code == "has_administrator"
    assert open_it(client, link(second)).status_code == 410
    assert Membership.objects.filter(organisation=kent, role=Role.ADMINISTRATOR).count() == 1


def test_suspending_whoever_invited_takes_their_open_invitations_back(
    invitation: Invitation, met_administrator: Member, met: Organisation, client: Client
) -> None:
    colleague = member("administrator2@met.example", "Ola Brand", met, Role.ADMINISTRATOR)
    services.suspend_user(actor=colleague.actor, user_id=met_administrator.user.pk, reason="Account stolen.")
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
    assert open_it(client, link(invitation)).status_code == 410
    noted = AuditEvent.objects.get(action="invitation.revoked")
    assert (noted.user_id, noted.target_id) == (colleague.user.pk, invitation.pk)
