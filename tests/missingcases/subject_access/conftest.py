"""Somebody whom the Met has on record asks what is held about them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from missingcases import services as cases
from missingcases.models import Incident
from missingcases.subject_access import services as access
from missingcases.subject_access.models import AccessRequest
from tests.cast import Member, member
from tests.missingcases_pages import world


@pytest.fixture
def incident(met_officer: Member, settings, tmp_path) -> Incident:
    settings.MEDIA_ROOT = str(tmp_path)
    made = world.reported(met_officer.actor)
    cases.add_note(actor=met_officer.actor, incident_id=made.pk, text="Seen at the pier.", audience="owner")
    cases.add_attachment(
        actor=met_officer.actor, incident_id=made.pk, name="list.txt", content=b"A list", audience="owner"
    )
    return made


@pytest.fixture
def dpo(met) -> Member:
    return member("dpo@met.example", "Dee Protection", met, "auditor")


@pytest.fixture
def second_dpo(met) -> Member:
    return member("dpo2@met.example", "Second Look", met, "auditor")


@pytest.fixture
def asked(incident, dpo) -> AccessRequest:
    return access.receive(
        actor=dpo.actor,
        reference=incident.reference,
        received_on=timezone.localdate(),
        asked="She asks herself, by letter.",
    )


@pytest.fixture
def gathered(asked, dpo) -> AccessRequest:
    access.confirm_identity(actor=dpo.actor, request_id=asked.pk, how="Passport seen.")
    access.begin(actor=dpo.actor, request_id=asked.pk)
    return access.collect(request_id=asked.pk)
