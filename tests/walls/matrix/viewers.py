"""Who looks: every role of every sort of organisation, one person each, and the systems."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from django.utils import timezone

from foundation.accounts.enums import ROLES_OF_KIND, OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.clients import services as clients
from tests.cast import Member, member, organisation

FORCE, OTHER_FORCE, CHARITY = "metropolitan", "kent", "missing-people"
AUTHORITY, OTHER_AUTHORITY, UNIT, PARTNER = "walled-council", "la-croydon", "ukmpu", "walled-partner"
# The owner of the record and another of its kind; the other side; the child's authority; strangers.
PLACES = {
    FORCE: OrganisationKind.POLICE_FORCE,
    OTHER_FORCE: OrganisationKind.POLICE_FORCE,
    CHARITY: OrganisationKind.CHARITY,
    AUTHORITY: OrganisationKind.LOCAL_AUTHORITY,
    OTHER_AUTHORITY: OrganisationKind.LOCAL_AUTHORITY,
    UNIT: OrganisationKind.NATIONAL_UNIT,
    PARTNER: OrganisationKind.PARTNER,
}
SYSTEMS = (FORCE, OTHER_FORCE, CHARITY)
SUSPENDED, VISITOR, ASSIGNED = "suspended", "visitor", "rhi_interviewer assigned"


@dataclass(frozen=True)
class Viewer:
    """One who looks: a person, a system with a token, or a visitor who is nobody."""

    place: str
    role: str
    member: Member | None = None
    token: str = ""

    @property
    def name(self) -> str:
        """As the report says it: who they are, and where."""
        return f"{self.role}@{self.place}" if self.place else self.role

    @property
    def sort(self) -> tuple[str, str]:
        """Whom they stand in for in a sample: a person of that organisation, or what is no such person."""
        alone = self.role in {Role.API_CLIENT.value, SUSPENDED, VISITOR, ASSIGNED}
        return self.place, self.role if alone else ""

    @property
    def organisation_code(self) -> str | None:
        """Whom they look for; None for those whom no organisation has."""
        if self.role == SUSPENDED or not self.place:
            return None
        return self.place

    def browser(self) -> Client:
        """A browser in which they are signed in as far as they can be."""
        client = Client(raise_request_exception=False)
        if self.member is not None:
            self.member.sign_in(client)
        return client


def everybody() -> list[Viewer]:
    """All of them, made where they are not there yet. Needs the world."""
    found = [Viewer("", VISITOR)]
    for code, kind in PLACES.items():
        place = organisation(code, kind, code.replace("-", " ").title())
        for role in sorted(ROLES_OF_KIND[kind] - {Role.API_CLIENT}):
            person = member(
                f"{role.replace('_', '-')}@{code}.example", f"{role.label} of {code}", place, role
            )
            found.append(Viewer(code, role.value, person))
        if code in SYSTEMS:
            found.append(Viewer(code, Role.API_CLIENT.value, token=_token(place)))
    found.append(Viewer(CHARITY, ASSIGNED, _assigned()))
    found.append(Viewer(FORCE, SUSPENDED, _suspended()))
    return found


def _assigned() -> Member:
    place = Organisation.objects.get(code=CHARITY)
    return member("walled@rhi.example", "", place, Role.RHI_INTERVIEWER)


def _suspended() -> Member:
    place = Organisation.objects.get(code=FORCE)
    person = member("suspended@met.example", "Vera Stone", place, Role.POLICE_OFFICER)
    person.user.is_active, person.user.suspended_at = False, timezone.now()
    person.user.save(update_fields=["is_active", "suspended_at"])
    return person


def _token(place: Organisation) -> str:
    """A token of a system of that organisation with every scope, got as a system gets it."""
    boss = Actor(organisation_id=place.pk, roles=frozenset({Role.ADMINISTRATOR}), source="test")
    made = clients.make_client(actor=boss, name="Records of the walls", scopes=list(settings.API_SCOPES))
    asked = {
        "grant_type": "client_credentials",
        "client_id": made.client.client_id,
        "client_secret": made.secret,
    }
    answer = Client().post("/api/v1/token", asked)
    assert answer.status_code == 200, answer.content
    return str(answer.json()["access_token"])
