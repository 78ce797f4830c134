"""The auditor's pages: by record, by person, outside own work; and what the other side does not see."""

from __future__ import annotations

import pytest
from django.test import Client

from foundation.accounts import services as accounts
from foundation.accounts.enums import Role
from foundation.accounts.models import Membership, Organisation, User
from foundation.audit.models import AuditEvent
from foundation.audit.services import record
from tests.cast import Member, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def met_auditor(met: Organisation) -> Member:
    return member("auditor@met.example", "Iris Quayle", met, Role.AUDITOR)


def text_of(person: Member, path: str, **more: object) -> str:
    answer = person.sign_in(Client()).get(path, more)
    assert answer.status_code == 200
    return str(answer.content.decode()).partition("<main")[2]


@pytest.mark.parametrize("path", ["/audit/", "/audit/outside-own-work/"])
def test_an_auditor_reads_their_own_organisations_acts_alone(
    path: str, met_auditor: Member, auditor: Member, met_officer: Member
) -> None:
    record(
        actor=met_officer.actor,
        action="tests.read",
        target=met_officer.user,
        reason="Because.",
        outside_own_work=True,
    )
    own, theirs = text_of(met_auditor, path), text_of(auditor, path)
    assert met_officer.user.full_name in own
    assert "Because." in own
    assert met_officer.user.full_name not in theirs
    assert "tests.read" not in theirs


def test_acts_done_for_an_organisation_are_its_auditors_to_read(
    met_auditor: Member, kent_officer: Member, met: Organisation
) -> None:
    record(actor=kent_officer.actor, action="tests.read", target=met, on_behalf_of_id=met.pk)
    assert kent_officer.user.full_name in text_of(met_auditor, "/audit/")


@pytest.mark.parametrize("path", ["/audit/", "/audit/people/", "/audit/record/", "/audit/heads.jsonl"])
def test_only_auditors_read(path: str, met_administrator: Member, met_officer: Member) -> None:
    for person in (met_administrator, met_officer):
        assert person.sign_in(Client()).get(path).status_code == 403


def test_reading_the_trail_is_in_the_trail(met_auditor: Member) -> None:
    text_of(met_auditor, "/audit/")
    assert AuditEvent.objects.filter(action="audit.read", user_id=met_auditor.user.pk).exists()


def test_a_person_is_found_by_a_part_of_the_name_and_leads_to_their_trail(
    met_auditor: Member, met_officer: Member, kent_officer: Member
) -> None:
    client = met_auditor.sign_in(Client())
    found = client.post("/audit/people/", {"words": met_officer.user.full_name[:4].upper()})
    page = found.content.decode()
    address = f"/audit/person/{met_officer.user.pk}/"
    assert address in page
    assert "Nothing here that your organisation may see" in client.get(address).content.decode()
    assert AuditEvent.objects.get(action="audit.people_found").target_ids == [met_officer.user.pk]
    nobody = client.post("/audit/people/", {"words": kent_officer.user.email})
    assert "Nobody found" in nobody.content.decode()
    assert client.get(f"/audit/person/{kent_officer.user.pk}/").status_code == 404


def test_what_was_done_to_an_account_shows_the_roles_it_was_given(
    met_auditor: Member, met_administrator: Member, met_officer: Member, met: Organisation
) -> None:
    accounts.grant_role(
        actor=met_administrator.actor,
        user_id=met_officer.user.pk,
        organisation_id=met.pk,
        role=Role.POLICE_SUPERVISOR,
    )
    accounts.end_role(
        actor=met_administrator.actor,
        membership_id=Membership.objects.get(user=met_officer.user, role=Role.POLICE_SUPERVISOR).pk,
        reason="A mistake.",
    )
    shown = text_of(
        met_auditor,
        "/audit/record/",
        label=User._meta.label,
        reference=User.objects.get(pk=met_officer.user.pk).reference,
    )
    assert "Membership: granted" in shown
    assert "A mistake." in shown
