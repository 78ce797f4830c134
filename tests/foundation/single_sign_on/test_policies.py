"""Every answer of the rules about organisations' sign-ins."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from foundation.accounts.enums import Role
from foundation.accounts.models import Membership
from foundation.actors import Actor
from foundation.single_sign_on import policies
from foundation.single_sign_on.models import BreakGlass, Identity, Provider
from tests.cast import Member, member
from tests.foundation.single_sign_on.conftest import uses

pytestmark = pytest.mark.django_db


def code(refusal: Any) -> str:
    return refusal.code if refusal else ""


@pytest.fixture
def provider(met: Any) -> Provider:
    return uses(met, "https://id.example", "met.example")


def test_an_administrator_sets_up_their_own(met_administrator: Member, met_officer: Member) -> None:
    assert policies.may_configure(met_administrator.actor) is None
    assert code(policies.may_configure(met_officer.actor)) == "role"
    assert code(policies.may_configure(Actor.system("test"))) == "role"
    nowhere = Actor(organisation_id=None, roles=frozenset({Role.ADMINISTRATOR}), user_id=1)
    assert code(policies.may_configure(nowhere)) == "role"


def test_it_is_offered_once_it_is_connected_and_gives_a_role(provider: Provider) -> None:
    assert code(policies.may_switch_on(None)) == "not_set_up"
    assert policies.may_switch_on(provider) is None
    provider.rules.all().delete()
    assert code(policies.may_switch_on(provider)) == "no_rules"


def test_passwords_go_once_an_administrator_came_and_one_keeps_theirs(
    provider: Provider, met_administrator: Member, met_officer: Member
) -> None:
    user = met_administrator.user
    provider.is_on = False
    assert code(policies.may_end_passwords(provider, [user])) == "off"
    provider.is_on = True
    assert code(policies.may_end_passwords(provider, [user])) == "never_used"
    tie = Identity.objects.create(
        organisation=provider.organisation,
        issuer="https://before.example",
        subject="s",
        user=user,
        proof="password",
        last_used_at=timezone.now(),
    )
    assert code(policies.may_end_passwords(provider, [user])) == "never_used"
    tie.issuer = provider.issuer
    tie.save()
    assert code(policies.may_end_passwords(provider, [met_officer.user])) == "no_break_glass"
    assert policies.may_end_passwords(provider, [met_officer.user, user]) is None


def test_who_may_be_named_to_keep_a_password(
    met: Any, met_officer: Member, kent_officer: Member, suspended_user: Member
) -> None:
    assert code(policies.may_break_glass(None, met.pk)) == "not_ours"
    assert code(policies.may_break_glass(kent_officer.user, met.pk)) == "not_ours"
    assert code(policies.may_break_glass(suspended_user.user, met.pk)) == "no_password"
    assert policies.may_break_glass(met_officer.user, met.pk) is None
    Authenticator.objects.filter(user=met_officer.user).delete()
    assert code(policies.may_break_glass(met_officer.user, met.pk)) == "no_factor"
    met_officer.user.set_unusable_password()
    assert code(policies.may_break_glass(met_officer.user, met.pk)) == "no_password"


def test_a_domain_of_other_peoples_addresses_is_not_taken(
    met: Any, kent: Any, met_officer: Member, kent_officer: Member, provider: Provider
) -> None:
    assert policies.may_take_domain(met, "met.example") is None
    assert code(policies.may_take_domain(kent, "MET.example")) == "domain_taken"
    assert code(policies.may_take_domain(met, "kent.example")) == "domain_taken"
    Membership.objects.filter(user=kent_officer.user).update(ended_at=timezone.now())
    assert policies.may_take_domain(met, "kent.example") is None


def test_ones_own_people_who_also_work_elsewhere_do_not_stand_in_the_way(
    met: Any, met_officer: Member, charity: Any
) -> None:
    member(met_officer.user.email, "Asha Okoro", charity, Role.CHARITY_CASEWORKER)
    assert policies.may_take_domain(met, "met.example") is None


def test_whose_account_may_be_tied(met: Any, met_officer, kent_officer, suspended_user) -> None:
    assert policies.may_tie(met_officer.user, met) is None
    assert code(policies.may_tie(kent_officer.user, met)) == "not_ours"
    assert code(policies.may_tie(suspended_user.user, met)) == "not_ours"
    Authenticator.objects.filter(user=met_officer.user).delete()
    assert code(policies.may_tie(met_officer.user, met)) == "no_factor"


def test_the_suspended_do_not_come_in(met_officer: Member, suspended_user: Member) -> None:
    assert policies.may_come_in(met_officer.user) is None
    assert code(policies.may_come_in(suspended_user.user)) == "suspended"


def test_a_password_is_of_use_where_any_organisation_takes_it(
    met: Any, met_officer: Member, charity: Any
) -> None:
    user = met_officer.user
    assert policies.may_use_password(user) is None
    met.takes_passwords = False
    met.save()
    assert code(policies.may_use_password(user)) == "no_passwords"
    BreakGlass.objects.create(organisation=met, user=user)
    assert policies.may_use_password(user) is None
    BreakGlass.objects.all().delete()
    member(user.email, "Asha Okoro", charity, Role.CHARITY_CASEWORKER)
    assert policies.may_use_password(user) is None
    Membership.objects.filter(user=user).update(ended_at=timezone.now())
    assert policies.may_use_password(user) is None


def test_a_newcomer_chooses_a_password_only_where_it_is_taken(met: Any) -> None:
    from foundation.accounts.policies import may_choose_password

    assert may_choose_password(met) is None
    met.takes_passwords = False
    assert code(may_choose_password(met)) == "no_passwords"
