"""The Met looks for somebody whom Kent has on record too."""

from __future__ import annotations

from datetime import date

import pytest

from missingcases.links import services as links
from missingcases.links.models import RecordLink
from missingcases.models import Incident
from tests.missingcases import making

KNOWN = {"given_names": "Katherine", "family_name": "Nowak", "date_of_birth": date(2009, 3, 12)}


@pytest.fixture
def ours(met_officer) -> Incident:
    return making.report(met_officer.actor, **KNOWN)


@pytest.fixture
def theirs(kent_officer) -> Incident:
    return making.report(kent_officer.actor, **KNOWN)


@pytest.fixture
def asked(ours, theirs, met_supervisor, kent) -> RecordLink:
    return links.ask_link(
        actor=met_supervisor.actor, incident_id=ours.pk, organisation_id=kent.pk, named=theirs.reference
    )


@pytest.fixture
def accepted(asked, theirs, kent_supervisor) -> RecordLink:
    return links.accept_link(
        actor=kent_supervisor.actor, link_id=asked.pk, incident_reference=theirs.reference
    )
