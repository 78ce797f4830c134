"""The cast: one person for each kind of user, in organisations that stand apart from each other.

Every test that asks "what does the other force see" asks `kent_officer`. Ask for a person by the
name of the fixture; each gives a `Member` with the user, the organisation and the actor.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth
from django.test import Client
from django.utils import timezone

from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Membership, Organisation, User
from foundation.accounts.selectors import actor_for
from foundation.actors import Actor

PASSWORD = "correct horse battery staple"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass(frozen=True)
class Member:
    """One person in one organisation, as the tests know them."""

    user: User
    organisation: Organisation

    @property
    def actor(self) -> Actor:
        """Who they act as now: read afresh, so that a suspension or a new role shows."""
        return actor_for(self.user, organisation_id=self.organisation.pk, source="test")

    def sign_in(self, client: Client, *, fresh: bool = True) -> Client:
        """Sign this person in on `client`, acting for this organisation.

        With `fresh` they have just given their second factor, so pages that authorise open.
        """
        client.force_login(self.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["organisation_id"] = self.organisation.pk
        given = {"method": "mfa", "type": "totp", "at": time.time() - (0 if fresh else 86_400)}
        session["account_authentication_methods"] = [given]
        session["account_authentication_methods_user"] = str(self.user.pk)
        session.save()
        return client

    @property
    def code(self) -> str:
        """The code their authenticator app shows now."""
        counter = next(auth.yield_hotp_counters_from_time())
        return auth.format_hotp_value(auth.hotp_value(TOTP_SECRET, counter + 1))


def organisation(code: str, kind: OrganisationKind, name: str) -> Organisation:
    """The organisation of that code; those of the reference data are found, not made twice."""
    found, _ = Organisation.objects.get_or_create(code=code, defaults={"kind": kind, "name": name})
    return found


def member(email: str, full_name: str, place: Organisation, *roles: Role) -> Member:
    """A person with these roles in one organisation, made once."""
    user = User.objects.filter(email=email).first()
    held: set[str] = set()
    if user is None:
        user = User.objects.create_user(email, PASSWORD, full_name=full_name)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        auth.TOTP.activate(user, TOTP_SECRET)
    else:
        running = Membership.objects.filter(user=user, organisation=place, ended_at=None)
        held = set(running.values_list("role", flat=True))
    Membership.objects.bulk_create(
        Membership(user=user, organisation=place, role=role) for role in roles if role not in held
    )
    return Member(user, place)


@pytest.fixture
def any_database(request: pytest.FixtureRequest) -> None:
    """The database of the test: its own with real commits where it asked for one, else the usual."""
    request.getfixturevalue("committing_db" if "committing_db" in request.fixturenames else "db")


@pytest.fixture
def met(any_database: None) -> Organisation:
    """The Metropolitan force: the owner in most tests."""
    return organisation("metropolitan", OrganisationKind.POLICE_FORCE, "Metropolitan")


@pytest.fixture
def kent(any_database: None) -> Organisation:
    """The other force."""
    return organisation("kent", OrganisationKind.POLICE_FORCE, "Kent")


@pytest.fixture
def charity(any_database: None) -> Organisation:
    """The charity."""
    return organisation("missing-people", OrganisationKind.CHARITY, "Missing People")


@pytest.fixture
def lambeth(any_database: None) -> Organisation:
    """A local authority that may be placing or host authority."""
    return organisation("la-lambeth", OrganisationKind.LOCAL_AUTHORITY, "Lambeth")


@pytest.fixture
def croydon(any_database: None) -> Organisation:
    """The other local authority."""
    return organisation("la-croydon", OrganisationKind.LOCAL_AUTHORITY, "Croydon")


@pytest.fixture
def met_officer(met: Organisation) -> Member:
    """The Met's liaison officer."""
    return member("officer@met.example", "Asha Okoro", met, Role.POLICE_OFFICER)


@pytest.fixture
def second_met_officer(met: Organisation) -> Member:
    """A colleague at the same desk: the other hand in a race."""
    return member("officer2@met.example", "Tom Reilly", met, Role.POLICE_OFFICER)


@pytest.fixture
def met_supervisor(met: Organisation) -> Member:
    """A Met supervisor."""
    return member("supervisor@met.example", "Dilys Probert", met, Role.POLICE_SUPERVISOR)


@pytest.fixture
def met_inspector(met: Organisation) -> Member:
    """A Met inspector."""
    return member("inspector@met.example", "Kwame Boateng", met, Role.POLICE_INSPECTOR)


@pytest.fixture
def met_superintendent(met: Organisation) -> Member:
    """A Met superintendent."""
    return member("superintendent@met.example", "Ruth Aldous", met, Role.POLICE_SUPERINTENDENT)


@pytest.fixture
def met_coordinator(met: Organisation) -> Member:
    """The Met's missing person coordinator."""
    return member("coordinator@met.example", "Ines Moura", met, Role.POLICE_COORDINATOR)


@pytest.fixture
def kent_officer(kent: Organisation) -> Member:
    """An officer of another force, who should see nothing of ours."""
    return member("officer@kent.example", "Neil Hargreaves", kent, Role.POLICE_OFFICER)


@pytest.fixture
def kent_supervisor(kent: Organisation) -> Member:
    """A supervisor of another force: the other end of a transfer."""
    return member("supervisor@kent.example", "Paula Finch", kent, Role.POLICE_SUPERVISOR)


@pytest.fixture
def caseworker(charity: Organisation) -> Member:
    """A charity caseworker."""
    return member("caseworker@charity.example", "Maya Lindqvist", charity, Role.CHARITY_CASEWORKER)


@pytest.fixture
def second_caseworker(charity: Organisation) -> Member:
    """A colleague on the same shift."""
    return member("caseworker2@charity.example", "Owen Pryce", charity, Role.CHARITY_CASEWORKER)


@pytest.fixture
def duty_manager(charity: Organisation) -> Member:
    """The charity's duty manager."""
    return member("manager@charity.example", "Grace Adeyemi", charity, Role.CHARITY_MANAGER)


@pytest.fixture
def publicity_officer(charity: Organisation) -> Member:
    """The charity's publicity officer."""
    return member("publicity@charity.example", "Leo Marsh", charity, Role.CHARITY_PUBLICITY)


@pytest.fixture
def rhi_interviewer(charity: Organisation) -> Member:
    """A Return Home Interviewer."""
    return member("interviewer@charity.example", "Sunita Rao", charity, Role.RHI_INTERVIEWER)


@pytest.fixture
def family_worker(charity: Organisation) -> Member:
    """A family-support worker."""
    return member("family@charity.example", "Callum Fraser", charity, Role.FAMILY_SUPPORT)


@pytest.fixture
def authority_worker(lambeth: Organisation) -> Member:
    """A children's-services worker of Lambeth."""
    return member("worker@lambeth.example", "Hannah Obi", lambeth, Role.LOCAL_AUTHORITY)


@pytest.fixture
def other_authority_worker(croydon: Organisation) -> Member:
    """A children's-services worker of another borough."""
    return member("worker@croydon.example", "Piotr Nowak", croydon, Role.LOCAL_AUTHORITY)


@pytest.fixture
def auditor(charity: Organisation) -> Member:
    """The charity's auditor: logs, no content."""
    return member("auditor@charity.example", "Ellis Wren", charity, Role.AUDITOR)


@pytest.fixture
def administrator(charity: Organisation) -> Member:
    """The charity's administrator."""
    return member("administrator@charity.example", "Farah Sayeed", charity, Role.ADMINISTRATOR)


@pytest.fixture
def met_administrator(met: Organisation) -> Member:
    """The Met's administrator."""
    return member("administrator@met.example", "Glenn Pike", met, Role.ADMINISTRATOR)


@pytest.fixture
def suspended_user(met: Organisation) -> Member:
    """A Met officer whose account is suspended: nobody, wherever they turn."""
    person = member("suspended@met.example", "Vera Stone", met, Role.POLICE_OFFICER)
    person.user.is_active = False
    person.user.suspended_at = timezone.now()
    person.user.save(update_fields=["is_active", "suspended_at"])
    return person


@pytest.fixture
def api_client(met: Organisation) -> Actor:
    """A system of the Met that writes and reads by the API."""
    return Actor(
        organisation_id=met.pk,
        organisation_kind=OrganisationKind.POLICE_FORCE,
        roles=frozenset({Role.API_CLIENT}),
        client_id=9001,
        source="test",
    )


@pytest.fixture
def system() -> Actor:
    """Our own machinery."""
    return Actor.system("test")
