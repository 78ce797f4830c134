"""Throwing away what has run out: sessions, their list entries, throttling records."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.db import connection, transaction
from django.utils import timezone

from foundation.accounts.models import Session


@transaction.atomic
def clear_expired() -> int:
    """Delete expired sessions, the list entries of sessions that are gone, and expired cache entries.

    Returns how many sessions went.
    """
    now = timezone.now()
    gone, _ = Session.objects.filter(expire_date__lte=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache_entry WHERE expires <= %s", [now])
    return gone
