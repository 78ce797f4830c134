"""Whether somebody has a second factor: every staff account must (issue 2)."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from foundation.accounts.opened import opened_of
from foundation.prepared import fetch_row

# Recovery codes stand in for a lost factor; they are not one.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Asked at every request.
_HAS_ONE = f"""
    SELECT 1 FROM {Authenticator._meta.db_table}
    WHERE user_id = %(user)s AND type IN ({", ".join(f"'{one.value}'" for one in FACTORS)}) LIMIT 1
"""  # noqa: S608 - names that stand in our own code and the library's


def has_second_factor(user_id: int) -> bool:
    """Whether the person has set up an authenticator app or a passkey."""
    return fetch_row(_HAS_ONE, {"user": user_id}) is not None


def had_second_factor(user_id: int, moment: datetime) -> bool:
    """Whether the person had one already before `moment`."""
    rows = Authenticator.objects.filter(user_id=user_id, type__in=FACTORS, created_at__lt=moment)
    return bool(rows.exists())


def request_has_second_factor(request: HttpRequest) -> bool:
    """The same for the signed-in person of `request`, asked once a request.

    Where their organisation's own second factor is trusted, having given that one is enough.
    """
    found: bool | None = getattr(request, "_has_second_factor", None)
    if found is None:
        user_id = request.user.pk
        found = user_id is not None and (
            opened_of(request.session, user_id).has_factor or has_second_factor(user_id)
        )
        request._has_second_factor = found  # type: ignore[attr-defined]
    return found
