"""The sheet for an outage holds what its reader may see and nothing else, and its printing is kept."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from foundation.audit.models import AuditEvent
from missingcases import services
from tests.cast import Member
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db


def sheet(reader: Member) -> str:
    answer = reader.sign_in(Client()).get(reverse("missingcases:sheet"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_owner_reads_whom_to_call_and_the_printing_is_kept(
    met_officer: Member, met_supervisor: Member
) -> None:
    open_one = world.graded(world.reported(met_officer.actor), met_supervisor.actor)
    found = world.located(world.reported(met_officer.actor, given="Found"), met_officer.actor)

    page = sheet(met_officer)

    assert open_one.reference in page
    assert "+447700900123" in page
    assert "Jo Example, Mother" in page
    assert "Did not come home from school." in page
    assert found.reference not in page
    kept = AuditEvent.objects.get(action="incident.sheet_printed")
    assert kept.target_ids == [open_one.pk]


def test_another_force_reads_nothing_of_it(met_officer: Member, kent_officer: Member) -> None:
    incident = world.reported(met_officer.actor)
    page = sheet(kent_officer)
    assert incident.reference not in page
    assert "Example" not in page


def test_a_restricted_incident_is_on_the_sheet_of_named_people_alone(
    met_officer: Member, met_supervisor: Member
) -> None:
    incident = world.reported(met_officer.actor)
    services.restrict_incident(
        actor=met_supervisor.actor, incident_id=incident.pk, reason="A colleague's child."
    )
    assert incident.reference in sheet(met_supervisor)
    assert incident.reference not in sheet(met_officer)


def test_an_authority_reads_its_child_but_not_who_reported_it(
    met_officer: Member, authority_worker: Member
) -> None:
    incident = world.reported(met_officer.actor, placing_authority_id=authority_worker.organisation.pk)
    page = sheet(authority_worker)
    assert incident.reference in page
    assert "Jo Example" not in page
