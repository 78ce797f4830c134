"""Who may administer whom, refusal by refusal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.access import Refusal
from foundation.accounts import policies
from foundation.accounts.enums import ROLES_OF_KIND, OrganisationKind, Role
from foundation.accounts.models import Invitation, Membership, Organisation, User
from foundation.actors import Actor
from tests.cast import Member

pytestmark = pytest.mark.django_db


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


def an_invitation(place: Organisation, **more) -> Invitation:
    now = timezone.now()
    return Invitation(
        organisation=place,
        sent_for=place,
        email="new@met.example",
        roles=[Role.AUDITOR],
        sent_at=now,
        expires_at=now + timedelta(days=7),
        **more,
    )


TOUCHING = (
    policies.may_suspend,
    policies.may_unlock,
    policies.may_end_sessions,
    policies.may_reset_second_factor,
)


@pytest.mark.parametrize("policy", TOUCHING)
def test_an_administrator_may_for_their_own_people_only(
    policy, met_administrator: Member, met_officer: Member, kent_officer: Member, met_supervisor: Member
) -> None:
    assert code(policy(met_administrator.actor, met_officer.user)) is None
    assert code(policy(met_administrator.actor, kent_officer.user)) == "other_organisation"
    assert code(policy(met_administrator.actor, met_administrator.user)) == "own_account"
    assert code(policy(met_supervisor.actor, met_officer.user)) == "role"
    assert code(policy(Actor.nobody(), met_officer.user)) == "role"
    assert code(policy(Actor.system("test"), met_officer.user)) == "role"


def test_suspending_and_reinstating_fit_the_standing(
    met_administrator: Member,
    kent: Organisation,
    met: Organisation,
    suspended_user: Member,
    met_officer: Member,
) -> None:
    actor, person = met_administrator.actor, suspended_user.user
    assert code(policies.may_suspend(actor, person)) == "already_suspended"
    assert code(policies.may_reinstate(actor, person)) is None
    assert code(policies.may_reinstate(actor, met_officer.user)) == "not_suspended"
    assert code(policies.may_reinstate(met_officer.actor, person)) == "role"
    person.suspended_by = met
    assert code(policies.may_reinstate(actor, person)) is None
    person.suspended_by = kent
    assert code(policies.may_reinstate(actor, person)) == "suspended_elsewhere"


def test_whoever_suspended_can_undo_it_after_the_roles_have_ended(
    met_administrator: Member, administrator: Member, suspended_user: Member, met: Organisation
) -> None:
    person = suspended_user.user
    Membership.objects.filter(user=person).update(ended_at=timezone.now())
    assert code(policies.may_reinstate(met_administrator.actor, person)) == "other_organisation"
    person.suspended_by = met
    assert code(policies.may_reinstate(met_administrator.actor, person)) is None
    assert code(policies.may_reinstate(administrator.actor, person)) == "other_organisation"


def test_one_organisation_does_not_weaken_the_way_into_anothers_records(
    met_administrator: Member, met_officer: Member, kent: Organisation
) -> None:
    Membership.objects.create(user=met_officer.user, organisation=kent, role=Role.AUDITOR)
    assert (
        code(policies.may_reset_second_factor(met_administrator.actor, met_officer.user)) == "works_elsewhere"
    )
    assert code(policies.may_suspend(met_administrator.actor, met_officer.user)) is None


def test_roles_are_given_by_ones_own_administrator_and_fit_the_body(
    met_administrator: Member,
    administrator: Member,
    met: Organisation,
    kent: Organisation,
    met_officer: Member,
    suspended_user: Member,
    kent_officer: Member,
) -> None:
    actor = met_administrator.actor
    grant = policies.may_grant
    assert code(grant(actor, met_officer.user, met, Role.POLICE_SUPERVISOR)) is None
    assert code(grant(actor, met_officer.user, met, Role.CHARITY_CASEWORKER)) == "role_of_kind"
    assert code(grant(actor, met_officer.user, kent, Role.POLICE_OFFICER)) == "role"
    assert code(grant(actor, kent_officer.user, met, Role.POLICE_OFFICER)) == "other_organisation"
    assert code(grant(actor, met_administrator.user, met, Role.POLICE_SUPERINTENDENT)) == "own_account"
    assert code(grant(actor, suspended_user.user, met, Role.POLICE_OFFICER)) == "suspended"
    assert code(grant(administrator.actor, met_officer.user, met, Role.POLICE_OFFICER)) == "role"


def test_a_role_is_ended_by_ones_own_administrator_and_once(
    met_administrator: Member, administrator: Member, met_officer: Member
) -> None:
    row = Membership.objects.get(user=met_officer.user)
    own = Membership.objects.get(user=met_administrator.user)
    assert code(policies.may_end(met_administrator.actor, row)) is None
    assert code(policies.may_end(administrator.actor, row)) == "role"
    assert code(policies.may_end(met_administrator.actor, own)) == "own_account"
    row.ended_at = timezone.now()
    assert code(policies.may_end(met_administrator.actor, row)) == "already_ended"


def test_inviting(met_administrator: Member, met: Organisation, met_officer: Member) -> None:
    actor = met_administrator.actor
    assert code(policies.may_invite(actor, met, [Role.POLICE_OFFICER])) is None
    assert code(policies.may_invite(actor, met, [])) == "no_role"
    assert code(policies.may_invite(actor, met, [Role.POLICE_OFFICER, Role.NATIONAL_UNIT])) == "role_of_kind"
    assert code(policies.may_invite(met_officer.actor, met, [Role.POLICE_OFFICER])) == "role"
    met.is_active = False
    assert code(policies.may_invite(actor, met, [Role.POLICE_OFFICER])) == "organisation_closed"


def test_the_platform_brings_a_first_administrator_and_nothing_more(
    administrator: Member,
    met_administrator: Member,
    kent: Organisation,
    met: Organisation,
    caseworker: Member,
) -> None:
    actor = administrator.actor
    assert code(policies.may_invite(actor, kent, [Role.ADMINISTRATOR])) is None
    assert code(policies.may_invite(actor, kent, [Role.POLICE_OFFICER])) == "first_administrator_only"
    both = [Role.ADMINISTRATOR, Role.AUDITOR]
    assert code(policies.may_invite(actor, kent, both)) == "first_administrator_only"
    assert code(policies.may_invite(actor, met, [Role.ADMINISTRATOR])) == "has_administrator"
    assert code(policies.may_invite(met_administrator.actor, kent, [Role.ADMINISTRATOR])) == "role"
    assert code(policies.may_invite(caseworker.actor, kent, [Role.ADMINISTRATOR])) == "role"


def test_a_suspended_administrator_counts_as_none(administrator: Member, met_administrator: Member) -> None:
    place = met_administrator.organisation
    assert policies.has_administrator(place.pk)
    User.objects.filter(pk=met_administrator.user.pk).update(is_active=False)
    assert not policies.has_administrator(place.pk)
    assert code(policies.may_invite(administrator.actor, place, [Role.ADMINISTRATOR])) is None


def test_an_administrator_whom_another_organisation_suspended_still_counts(
    administrator: Member, met_administrator: Member, charity: Organisation
) -> None:
    place, user = met_administrator.organisation, met_administrator.user
    now = timezone.now()
    User.objects.filter(pk=user.pk).update(is_active=False, suspended_at=now, suspended_by=charity)
    assert code(policies.may_invite(administrator.actor, place, [Role.ADMINISTRATOR])) == "has_administrator"
    User.objects.filter(pk=user.pk).update(suspended_by=place)
    assert code(policies.may_invite(administrator.actor, place, [Role.ADMINISTRATOR])) is None


def test_addresses_that_are_not_invited(
    administrator: Member,
    met_administrator: Member,
    met_officer: Member,
    caseworker: Member,
    kent: Organisation,
    met: Organisation,
    settings,
) -> None:
    may = policies.may_invite_address
    assert code(may(met_administrator.actor, met, "new@met.example")) is None
    assert code(may(met_administrator.actor, met, met_officer.user.email.upper())) == "works_here"
    assert code(may(administrator.actor, kent, caseworker.user.email)) == "own_people"
    assert code(may(administrator.actor, kent, met_officer.user.email)) is None
    demo_address = "met.officer@demo.harbour.test"
    assert code(may(met_administrator.actor, met, demo_address)) is None
    settings.IS_PRODUCTION = True
    assert code(may(met_administrator.actor, met, demo_address)) == "demo_address"
    assert code(may(met_administrator.actor, met, "new@met.example")) is None


def test_what_can_be_accepted_and_managed(
    met_administrator: Member, met: Organisation, met_officer: Member
) -> None:
    actor, now = met_administrator.actor, timezone.now()
    row = an_invitation(met)
    assert code(policies.may_accept(row)) is None
    assert code(policies.may_manage_invitation(actor, row)) is None
    assert code(policies.may_manage_invitation(met_officer.actor, row)) == "role"
    row.expires_at = now
    assert code(policies.may_accept(row)) == "expired"
    assert code(policies.may_manage_invitation(actor, row)) is None
    row.revoked_at = now
    assert code(policies.may_accept(row)) == code(policies.may_manage_invitation(actor, row)) == "revoked"
    row.revoked_at, row.accepted_at = None, now
    assert code(policies.may_accept(row)) == code(policies.may_manage_invitation(actor, row)) == "accepted"
    closed = an_invitation(met)
    met.is_active = False
    assert code(policies.may_accept(closed)) == "organisation_closed"


@pytest.mark.parametrize("kind", OrganisationKind)
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_the_database_holds_the_same_table_of_roles(kind: OrganisationKind, role: Role) -> None:
    place = Organisation.objects.create(kind=kind, code="somewhere", name="Somewhere")
    user = User.objects.create(email="somebody@met.example", full_name="Somebody")
    if role in ROLES_OF_KIND[kind]:
        Membership.objects.create(user=user, organisation=place, role=role)
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(user=user, organisation=place, role=role)
