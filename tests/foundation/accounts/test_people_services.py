"""Suspending, reinstating, unlocking, roles: what is written, what ends, what the trail keeps."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from foundation.access import Refused
from foundation.accounts import lockout, services
from foundation.accounts.enums import Role
from foundation.accounts.models import Membership, Organisation, Session, Team, User
from foundation.accounts.selectors import actor_for
from foundation.audit.models import AuditEvent, Reason
from foundation.messaging.models import Message
from tests.cast import PASSWORD, Member

pytestmark = pytest.mark.django_db
MINE = "/your-account/"


def refused(code: str):
    return pytest.raises(Refused, check=lambda error: error.refusal.code == code)


def test_a_suspended_persons_live_session_dies_at_once(
    client: Client, met_administrator: Member, met_officer: Member, kent_officer: Member
) -> None:
    met_officer.sign_in(client)
    elsewhere = kent_officer.sign_in(Client())
    assert client.get(MINE).status_code == 200
    services.suspend_user(
        actor=met_administrator.actor, user_id=met_officer.user.pk, reason="Left the force."
    )
    assert not Session.objects.filter(user_id=met_officer.user.pk).exists()
    assert not UserSession.objects.filter(user=met_officer.user).exists()
    assert client.get(MINE)["Location"].startswith("/accounts/login/")
    assert elsewhere.get(MINE).status_code == 200


def test_even_a_session_that_survived_serves_nobody_who_is_suspended(
    client: Client, met_officer: Member
) -> None:
    met_officer.sign_in(client)
    User.objects.filter(pk=met_officer.user.pk).update(is_active=False)
    assert client.get(MINE)["Location"].startswith("/accounts/login/")
    assert actor_for(User.objects.get(pk=met_officer.user.pk)).user_id is None


def test_suspending_and_reinstating_are_in_the_trail_with_their_reasons(
    met_administrator: Member, met_officer: Member
) -> None:
    actor, user_id = met_administrator.actor, met_officer.user.pk
    shut_out = services.suspend_user(actor=actor, user_id=user_id, reason="Telephone stolen.")
    assert (shut_out.is_active, shut_out.suspended_by_id) == (False, actor.organisation_id)
    let_in = services.reinstate_user(actor=actor, user_id=user_id, reason="Telephone found.")
    assert (let_in.is_active, let_in.suspended_at, let_in.suspended_by_id) == (True, None, None)
    assert let_in.version == shut_out.version + 1
    rows = AuditEvent.objects.filter(target="accounts.User", target_id=user_id).order_by("pk")
    assert [row.action for row in rows] == ["user.suspended", "user.reinstated"]
    reasons = [Reason.objects.get(pk=row.reason_id).text for row in rows]
    assert reasons == ["Telephone stolen.", "Telephone found."]


@pytest.mark.parametrize("verb", [services.suspend_user, services.reset_second_factor])
def test_a_reason_must_be_given(verb, met_administrator: Member, met_officer: Member) -> None:
    with refused("reason_required"):
        verb(actor=met_administrator.actor, user_id=met_officer.user.pk, reason="  ")
    assert User.objects.get(pk=met_officer.user.pk).is_active


def test_what_is_refused_writes_nothing(met_administrator: Member, kent_officer: Member) -> None:
    actor, user_id = met_administrator.actor, kent_officer.user.pk
    with refused("other_organisation"):
        services.suspend_user(actor=actor, user_id=user_id, reason="Why not.")
    with refused("other_organisation"):
        services.reset_second_factor(actor=actor, user_id=user_id, reason="Why not.")
    with refused("other_organisation"):
        services.reinstate_user(actor=actor, user_id=user_id, reason="Why not.")
    with refused("other_organisation"):
        services.end_sessions(actor=actor, user_id=user_id)
    with refused("other_organisation"):
        services.unlock_user(actor=actor, user_id=user_id)
    assert User.objects.get(pk=user_id).is_active
    assert Authenticator.objects.filter(user_id=user_id).exists()
    assert not AuditEvent.objects.filter(target="accounts.User", target_id=user_id).exists()


def test_unlocking_lets_them_try_again(
    client: Client, met_administrator: Member, met_officer: Member
) -> None:
    email = met_officer.user.email
    for _ in range(5):
        client.post("/accounts/login/", {"login": email, "password": "wrong"})
    assert lockout.locked_until(email) is not None
    assert services.unlock_user(actor=met_administrator.actor, user_id=met_officer.user.pk) == 1
    assert lockout.locked_until(email) is None
    answer = client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert AuditEvent.objects.filter(action="user.unlocked", target_id=met_officer.user.pk).exists()


def test_a_lost_second_factor_is_removed_with_the_sessions_and_they_are_told(
    client: Client, met_administrator: Member, met_officer: Member
) -> None:
    met_officer.sign_in(client)
    user_id = met_officer.user.pk
    services.reset_second_factor(actor=met_administrator.actor, user_id=user_id, reason="Called back.")
    assert not Authenticator.objects.filter(user_id=user_id).exists()
    assert client.get(MINE)["Location"].startswith("/accounts/login/")
    told = Message.objects.get(owner_label="accounts.User", owner_id=user_id)
    assert (told.channel, told.lane, told.to) == ("email", "normal", met_officer.user.email)
    assert AuditEvent.objects.filter(action="second_factor.reset", target_id=user_id).exists()


def test_signing_somebody_out_everywhere(
    client: Client, met_administrator: Member, met_officer: Member
) -> None:
    met_officer.sign_in(client)
    services.end_sessions(actor=met_administrator.actor, user_id=met_officer.user.pk)
    assert client.get(MINE)["Location"].startswith("/accounts/login/")
    assert User.objects.get(pk=met_officer.user.pk).is_active


def test_a_role_is_given_once_and_counts_from_the_next_look(
    met_administrator: Member, met_officer: Member, met: Organisation
) -> None:
    team = Team.objects.get(organisation=met, code="central-south")
    given = {
        "actor": met_administrator.actor,
        "user_id": met_officer.user.pk,
        "organisation_id": met.pk,
        "role": Role.POLICE_SUPERVISOR,
    }
    services.grant_role(**given, team_id=team.pk)
    assert Role.POLICE_SUPERVISOR in met_officer.actor.roles
    assert met_officer.actor.team_ids == {team.pk}
    with refused("already_held"):
        services.grant_role(**given)
    noted = AuditEvent.objects.get(action="membership.granted")
    assert noted.to_state == "police_supervisor"


def test_a_team_must_be_the_organisations_own_and_open(
    met_administrator: Member, met_officer: Member, met: Organisation, kent: Organisation
) -> None:
    theirs = Team.objects.create(organisation=kent, code="desk", name="Desk")
    closed = Team.objects.filter(organisation=met, is_active=False).first()
    for team in (theirs, closed):
        with refused("other_team"):
            services.grant_role(
                actor=met_administrator.actor,
                user_id=met_officer.user.pk,
                organisation_id=met.pk,
                role=Role.POLICE_SUPERVISOR,
                team_id=team.pk,
            )
    assert Membership.objects.filter(user=met_officer.user).count() == 1


def test_an_ended_role_stays_as_history_and_can_be_given_again(
    met_administrator: Member, met_officer: Member, met: Organisation
) -> None:
    row = Membership.objects.get(user=met_officer.user)
    services.end_role(actor=met_administrator.actor, membership_id=row.pk, reason="Moved desk.")
    assert met_officer.actor.user_id is None
    with refused("already_ended"):
        services.end_role(actor=met_administrator.actor, membership_id=row.pk)
    row.refresh_from_db()
    assert row.ended_at is not None
    # Nobody without a running role is the organisation's any more: they are invited again.
    with refused("other_organisation"):
        services.grant_role(
            actor=met_administrator.actor,
            user_id=met_officer.user.pk,
            organisation_id=met.pk,
            role=Role.POLICE_OFFICER,
        )


def test_a_person_of_two_organisations_acts_for_one_at_a_time(
    client: Client, met_officer: Member, kent: Organisation
) -> None:
    Membership.objects.create(user=met_officer.user, organisation=kent, role=Role.AUDITOR)
    met_officer.sign_in(client)
    assert "Act for Kent Police" in client.get(MINE).content.decode()
    client.post("/your-account/act-for/", {"code": "kent"})
    assert client.session["organisation_id"] == kent.pk
    acting = actor_for(met_officer.user, organisation_id=kent.pk)
    assert acting.roles == {Role.AUDITOR}
    assert AuditEvent.objects.filter(action="user.acts_for", target_id=kent.pk).exists()


def test_nobody_acts_for_an_organisation_that_is_not_theirs(
    client: Client, met_officer: Member, kent: Organisation
) -> None:
    met_officer.sign_in(client)
    assert client.post("/your-account/act-for/", {"code": "kent"}).status_code == 404
    with refused("other_organisation"):
        services.act_for(actor=met_officer.actor, organisation_id=kent.pk)
    assert actor_for(met_officer.user, organisation_id=kent.pk).organisation_id == met_officer.organisation.pk


def test_sessions_end_with_the_last_role_in_an_organisation_and_not_before(
    client: Client, met_administrator: Member, met_officer: Member, met: Organisation, kent: Organisation
) -> None:
    Membership.objects.create(user=met_officer.user, organisation=kent, role=Role.AUDITOR)
    Membership.objects.create(user=met_officer.user, organisation=met, role=Role.AUDITOR)
    met_officer.sign_in(client)
    first, last = Membership.objects.filter(user=met_officer.user, organisation=met).order_by("pk")
    services.end_role(actor=met_administrator.actor, membership_id=first.pk)
    assert client.get(MINE).status_code == 200
    services.end_role(actor=met_administrator.actor, membership_id=last.pk)
    assert not Session.objects.filter(user_id=met_officer.user.pk).exists()
    assert client.get(MINE)["Location"].startswith("/accounts/login/")
