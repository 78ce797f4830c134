"""What is hidden and what does not exist take the same statements: the time of an answer tells nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.exceptions import NotVisible
from missingcases.merging.selectors import person_named
from missingcases.selectors.held import subject_held
from rhi.interviews.models import Outcome
from rhi.interviews.selectors import outcome_named
from tests.missingcases_pages import world
from tests.walls.interviews import came_home, talked_with

pytestmark = pytest.mark.django_db


def statements(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked, contextlib.suppress(NotVisible):
        assert ask() is None
    return len(asked)


def test_a_body_that_holds_nothing_of_it_waits_as_long_for_what_is_not_there(
    met_officer, kent_officer
) -> None:
    incident, actor = world.reported(met_officer.actor), kent_officer.actor
    nothing = statements(lambda: subject_held(actor, "MI-ZZZZZZZZ"))
    assert nothing > 20
    assert statements(lambda: subject_held(actor, incident.reference)) == nothing
    assert statements(lambda: subject_held(actor, incident.person.reference)) == nothing
    assert statements(lambda: subject_held(actor, "MP-ZZZZZZZZ")) == nothing


def test_the_owner_is_found_by_either_reference(met_officer) -> None:
    incident = world.reported(met_officer.actor)
    assert subject_held(met_officer.actor, incident.reference) == incident
    assert subject_held(met_officer.actor, incident.person.reference) == incident.person


def test_another_forces_person_takes_as_long_as_nobody(met_officer, kent_officer) -> None:
    incident, actor = world.reported(met_officer.actor), kent_officer.actor
    nothing = statements(lambda: person_named(actor, "MP-ZZZZZZZZ"))
    assert statements(lambda: person_named(actor, incident.person.reference)) == nothing
    assert person_named(met_officer.actor, incident.person.reference) == incident.person


def test_anothers_outcome_takes_as_long_as_none(
    met_officer, duty_manager, rhi_interviewer, other_authority_worker
) -> None:
    talked_with(came_home(met_officer, duty_manager, "Quokka"), "Quokka")
    outcome = Outcome.objects.get()
    for somebody in (rhi_interviewer, other_authority_worker):
        actor = somebody.actor
        nothing = statements(lambda actor=actor: outcome_named(actor, "IO-ZZZZZZZZ"))
        assert statements(lambda actor=actor: outcome_named(actor, outcome.reference)) == nothing
    assert outcome_named(duty_manager.actor, outcome.reference) == outcome
