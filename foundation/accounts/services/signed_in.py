"""Ending somebody's sessions in every browser."""

from __future__ import annotations

from allauth.usersessions.models import UserSession

from foundation.accounts.models import Session


def drop_sessions(user_id: int) -> None:
    """Sign a person out everywhere, in the caller's transaction."""
    Session.objects.filter(user_id=user_id).delete()
    UserSession.objects.filter(user_id=user_id).delete()
