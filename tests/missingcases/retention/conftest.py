"""An incident of the Met that ended seven years ago, and those who look after retention there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from missingcases import services as cases
from missingcases.models import Incident
from tests.cast import Member, member
from tests.missingcases_pages import world

SEVEN_YEARS = timedelta(days=7 * 366)


def long_ago(incident: Incident) -> Incident:
    """As if all of it had been seven years earlier."""
    names = ("reported_at", "last_seen_at", "located_at", "returned_at", "closed_at")
    past = {one: getattr(incident, one) - SEVEN_YEARS for one in names if getattr(incident, one)}
    Incident.objects.filter(pk=incident.pk).update(**past)
    incident.refresh_from_db()
    return incident


@pytest.fixture
def ended(met_officer: Member, met_supervisor: Member, settings, tmp_path) -> Incident:
    settings.MEDIA_ROOT = str(tmp_path)
    made = world.graded(world.reported(met_officer.actor), met_supervisor.actor)
    given = {"actor": met_officer.actor, "incident_id": made.pk}
    cases.add_note(**given, text="Seen by her aunt Zebulona.", audience="owner")
    cases.add_attachment(**given, name="zebulona.txt", content=b"Zebulona", audience="owner")
    cases.set_flag(**given, kind="cse", status="suspected", source="Zebulona said so")
    world.located(made, met_officer.actor)
    world.interviewed(made, met_officer.actor)
    world.closed(made, met_supervisor.actor)
    made.refresh_from_db()
    return long_ago(made)


@pytest.fixture
def dpo(met) -> Member:
    return member("dpo@met.example", "Dee Protection", met, "auditor")


@pytest.fixture
def chief(met) -> Member:
    return member("chief@met.example", "Ada Ministrator", met, "administrator")
