"""Somebody rings the helpline."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from families.helpline import services
from families.helpline.models import HelplineContact
from missingcases.models import Incident
from tests.missingcases import making
from tests.missingcases_pages import world


def rings(actor: Any, **given: Any) -> HelplineContact:
    """A call, unless told otherwise."""
    said = {"channel": "call", "caller": "missing_person", "form_token": uuid4()}
    return services.begin_contact(actor=actor, **(said | given))


@pytest.fixture
def call(caseworker) -> HelplineContact:
    return rings(caseworker.actor)


@pytest.fixture
def known_incident(met_officer, charity) -> Incident:
    """An incident that the charity was told of."""
    incident = making.report(met_officer.actor)
    world.released(incident, met_officer.actor, charity.pk)
    return incident
