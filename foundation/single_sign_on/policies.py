"""Who sets up an organisation's sign-in, and what must be there before passwords go."""

from __future__ import annotations

from collections.abc import Collection

from foundation.access import Refusal
from foundation.accounts.enums import Role
from foundation.accounts.models import Membership, Organisation, User
from foundation.accounts.second_factor import has_second_factor
from foundation.actors import Actor
from foundation.single_sign_on.models import BreakGlass, EmailDomain, Identity, Provider

NOT_ADMINISTRATOR = Refusal("role", "Only an administrator sets up their organisation's sign-in.")
SUSPENDED = Refusal("suspended", "Your account is suspended. Ask the administrator of your organisation.")
NOT_SET_UP = Refusal("not_set_up", "Fill in the connection first.")
NO_RULES = Refusal("no_rules", "Say first which values of the claim give which role: else nobody comes in.")
OFF = Refusal("off", "Switch it on first.")
NEVER_USED = Refusal(
    "never_used",
    "No administrator of yours has signed in this way yet. Sign in once with it, so that it is sure to work.",
)
NO_BREAK_GLASS = Refusal(
    "no_break_glass", "Name at least one administrator who keeps their password, for the day it is down."
)


def may_configure(actor: Actor) -> Refusal | None:
    """Whether the actor sets up the sign-in of their own organisation."""
    is_administrator = actor.user_id is not None and actor.holds({Role.ADMINISTRATOR})
    return None if is_administrator and actor.organisation_id is not None else NOT_ADMINISTRATOR


def may_switch_on(provider: Provider | None) -> Refusal | None:
    """Whether it can be offered: it is connected and gives somebody a role."""
    if provider is None:
        return NOT_SET_UP
    return None if provider.rules.exists() else NO_RULES


def may_end_passwords(provider: Provider, named: Collection[User]) -> Refusal | None:
    """Whether passwords can go, with those people keeping theirs: nobody must be able to shut all out."""
    if not provider.is_on:
        return OFF
    administrators = Membership.objects.filter(
        organisation=provider.organisation_id, role=Role.ADMINISTRATOR, ended_at=None
    )
    came = Identity.objects.filter(
        organisation=provider.organisation_id, issuer=provider.issuer, last_used_at__isnull=False
    )
    if not came.filter(user__in=administrators.values("user")).exists():
        return NEVER_USED
    return None if administrators.filter(user__in=named).exists() else NO_BREAK_GLASS


def may_break_glass(user: User | None, organisation_id: int) -> Refusal | None:
    """Whether somebody can be named to keep their password."""
    if user is None or not _works_there(user, organisation_id):
        return Refusal("not_ours", "This is nobody of your organisation.")
    if not user.is_active or not user.has_usable_password():
        return Refusal("no_password", "This person has no password that works.")
    if not has_second_factor(user.pk):
        return Refusal("no_factor", "This person has no second factor of their own here.")
    return None


def may_take_domain(organisation: Organisation, name: str) -> Refusal | None:
    """Whether addresses of that domain may be led to the organisation's sign-in.

    Not where somebody else's people have theirs: they would be led to a stranger's page.
    """
    taken = EmailDomain.objects.filter(name__iexact=name).exclude(provider__organisation=organisation)
    elsewhere = Membership.objects.filter(user__email__iendswith=f"@{name}", ended_at=None).exclude(
        user__in=Membership.objects.filter(organisation=organisation, ended_at=None).values("user")
    )
    if taken.exists() or elsewhere.exists():
        return Refusal("domain_taken", f"People of another organisation use {name}.")
    return None


def may_come_in(user: User) -> Refusal | None:
    """Whether that account may be used at all."""
    return None if user.is_active else SUSPENDED


def may_tie(user: User, organisation: Organisation) -> Refusal | None:
    """Whether somebody of an organisation's sign-in may be tied to the account that is signed in."""
    if not user.is_active or not _works_there(user, organisation.pk):
        return Refusal("not_ours", f"This account has no role at {organisation.name}.")
    if not has_second_factor(user.pk):
        return Refusal(
            "no_factor", "Set up a second factor for this account first: it shows that the account is yours."
        )
    return None


def may_use_password(user: User) -> Refusal | None:
    """Whether a right password lets that person in at all: some organisation of theirs must take it."""
    places = Organisation.objects.filter(
        memberships__user=user, memberships__ended_at=None, is_active=True
    ).distinct()
    refusing = [place for place in places if not place.takes_passwords]
    if len(refusing) < len(places) or not refusing:
        return None
    if BreakGlass.objects.filter(user=user, organisation__in=refusing).exists():
        return None
    return Refusal("no_passwords", f"{refusing[0].name} takes no passwords here. Use its own sign-in.")


def _works_there(user: User, organisation_id: int) -> bool:
    return Membership.objects.filter(user=user, organisation=organisation_id, ended_at=None).exists()
