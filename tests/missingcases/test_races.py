"""Two officers on one incident, with real threads and real commits: one of them is first, always."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.exceptions import Conflict, Invalid, NotVisible
from missingcases import services
from missingcases.models import Flag, Incident, LocatedEntry, Transfer
from tests.missingcases import making

pytestmark = pytest.mark.usefixtures("committing_db")
LOST = (Refused, Conflict, Invalid, NotVisible)


def at_once(*works: Callable[[], Any]) -> tuple[int, list[Exception]]:
    """Run the works in threads that start together: how many were done, and what the others were told.

    Anything but the product's own answers (a deadlock, a broken constraint) fails the test.
    """
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Exception | None:
        gate.wait()
        try:
            work()
        except LOST as told:
            return told
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(works)) as pool:
        told = [answer for answer in pool.map(run, works) if answer is not None]
    return len(works) - len(told), told


@pytest.fixture
def incident(met_officer, met_supervisor) -> Incident:
    found = making.missing(met_supervisor.actor, making.report(met_officer.actor))
    found.refresh_from_db()
    return found


def test_two_officers_find_the_same_person(incident, met_officer, second_met_officer) -> None:
    first, second = met_officer.actor, second_met_officer.actor
    done, told = at_once(lambda: making.located(first, incident), lambda: making.located(second, incident))
    assert (done, len(told)) == (1, 1)
    assert LocatedEntry.objects.filter(incident=incident).count() == 1
    assert AuditEvent.objects.filter(action="incident.located", incident_id=incident.pk).count() == 1


def test_found_and_cancelled_at_once_is_one_of_the_two(incident, met_officer, met_supervisor) -> None:
    officer, supervisor = met_officer.actor, met_supervisor.actor
    done, _ = at_once(
        lambda: making.located(officer, incident),
        lambda: services.cancel_incident(
            actor=supervisor, incident_id=incident.pk, cause="not_missing", reason="At work."
        ),
    )
    incident.refresh_from_db()
    assert done == 1
    assert (incident.status == "located") == LocatedEntry.objects.filter(incident=incident).exists()


def test_two_supervisors_grade_from_the_same_page(incident, met_supervisor, met_inspector) -> None:
    actors = (met_supervisor.actor, met_inspector.actor)

    def grade(actor: Any, level: str) -> Callable[[], Any]:
        return lambda: services.grade_missing(
            actor=actor,
            incident_id=incident.pk,
            level=level,
            assessment=making.assessment(),
            version=incident.version,
        )

    done, told = at_once(grade(actors[0], "high"), grade(actors[1], "low"))
    incident.refresh_from_db()
    assert done == 1
    assert isinstance(told[0], Conflict)
    assert incident.assessments.first().level == incident.risk_level


def test_two_officers_raise_the_same_flag(incident, met_officer, second_met_officer) -> None:
    actors = (met_officer.actor, second_met_officer.actor)

    def flag(actor: Any, status: str) -> Callable[[], Any]:
        return lambda: services.set_flag(
            actor=actor, incident_id=incident.pk, kind="cse", status=status, source="Aunt", version=0
        )

    done, told = at_once(flag(actors[0], "suspected"), flag(actors[1], "confirmed"))
    assert (done, type(told[0])) == (1, Conflict)
    assert Flag.objects.count() == 1
    assert incident.actions.filter(kind="mash_referral").count() == 1


def test_two_records_cancelled_for_each_other_leave_one_open(
    incident, met_officer, met_supervisor, met_inspector
) -> None:
    other = making.report(met_officer.actor, person_reference=incident.person.reference)
    actors = (met_supervisor.actor, met_inspector.actor)

    def cancel(actor: Any, one: Incident, for_other: Incident) -> Callable[[], Any]:
        return lambda: services.cancel_incident(
            actor=actor,
            incident_id=one.pk,
            cause="duplicate",
            reason="Twice.",
            duplicate_of=for_other.reference,
        )

    done, _ = at_once(cancel(actors[0], incident, other), cancel(actors[1], other, incident))
    assert done == 1
    assert Incident.objects.exclude(status="cancelled").count() == 1


def test_an_offer_accepted_and_withdrawn_at_once_has_one_owner(
    incident, met, kent, met_supervisor, kent_supervisor
) -> None:
    offer = services.offer_transfer(
        actor=met_supervisor.actor, incident_id=incident.pk, to_organisation_id=kent.pk, reason="Lives there."
    )
    ours, theirs = met_supervisor.actor, kent_supervisor.actor
    done, _ = at_once(
        lambda: services.accept_transfer(actor=theirs, transfer_id=offer.pk),
        lambda: services.withdraw_transfer(actor=ours, transfer_id=offer.pk),
    )
    incident.refresh_from_db()
    accepted = Transfer.objects.get(pk=offer.pk).status == "accepted"
    assert done == 1
    assert incident.owner_id == (kent.pk if accepted else met.pk)


def test_an_offer_accepted_while_the_person_is_found_is_never_both_open_and_found(
    incident, met_officer, met_supervisor, kent, kent_supervisor
) -> None:
    offer = services.offer_transfer(
        actor=met_supervisor.actor, incident_id=incident.pk, to_organisation_id=kent.pk, reason="Lives there."
    )
    officer, theirs = met_officer.actor, kent_supervisor.actor
    done, _ = at_once(
        lambda: making.located(officer, incident),
        lambda: services.accept_transfer(actor=theirs, transfer_id=offer.pk),
    )
    incident.refresh_from_db()
    assert done == 1
    assert (incident.status == "located") == (Transfer.objects.get(pk=offer.pk).status == "withdrawn")


def test_one_force_reference_is_given_once(met_officer, second_met_officer) -> None:
    actors = (met_officer.actor, second_met_officer.actor)
    done, told = at_once(*(lambda who=who: making.report(who, force_reference="01MP/77") for who in actors))
    assert (done, type(told[0])) == (1, Invalid)
    assert Incident.objects.count() == 1


def test_one_officer_records_the_interview_while_another_takes_the_finding_back(
    incident, met_officer, met_supervisor
) -> None:
    making.located(met_officer.actor, incident)
    officer, supervisor = met_officer.actor, met_supervisor.actor
    done, _ = at_once(
        lambda: making.interviewed(officer, Incident.objects.get(pk=incident.pk), held_at=timezone.now()),
        lambda: services.retract_located(
            actor=supervisor, incident_id=incident.pk, level="high", assessment=making.assessment()
        ),
    )
    incident.refresh_from_db()
    assert done == 1
    assert incident.status in {"missing", "prevention_done"}
