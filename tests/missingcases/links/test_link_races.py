"""Two forces on one link, with real threads and real commits."""

from __future__ import annotations

import pytest

from missingcases import services as cases
from missingcases.links import services
from missingcases.links.enums import LinkStatus
from missingcases.links.models import RecordLink
from tests.missingcases.test_races import at_once

pytestmark = pytest.mark.usefixtures("committing_db")


def states() -> list[str]:
    return sorted(RecordLink.objects.values_list("status", flat=True))


def accepting(actor, link, own):
    return lambda: services.accept_link(actor=actor, link_id=link.pk, incident_reference=own.reference)


def test_both_ask_at_once_and_both_accept_at_once(ours, theirs, met_supervisor, kent_supervisor) -> None:
    met, kent = met_supervisor.actor, kent_supervisor.actor
    done, told = at_once(
        lambda: services.ask_link(
            actor=met, incident_id=ours.pk, organisation_id=theirs.owner_id, named=theirs.reference
        ),
        lambda: services.ask_link(
            actor=kent, incident_id=theirs.pk, organisation_id=ours.owner_id, named=ours.reference
        ),
    )
    assert (done, told) == (2, [])
    first = RecordLink.objects.get(asking=ours.owner_id)
    second = RecordLink.objects.get(asking=theirs.owner_id)
    at_once(accepting(kent, first, theirs), accepting(met, second, ours))
    assert states() == [LinkStatus.ACCEPTED, LinkStatus.JOINED]


def test_the_same_question_twice_at_once_is_one(ours, theirs, met_supervisor, met_inspector) -> None:
    def asking(actor):
        return lambda: services.ask_link(
            actor=actor, incident_id=ours.pk, organisation_id=theirs.owner_id, named=theirs.reference
        )

    done, told = at_once(asking(met_supervisor.actor), asking(met_inspector.actor))
    assert (done, len(told)) == (1, 1)
    assert states() == [LinkStatus.ASKED]


def test_accepted_while_it_is_taken_back(asked, theirs, met_supervisor, kent_supervisor) -> None:
    met = met_supervisor.actor
    done, told = at_once(
        accepting(kent_supervisor.actor, asked, theirs),
        lambda: services.withdraw_link(actor=met, link_id=asked.pk),
    )
    assert (done, len(told)) == (1, 1)
    assert states()[0] in {LinkStatus.ACCEPTED, LinkStatus.WITHDRAWN}


@pytest.mark.parametrize("side", ["asking", "asked"])
def test_accepted_while_it_is_restricted(side, asked, ours, theirs, met_supervisor, kent_supervisor) -> None:
    actor, incident = (met_supervisor.actor, ours) if side == "asking" else (kent_supervisor.actor, theirs)
    at_once(
        accepting(kent_supervisor.actor, asked, theirs),
        lambda: cases.restrict_incident(actor=actor, incident_id=incident.pk, reason="A witness."),
    )
    assert LinkStatus.ACCEPTED not in states()


def test_ended_from_both_sides_at_once(accepted, met_supervisor, kent_supervisor) -> None:
    done, told = at_once(
        *(
            lambda actor=somebody.actor: services.end_link(actor=actor, link_id=accepted.pk, reason="Two.")
            for somebody in (met_supervisor, kent_supervisor)
        )
    )
    assert (done, len(told)) == (1, 1)
    assert states() == [LinkStatus.ENDED]
