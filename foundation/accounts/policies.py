"""Who may administer whom. An administrator rules their own organisation's people, and never themselves.

The charity runs the platform: its administrators also bring an organisation that has no administrator of
its own its first one (and nothing more: the forces' people are the forces' business).
"""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from foundation.access import Refusal
from foundation.accounts.demo import is_demo_account
from foundation.accounts.enums import ROLES_OF_KIND, OrganisationKind, Role
from foundation.accounts.models import Invitation, Membership, Organisation, Team, User
from foundation.actors import Actor

NOT_ADMINISTRATOR = Refusal("role", "Only an administrator of this organisation can do this.")
OWN_ACCOUNT = Refusal("own_account", "Nobody changes their own roles or account standing. Ask a colleague.")
ELSEWHERE = Refusal("other_organisation", "This person holds no role in your organisation.")


def is_platform_administrator(actor: Actor) -> bool:
    """Whether the actor administers the platform: an administrator of the charity."""
    return actor.organisation_kind is OrganisationKind.CHARITY and actor.holds({Role.ADMINISTRATOR})


def may_administer(actor: Actor, organisation_id: int) -> Refusal | None:
    """Whether the actor administers that organisation."""
    own = actor.organisation_id == organisation_id and actor.holds({Role.ADMINISTRATOR})
    return None if own and actor.user_id is not None else NOT_ADMINISTRATOR


def _may_touch(actor: Actor, user: User) -> Refusal | None:
    """Whether the actor may do something to that person's account at all."""
    if actor.organisation_id is None:
        return NOT_ADMINISTRATOR
    refusal = may_administer(actor, actor.organisation_id)
    if refusal is not None:
        return refusal
    if actor.user_id == user.pk:
        return OWN_ACCOUNT
    running = Membership.objects.filter(user=user, organisation_id=actor.organisation_id, ended_at=None)
    return None if running.exists() else ELSEWHERE


def may_hold(organisation: Organisation, role: str) -> Refusal | None:
    """Whether people of that organisation may hold that role (domain.md section 8)."""
    if role in ROLES_OF_KIND[OrganisationKind(organisation.kind)]:
        return None
    return Refusal("role_of_kind", f"{organisation.name} cannot give this role: it belongs to another body.")


def may_grant(actor: Actor, user: User, organisation: Organisation, role: str) -> Refusal | None:
    """Whether the actor may give that person that role."""
    refusal = may_administer(actor, organisation.pk) or _may_touch(actor, user)
    if refusal is not None:
        return refusal
    if not user.is_active:
        return Refusal("suspended", "Reinstate this person before giving them a role.")
    return may_hold(organisation, role)


def may_end(actor: Actor, membership: Membership) -> Refusal | None:
    """Whether the actor may take that role away."""
    refusal = may_administer(actor, membership.organisation_id)
    if refusal is not None:
        return refusal
    if membership.user_id == actor.user_id:
        return OWN_ACCOUNT
    return None if membership.ended_at is None else Refusal("already_ended", "This role has ended already.")


def may_suspend(actor: Actor, user: User) -> Refusal | None:
    """Whether the actor may suspend that person.

    Any organisation they hold a role in may: a stolen account is stopped by whoever hears of it first.
    """
    refusal = _may_touch(actor, user)
    if refusal is not None:
        return refusal
    return None if user.is_active else Refusal("already_suspended", "This person is suspended already.")


def may_reinstate(actor: Actor, user: User) -> Refusal | None:
    """Whether the actor may let that person in again: only the organisation that suspended them may."""
    own = user.suspended_by_id is not None and user.suspended_by_id == actor.organisation_id
    refusal = _may_touch(actor, user)
    # Whoever suspended may still undo it after the roles there have ended: nobody else can.
    if refusal is not None and not (own and refusal.code == ELSEWHERE.code):
        return refusal
    if user.is_active:
        return Refusal("not_suspended", "This person is not suspended.")
    if user.suspended_by_id not in {None, actor.organisation_id}:
        return Refusal("suspended_elsewhere", "Another organisation suspended this person. Ask there.")
    return None


def may_unlock(actor: Actor, user: User) -> Refusal | None:
    """Whether the actor may lift a lock-out after wrong passwords."""
    return _may_touch(actor, user)


def may_end_sessions(actor: Actor, user: User) -> Refusal | None:
    """Whether the actor may sign that person out everywhere."""
    return _may_touch(actor, user)


def may_reset_second_factor(actor: Actor, user: User) -> Refusal | None:
    """Whether the actor may remove a lost second factor, so that another can be set up.

    Refused where the person also works elsewhere: one organisation must not weaken the way into
    another's records.
    """
    refusal = _may_touch(actor, user)
    if refusal is not None:
        return refusal
    held = Membership.objects.filter(user=user, ended_at=None)
    if held.exclude(organisation=actor.organisation_id).exists():
        return Refusal(
            "works_elsewhere",
            "This person also works for another organisation. They can use a recovery code, or a new "
            "account must be made for them.",
        )
    return None


def may_invite(actor: Actor, organisation: Organisation, roles: Collection[str]) -> Refusal | None:
    """Whether the actor may invite somebody into that organisation with those roles."""
    if not organisation.is_active:
        return Refusal("organisation_closed", "This organisation no longer takes part.")
    if not roles:
        return Refusal("no_role", "Choose at least one role.")
    if may_administer(actor, organisation.pk) is not None:
        refusal = may_bring_first_administrator(actor, organisation)
        if refusal is not None:
            return refusal
        if set(roles) != {Role.ADMINISTRATOR}:
            return Refusal("first_administrator_only", "You can invite its first administrator only.")
    return next((found for role in roles if (found := may_hold(organisation, role))), None)


def may_close_team(actor: Actor, team: Team) -> Refusal | None:
    """Whether the actor may close that team: nobody is left in it who would stay its audience."""
    refusal = may_administer(actor, team.organisation_id)
    if refusal is not None:
        return refusal
    if Membership.objects.filter(team=team, ended_at=None).exists():
        return Refusal("not_empty", "People are still in this team. End their roles in it first.")
    return None if team.is_active else Refusal("already_closed", "This team is closed already.")


def may_add_organisation(actor: Actor, kind: str) -> Refusal | None:
    """Whether the actor may let another body take part: the platform's administrators may.

    Never a second charity: whoever administers one administers the platform.
    """
    if not is_platform_administrator(actor):
        return NOT_ADMINISTRATOR
    if kind == OrganisationKind.CHARITY:
        return Refusal("one_charity", "There is one charity. Add another as a partner organisation.")
    return None


def may_bring_first_administrator(actor: Actor, organisation: Organisation) -> Refusal | None:
    """Whether the actor may invite the first administrator of another organisation.

    The charity's own comes in by the server's command line, while there is none.
    """
    starts = actor.is_system and organisation.kind == OrganisationKind.CHARITY
    if not starts and not is_platform_administrator(actor):
        return NOT_ADMINISTRATOR
    if has_administrator(organisation.pk):
        return Refusal(
            "has_administrator", "This organisation has its own administrator, who invites people."
        )
    return None


def has_administrator(organisation_id: int) -> bool:
    """Whether somebody administers that organisation now.

    One whom another organisation suspended counts: else the charity could suspend a force's
    administrator who also works for it, and put a new one in their place.
    """
    held = Membership.objects.filter(organisation_id=organisation_id, role=Role.ADMINISTRATOR, ended_at=None)
    elsewhere = Q(user__suspended_by__isnull=False) & ~Q(user__suspended_by=organisation_id)
    return held.filter(Q(user__is_active=True) | elsewhere).exists()


def may_manage_invitation(actor: Actor, invitation: Invitation) -> Refusal | None:
    """Whether the actor may send that invitation again or take it back."""
    refusal = may_invite(actor, invitation.organisation, invitation.roles)
    if refusal is not None:
        return refusal
    if invitation.accepted_at is not None:
        return Refusal("accepted", "This invitation has been accepted.")
    if invitation.revoked_at is not None:
        return Refusal("revoked", "This invitation was taken back.")
    return None


def may_invite_address(actor: Actor, organisation: Organisation, email: str) -> Refusal | None:
    """Whether that address may be invited there.

    Nobody who already works for the inviting organisation becomes another's first administrator: the
    charity does not put its own people over a force. An address of the demonstration is for the
    demonstration.
    """
    if settings.IS_PRODUCTION and is_demo_account(email):
        return Refusal("demo_address", "This address belongs to the demonstration.")
    held = Membership.objects.filter(user__email__iexact=email, ended_at=None)
    if held.filter(organisation=organisation).exists():
        return Refusal("works_here", "This person works here already. Give them the role on their page.")
    if organisation.pk != actor.organisation_id and held.filter(organisation=actor.organisation_id).exists():
        return Refusal("own_people", "Choose somebody from that organisation, not one of your own people.")
    return None


def may_choose_password(organisation: Organisation) -> Refusal | None:
    """Whether somebody new may come in there with a password of ours."""
    if organisation.takes_passwords:
        return None
    return Refusal(
        "no_passwords", f"{organisation.name} takes no passwords here. Use its own sign-in to come in."
    )


def may_accept(invitation: Invitation) -> Refusal | None:
    """Whether an invitation can still be accepted, whoever holds its link."""
    if invitation.accepted_at is not None:
        return Refusal("accepted", "This invitation has been used. Sign in with your e-mail address.")
    if invitation.revoked_at is not None:
        return Refusal("revoked", "This invitation was taken back. Ask whoever invited you.")
    if invitation.expires_at <= timezone.now():
        return Refusal("expired", "This invitation has expired. Ask whoever invited you to send another.")
    if not invitation.organisation.is_active:
        return Refusal("organisation_closed", "This organisation no longer takes part.")
    is_first = invitation.sent_for_id != invitation.organisation_id
    if is_first and has_administrator(invitation.organisation_id):
        return Refusal("has_administrator", "This organisation has an administrator by now. Ask them.")
    return None
