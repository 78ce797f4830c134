"""The only writers of accounts."""

from foundation.accounts.services.invitations import (
    accept_as_new,
    accept_with_account,
    invite,
    resend_invitation,
    revoke_invitation,
)
from foundation.accounts.services.memberships import act_for, end_role, grant_role
from foundation.accounts.services.organisations import add_organisation
from foundation.accounts.services.people import (
    end_sessions,
    reinstate_user,
    reset_second_factor,
    suspend_user,
    unlock_user,
)
from foundation.accounts.services.teams import add_team, close_team
from foundation.accounts.services.tidying import clear_expired

__all__ = [
    "accept_as_new",
    "accept_with_account",
    "act_for",
    "add_organisation",
    "add_team",
    "clear_expired",
    "close_team",
    "end_role",
    "end_sessions",
    "grant_role",
    "invite",
    "reinstate_user",
    "resend_invitation",
    "reset_second_factor",
    "revoke_invitation",
    "suspend_user",
    "unlock_user",
]
