"""A person's account: suspended, reinstated, unlocked, signed out, its second factor removed."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, require
from foundation.accounts import lockout, mail, policies, used_codes
from foundation.accounts.models import User
from foundation.accounts.services.invitations import take_back_invitations_of
from foundation.accounts.services.signed_in import drop_sessions
from foundation.actors import Actor
from foundation.audit import services as audit

NO_REASON = Refusal("reason_required", "Say why. This is kept with the record.")


def _locked(user_id: int) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user_id)


def _need_reason(reason: str) -> None:
    require(None if reason.strip() else NO_REASON)


@transaction.atomic
def suspend_user(*, actor: Actor, user_id: int, reason: str) -> User:
    """Shut a person out, end their sessions and take back what invitations they sent, in one commit.

    Raises `Refused`.
    """
    user = _locked(user_id)
    require(policies.may_suspend(actor, user))
    _need_reason(reason)
    user.is_active = False
    user.suspended_at = timezone.now()
    user.suspended_by_id = actor.organisation_id
    user.version += 1
    user.save(update_fields=["is_active", "suspended_at", "suspended_by", "version"])
    drop_sessions(user_id)
    take_back_invitations_of(actor=actor, user_id=user_id)
    audit.record(
        actor=actor,
        action="user.suspended",
        target=user,
        fields=["is_active", "suspended_at"],
        reason=reason,
    )
    return user


@transaction.atomic
def reinstate_user(*, actor: Actor, user_id: int, reason: str) -> User:
    """Let a suspended person in again, with the roles they kept. Raises `Refused`."""
    user = _locked(user_id)
    require(policies.may_reinstate(actor, user))
    _need_reason(reason)
    user.is_active = True
    user.suspended_at = None
    user.suspended_by = None
    user.version += 1
    user.save(update_fields=["is_active", "suspended_at", "suspended_by", "version"])
    audit.record(
        actor=actor,
        action="user.reinstated",
        target=user,
        fields=["is_active", "suspended_at"],
        reason=reason,
    )
    return user


@transaction.atomic
def unlock_user(*, actor: Actor, user_id: int) -> int:
    """Forget a person's wrong passwords and codes; return how many records of passwords went.

    Raises `Refused`.
    """
    user = _locked(user_id)
    require(policies.may_unlock(actor, user))
    gone = lockout.lift(user.email)
    used_codes.forget_wrong(user_id)
    audit.record(actor=actor, action="user.unlocked", target=user)
    return gone


@transaction.atomic
def end_sessions(*, actor: Actor, user_id: int) -> None:
    """Sign a person out everywhere. Raises `Refused`."""
    user = _locked(user_id)
    require(policies.may_end_sessions(actor, user))
    drop_sessions(user_id)
    audit.record(actor=actor, action="user.sessions_ended", target=user)


@transaction.atomic
def reset_second_factor(*, actor: Actor, user_id: int, reason: str) -> None:
    """Remove every second factor of a person who lost theirs, sign them out and tell them.

    At the next sign-in they can do nothing but set up another. Raises `Refused`.
    """
    user = _locked(user_id)
    require(policies.may_reset_second_factor(actor, user))
    _need_reason(reason)
    Authenticator.objects.filter(user=user).delete()
    drop_sessions(user_id)
    audit.record(actor=actor, action="second_factor.reset", target=user, reason=reason)
    mail.tell_second_factor_reset(actor=actor, user=user)
