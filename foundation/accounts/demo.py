"""The demonstration's people: one for each role, easy to sign in as, and never let in on a real server.

They are known by their address: `.test` is a name that no mail server can have (RFC 2606). Their code is
shown on the page only where `HARBOUR_ENV` is ``demo`` and their secret is the one printed here; a real
account has neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from foundation.accounts.enums import OrganisationKind, Role

if TYPE_CHECKING:
    from foundation.accounts.models import User

DOMAIN = "demo.harbour.test"
PASSWORD = "harbour-demo"  # noqa: S105 - printed for everybody; no real account has it
SECRET = "HARBOURDEMOHARBOURDEMOHARBOURDEM"  # noqa: S105 - likewise


class DemoPerson(NamedTuple):
    """Somebody to sign in as."""

    mailbox: str
    full_name: str
    organisation: str
    roles: tuple[Role, ...]

    @property
    def email(self) -> str:
        """Their address."""
        return f"{self.mailbox}@{DOMAIN}"


PARTNER = (OrganisationKind.PARTNER, "demo-tracing", "Demonstration Tracing Service")
PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson("met.officer", "Amara Bell", "metropolitan", (Role.POLICE_OFFICER,)),
    DemoPerson("met.supervisor", "Joan Whitlock", "metropolitan", (Role.POLICE_SUPERVISOR,)),
    DemoPerson("met.inspector", "Samir Haddad", "metropolitan", (Role.POLICE_INSPECTOR,)),
    DemoPerson("met.superintendent", "Rosalind Keane", "metropolitan", (Role.POLICE_SUPERINTENDENT,)),
    DemoPerson("met.coordinator", "Tobias Grant", "metropolitan", (Role.POLICE_COORDINATOR,)),
    DemoPerson("met.administrator", "Wendy Achebe", "metropolitan", (Role.ADMINISTRATOR,)),
    DemoPerson("kent.officer", "Daniel Marsh", "kent", (Role.POLICE_OFFICER,)),
    DemoPerson("kent.supervisor", "Eleanor Frost", "kent", (Role.POLICE_SUPERVISOR,)),
    DemoPerson("kent.inspector", "Ruth Pargeter", "kent", (Role.POLICE_INSPECTOR,)),
    DemoPerson("essex.inspector", "Alice Denholm", "essex", (Role.POLICE_INSPECTOR,)),
    DemoPerson("charity.caseworker", "Nadia Rahman", "missing-people", (Role.CHARITY_CASEWORKER,)),
    DemoPerson("charity.manager", "Gareth Llewellyn", "missing-people", (Role.CHARITY_MANAGER,)),
    DemoPerson("charity.night", "Ffion Pugh", "missing-people", (Role.CHARITY_MANAGER,)),
    DemoPerson("charity.publicity", "Isla Morton", "missing-people", (Role.CHARITY_PUBLICITY,)),
    DemoPerson("charity.family", "Peter Osei", "missing-people", (Role.FAMILY_SUPPORT,)),
    DemoPerson("charity.interviewer", "Leila Hassan", "missing-people", (Role.RHI_INTERVIEWER,)),
    DemoPerson("charity.administrator", "Brendan Doyle", "missing-people", (Role.ADMINISTRATOR,)),
    DemoPerson("charity.auditor", "Vivian Cho", "missing-people", (Role.AUDITOR,)),
    DemoPerson("lambeth.worker", "Marcus Adeleke", "la-lambeth", (Role.LOCAL_AUTHORITY,)),
    DemoPerson("ukmpu.officer", "Fiona Strang", "ukmpu", (Role.NATIONAL_UNIT,)),
    DemoPerson("partner.worker", "Hugh Barlow", PARTNER[1], (Role.PARTNER_WORKER,)),
)


def is_demonstration() -> bool:
    """Whether this is the demonstration on somebody's own machine."""
    return bool(settings.HARBOUR_ENV == "demo")


def is_demo_account(email: str) -> bool:
    """Whether that address belongs to the demonstration."""
    return email.lower().endswith(f"@{DOMAIN}")


def code_for(user: User) -> str:
    """The code a demonstration account's authenticator app would show now and that was not used yet.

    Empty for every other account and everywhere but in the demonstration.
    """
    if not is_demonstration() or not is_demo_account(user.email):
        return ""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal import auth
    from allauth.mfa.utils import decrypt

    from foundation.accounts.used_codes import is_used

    factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    if factor is None or decrypt(factor.data["secret"]) != SECRET:
        return ""
    codes = [
        auth.format_hotp_value(auth.hotp_value(SECRET, at)) for at in auth.yield_hotp_counters_from_time()
    ]
    newest_first = codes[1:] + codes[:1]
    return next((code for code in newest_first if not is_used(user.pk, code)), "")
