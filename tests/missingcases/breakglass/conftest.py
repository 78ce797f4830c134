"""The charity holds a note about an incident of the Met for one colleague alone."""

from __future__ import annotations

import pytest

from missingcases.breakglass import services as breakglass
from missingcases.breakglass.models import Opening
from missingcases.models import Incident, Note
from tests.missingcases_pages import world

WORDS = "Her aunt hides her."
WHY = "She may be in danger tonight, and the colleague is not to be reached."


@pytest.fixture
def incident(met_officer, caseworker) -> Incident:
    made = world.reported(met_officer.actor)
    world.released(made, met_officer.actor, caseworker.organisation.pk)
    return made


@pytest.fixture
def note(incident, caseworker) -> Note:
    return Note.objects.create(
        incident=incident,
        organisation=caseworker.organisation,
        audience="named",
        named_user_ids=[caseworker.user.pk],
        text=WORDS,
        author=caseworker.user,
    )


@pytest.fixture
def opening(incident, note, duty_manager, auditor) -> Opening:
    return breakglass.open_records(
        actor=duty_manager.actor, reference=incident.reference, reason=WHY, minutes=60
    )
