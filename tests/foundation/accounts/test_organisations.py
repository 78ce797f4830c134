"""Another body takes part, and teams within one: who adds them, and that it gives nobody power."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from foundation.access import Refused
from foundation.accounts import policies, services
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Membership, Organisation, Team
from foundation.audit.models import AuditEvent
from foundation.places.models import Area
from tests.cast import Member

pytestmark = pytest.mark.django_db
URL = "/administration/organisations/add/"
COUNCIL = {"kind": "local_authority", "name": "Kent County  Council", "area": "force-kent"}


def refused(code: str):
    return pytest.raises(Refused, check=lambda error: error.refusal.code == code)


def test_the_charitys_administrator_adds_an_authority_and_invites_its_first(
    client: Client, administrator: Member
) -> None:
    administrator.sign_in(client)
    assert client.get(URL).status_code == 200
    assert client.post(URL, COUNCIL)["Location"] == reverse("accounts:organisations")
    made = Organisation.objects.get(code="la-kent-county")
    assert (made.name, made.kind) == ("Kent County Council", "local_authority")
    assert made.area == Area.objects.get(code="force-kent")
    assert AuditEvent.objects.get(action="organisation.added").target_id == made.pk
    assert policies.may_invite(administrator.actor, made, [Role.ADMINISTRATOR]) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "kent police"}, "of this name already"),
        ({"area": "E99999999"}, "no area of this code"),
        ({"kind": "charity"}, "error"),
    ],
)
def test_what_does_not_fit_is_said(client: Client, administrator: Member, change, said: str) -> None:
    before = Organisation.objects.count()
    answer = administrator.sign_in(client).post(URL, COUNCIL | change)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Organisation.objects.count() == before


def test_a_second_charity_would_rule_the_platform_and_is_refused(administrator: Member) -> None:
    with refused("one_charity"):
        services.add_organisation(actor=administrator.actor, kind=OrganisationKind.CHARITY, name="Another")


def test_nobody_else_adds_one(client: Client, met_administrator: Member, caseworker: Member) -> None:
    assert met_administrator.sign_in(client).post(URL, COUNCIL).status_code == 404
    assert caseworker.sign_in(Client()).post(URL, COUNCIL).status_code == 403
    for person in (met_administrator, caseworker):
        with refused("role"):
            services.add_organisation(actor=person.actor, kind=OrganisationKind.PARTNER, name="Another")
    assert "Add an organisation" not in client.get(reverse("accounts:organisations")).content.decode()


def test_an_administrator_adds_and_closes_a_team_of_their_own(
    client: Client, administrator: Member, met_administrator: Member, met_officer: Member, met: Organisation
) -> None:
    teams, add = reverse("accounts:teams"), reverse("accounts:add_team")
    met_administrator.sign_in(client)
    assert client.get(add).status_code == 200
    assert client.post(add, {"name": "Night  desk"})["Location"] == teams
    row = Team.objects.get(organisation=met, code="night-desk")
    assert "is, or was, a team" in client.post(add, {"name": "Night Desk"}).content.decode()
    assert "letters or digits" in client.post(add, {"name": "!!"}).content.decode()
    stranger = administrator.sign_in(Client())
    close = reverse("accounts:close_team", args=["night-desk"])
    assert "Night desk" not in stranger.get(teams).content.decode()
    assert stranger.post(close).status_code == 404
    Membership.objects.filter(user=met_officer.user).update(team=row)
    assert "People are still in this team" in client.post(close, follow=True).content.decode()
    Membership.objects.filter(user=met_officer.user).update(team=None)
    assert "The team is closed" in client.post(close, follow=True).content.decode()
    row.refresh_from_db()
    assert not row.is_active
    assert policies.may_close_team(met_administrator.actor, row).code == "already_closed"
    assert policies.may_close_team(met_officer.actor, row).code == "role"
    noted = AuditEvent.objects.filter(target="accounts.Team", target_id=row.pk).order_by("pk")
    assert [one.action for one in noted] == ["team.added", "team.closed"]
