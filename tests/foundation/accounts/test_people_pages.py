"""The administrator's pages: what they do, and that another organisation's administrator gets 404."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.accounts import selectors
from foundation.accounts.enums import Role
from foundation.accounts.models import Invitation, Membership, Organisation, User
from foundation.actors import Actor
from foundation.messaging.models import Message
from tests.cast import Member, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def kent_administrator(kent: Organisation) -> Member:
    return member("administrator@kent.example", "Ursula Penn", kent, Role.ADMINISTRATOR)


def person_urls(person: Member) -> list[str]:
    reference = person.user.reference
    return [
        reverse("accounts:person", args=[reference]),
        reverse("accounts:grant", args=[reference]),
        reverse("accounts:end_role", args=[reference, Role.POLICE_OFFICER]),
        *(reverse("accounts:act", args=[reference, name]) for name in ("suspend", "reinstate")),
        reverse("accounts:act", args=[reference, "reset-second-factor"]),
    ]


POSTS = ("accounts:unlock", "accounts:end_sessions")


def test_every_page_of_a_person_opens_for_their_own_administrator(
    client: Client, met_administrator: Member, met_officer: Member
) -> None:
    met_administrator.sign_in(client)
    for url in person_urls(met_officer):
        assert (url, client.get(url).status_code) == (url, 200)


def test_another_organisations_administrator_gets_404_everywhere(
    client: Client, kent_administrator: Member, administrator: Member, met_officer: Member
) -> None:
    for stranger in (kent_administrator, administrator):
        stranger.sign_in(client)
        for url in person_urls(met_officer):
            assert (url, client.get(url).status_code) == (url, 404)
            assert client.post(url, {"reason": "Why not."}).status_code in {404, 405}
        for name in POSTS:
            assert client.post(reverse(name, args=[met_officer.user.reference])).status_code == 404
    assert User.objects.get(pk=met_officer.user.pk).is_active


def test_somebody_who_is_no_administrator_gets_403(
    client: Client, met_supervisor: Member, met_officer: Member
) -> None:
    met_supervisor.sign_in(client)
    names = ("accounts:people", "accounts:invitations", "accounts:invite", "accounts:organisations")
    for url in [*person_urls(met_officer), *map(reverse, (*names, "administration"))]:
        assert (url, client.get(url).status_code) == (url, 403)


def test_the_list_shows_exactly_ones_own_people(
    client: Client, met_administrator: Member, met_officer: Member, kent_officer: Member, caseworker: Member
) -> None:
    met_administrator.sign_in(client)
    answer = client.get(reverse("accounts:people"))
    shown = [one.pk for one in answer.context["people"]]
    assert shown == [met_officer.user.pk, met_administrator.user.pk]  # Asha, Glenn
    assert kent_officer.user.email not in answer.content.decode()


def test_the_list_goes_on_by_reference_and_keeps_its_query_count(
    client: Client, met_administrator: Member, met: Organisation
) -> None:
    met_administrator.sign_in(client)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("accounts:people"))
        return len(seen)

    few = queries()
    for place in range(60):
        member(f"p{place:02}@met.example", f"Person {place:02}", met, Role.POLICE_OFFICER)
    assert queries() == few
    first = client.get(reverse("accounts:people"))
    assert len(first.context["people"]) == 50
    older = first.context["older"]
    second = client.get(reverse("accounts:people"), {"after": older})
    assert len(second.context["people"]) == 11
    assert second.context["older"] is None
    assert client.get(reverse("accounts:people"), {"after": "U-NOTTHERE"}).status_code == 200


def test_a_person_is_found_by_address_without_it_standing_in_the_address_line(
    client: Client, met_administrator: Member, met_officer: Member, kent_officer: Member
) -> None:
    met_administrator.sign_in(client)
    find = reverse("accounts:find")
    found = client.post(find, {"email": met_officer.user.email.upper()})
    assert found["Location"] == reverse("accounts:person", args=[met_officer.user.reference])
    for nobody in (kent_officer.user.email, "not an address"):
        assert client.post(find, {"email": nobody})["Location"] == reverse("accounts:people")


def test_suspending_and_reinstating_from_the_page(
    client: Client, met_administrator: Member, met_officer: Member
) -> None:
    met_administrator.sign_in(client)
    suspend = reverse("accounts:act", args=[met_officer.user.reference, "suspend"])
    assert client.post(suspend, {"reason": ""}).status_code == 200
    assert User.objects.get(pk=met_officer.user.pk).is_active
    assert client.post(suspend, {"reason": "Left."}).status_code == 302
    assert not User.objects.get(pk=met_officer.user.pk).is_active
    again = client.post(suspend, {"reason": "Left."})
    assert "suspended already" in again.content.decode()
    page = client.get(reverse("accounts:person", args=[met_officer.user.reference])).content.decode()
    assert "Reinstate this account" in page
    assert "Suspend this account" not in page
    reinstate = reverse("accounts:act", args=[met_officer.user.reference, "reinstate"])
    client.post(reinstate, {"reason": "Back."})
    assert User.objects.get(pk=met_officer.user.pk).is_active


def test_ones_own_page_shows_that_nobody_changes_their_own(client: Client, met_administrator: Member) -> None:
    met_administrator.sign_in(client)
    reference = met_administrator.user.reference
    assert (
        "Nobody changes their own"
        in client.get(reverse("accounts:person", args=[reference])).content.decode()
    )
    page = client.post(reverse("accounts:act", args=[reference, "suspend"]), {"reason": "Why not."})
    assert "Nobody changes their own" in page.content.decode()
    given = client.post(reverse("accounts:grant", args=[reference]), {"role": "auditor"})
    assert "Nobody changes their own" in given.content.decode()
    ended = client.post(reverse("accounts:end_role", args=[reference, "administrator"]), {"reason": "x"})
    assert "Nobody changes their own" in ended.content.decode()


def test_roles_are_given_and_ended_from_the_page(
    client: Client, met_administrator: Member, met_officer: Member
) -> None:
    met_administrator.sign_in(client)
    reference = met_officer.user.reference
    client.post(reverse("accounts:grant", args=[reference]), {"role": "auditor", "team": "central-south"})
    held = Membership.objects.get(user=met_officer.user, role="auditor")
    assert held.team.code == "central-south"
    not_ours = client.post(reverse("accounts:grant", args=[reference]), {"role": "charity_manager"})
    assert not_ours.status_code == 200
    client.post(reverse("accounts:end_role", args=[reference, "auditor"]), {"reason": "Moved."})
    held.refresh_from_db()
    assert held.ended_at is not None
    assert client.get(reverse("accounts:end_role", args=[reference, "auditor"])).status_code == 404
    page = client.get(reverse("accounts:person", args=[reference])).content.decode()
    assert "Roles held before" in page


def test_an_unknown_act_is_not_a_page(client: Client, met_administrator: Member, met_officer: Member) -> None:
    met_administrator.sign_in(client)
    assert (
        client.get(reverse("accounts:act", args=[met_officer.user.reference, "promote"])).status_code == 404
    )


def test_unlocking_and_signing_out_are_buttons(
    client: Client, met_administrator: Member, met_officer: Member
) -> None:
    for _ in range(5):
        Client().post("/accounts/login/", {"login": met_officer.user.email, "password": "wrong"})
    met_administrator.sign_in(client)
    url = reverse("accounts:person", args=[met_officer.user.reference])
    assert "Locked after wrong passwords" in client.get(url).content.decode()
    for name in POSTS:
        assert client.get(reverse(name, args=[met_officer.user.reference])).status_code == 405
        assert client.post(reverse(name, args=[met_officer.user.reference]))["Location"] == url
    assert "Locked after wrong passwords" not in client.get(url).content.decode()


def test_inviting_from_the_page(
    client: Client, met_administrator: Member, kent_administrator: Member
) -> None:
    met_administrator.sign_in(client)
    data = {"email": "new@met.example", "roles": ["police_officer"], "team": "central-south"}
    assert client.get(reverse("accounts:invite")).status_code == 200
    assert client.post(reverse("accounts:invite"), data)["Location"] == reverse("accounts:invitations")
    again = client.post(reverse("accounts:invite"), data)
    assert "has an open invitation" in again.content.decode()
    row = Invitation.objects.get()
    assert "new@met.example" in client.get(reverse("accounts:invitations")).content.decode()
    stranger = kent_administrator.sign_in(Client())
    assert "new@met.example" not in stranger.get(reverse("accounts:invitations")).content.decode()
    for name in ("accounts:resend", "accounts:revoke"):
        assert stranger.post(reverse(name, args=[row.reference])).status_code == 404
    client.post(reverse("accounts:resend", args=[row.reference]))
    assert Message.objects.filter(owner_label="accounts.Invitation").count() == 2
    client.post(reverse("accounts:revoke", args=[row.reference]))
    assert "Taken back" in client.get(reverse("accounts:invitations")).content.decode()
    assert client.post(reverse("accounts:resend", args=[row.reference])).status_code == 403


def test_the_platforms_administrator_brings_an_organisation_its_first(
    client: Client, administrator: Member, met_administrator: Member, kent: Organisation
) -> None:
    administrator.sign_in(client)
    page = client.get(reverse("accounts:organisations")).content.decode()
    assert "Kent Police" in page
    url = reverse("accounts:first_administrator", args=["kent"])
    assert client.get(url).status_code == 200
    client.post(url, {"email": "first@kent.example"})
    row = Invitation.objects.get()
    assert (row.organisation, row.roles, row.sent_for) == (
        kent,
        ["administrator"],
        administrator.organisation,
    )
    assert "first@kent.example" in client.get(reverse("accounts:invitations")).content.decode()
    refused = client.post(
        reverse("accounts:first_administrator", args=["metropolitan"]), {"email": "me@met.example"}
    )
    assert "has its own administrator" in refused.content.decode()


def test_other_administrators_see_only_their_own_organisation(
    client: Client, met_administrator: Member, kent: Organisation
) -> None:
    met_administrator.sign_in(client)
    page = client.get(reverse("accounts:organisations")).content.decode()
    assert "Metropolitan Police" in page
    assert "Kent Police" not in page
    for code in ("kent", "metropolitan"):
        assert client.get(reverse("accounts:first_administrator", args=[code])).status_code == 404


def test_the_administration_page_leads_to_what_there_is(client: Client, met_administrator: Member) -> None:
    met_administrator.sign_in(client)
    page = client.get(reverse("administration")).content.decode()
    assert reverse("accounts:people") in page
    assert reverse("accounts:invitations") in page


def test_nobody_finds_a_person_who_never_worked_there(
    met_administrator: Member, kent_officer: Member
) -> None:
    assert not selectors.people_visible_to(kent_officer.actor).exists()
    assert not selectors.memberships_visible_to(kent_officer.actor).exists()
    assert not selectors.invitations_visible_to(kent_officer.actor).exists()
    assert not selectors.organisations_visible_to(Actor.nobody()).exists()
