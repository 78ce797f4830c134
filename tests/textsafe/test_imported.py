"""Imported incidents start no text, with automation on, until a supervisor confirms the import."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.events import services as events
from foundation.events.models import Owed, OwedStatus
from foundation.messaging.models import Message
from missingcases import services as cases
from missingcases.imports import confirming
from missingcases.imports import services as imports
from missingcases.imports.models import ImportBatch
from missingcases.models import Action, AudienceRow, Incident, ReviewClock, TimelineEntry
from missingcases.services import lateness
from tests.cast import Member
from tests.missingcases.imports.files import GOOD, OPEN, as_csv
from textsafe.models import AutomationPolicy, Request
from textsafe.services import due

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(clock, settings, tmp_path, met, met_supervisor: Member) -> ImportBatch:
    """One closed and two open incidents, imported where every missing person is texted."""
    settings.MEDIA_ROOT = str(tmp_path)
    AutomationPolicy.objects.create(
        organisation=met, is_on=True, for_missing=True, for_absent=True, delay_minutes=60, daily_cap=100
    )
    reported = {**OPEN, "force_reference": "MP/3", "status": "reported", "risk_level": ""}
    made = imports.receive_file(
        actor=met_supervisor.actor,
        organisation_id=met.pk,
        name="cases.csv",
        content=io.BytesIO(as_csv(GOOD, OPEN, reported)),
        is_dry_run=False,
        kick=False,
    )
    return imports.run(batch_id=made.pk)


def confirm(by: Member, batch: ImportBatch) -> int:
    confirming.confirm_starts(actor=by.actor, batch_id=batch.pk)
    return confirming.start_confirmed(batch_id=batch.pk)


def deliver_due() -> None:
    for owed_id in events.due(now=timezone.now()):
        events.deliver(owed_id=owed_id)


def let_time_pass(clock) -> None:
    """A week, with everything that the clock sets off."""
    for _ in range(7):
        clock.shift(86_400)
        deliver_due()
        lateness.watch_lengths()
        lateness.escalate_overdue()
        due.release_due()


def started() -> int:
    return sum(
        model.objects.count() for model in (Owed, Request, Message, Action, ReviewClock, TimelineEntry)
    )


def test_history_and_open_incidents_start_nothing_by_themselves(batch: ImportBatch, clock) -> None:
    assert (batch.created, batch.held) == (3, 2)
    let_time_pass(clock)
    assert started() == 0


def test_a_grading_or_a_new_number_starts_nothing_either(
    batch: ImportBatch, clock, met_supervisor: Member
) -> None:
    held = Incident.objects.get(force_reference="MP/2")
    cases.add_phone(
        actor=met_supervisor.actor,
        incident_id=held.pk,
        phone=cases.PhoneDetails(number="07700 900199", kind="mobile"),
    )
    let_time_pass(clock)
    assert not Request.objects.exists()


def test_once_confirmed_the_open_ones_are_texted_and_the_closed_never(
    batch: ImportBatch, clock, met_supervisor: Member
) -> None:
    assert confirm(met_supervisor, batch) == 2
    deliver_due()

    assert not Owed.objects.exclude(status=OwedStatus.DONE).exists()
    assert [row.incident.force_reference for row in Request.objects.all()] == ["MP/2"]
    assert ReviewClock.objects.exists()
    assert AuditEvent.objects.filter(action="import.starts_confirmed", target_id=batch.pk).exists()
    with pytest.raises(Refused):
        confirm(met_supervisor, batch)


def test_a_confirmed_incident_is_told_of_like_any_other_change(
    batch: ImportBatch, met_supervisor: Member
) -> None:
    held = Incident.objects.get(force_reference="MP/2")
    told_until = max(AudienceRow.objects.values_list("change", flat=True))
    confirm(met_supervisor, batch)

    assert Incident.objects.get(pk=held.pk).version == held.version + 1
    assert [row.change > told_until for row in held.audience.all()] == [True]
    said = TimelineEntry.objects.filter(incident=held, kind="incident.starts_confirmed")
    assert said.get().user_id == met_supervisor.user.pk


def test_only_a_supervisor_of_the_force_confirms(
    batch: ImportBatch, met_officer: Member, kent_supervisor: Member
) -> None:
    for other in (met_officer, kent_supervisor):
        with pytest.raises(Refused):
            confirm(other, batch)
    assert Incident.objects.filter(starts_held=True).count() == 2


def test_an_incident_that_went_to_another_force_is_not_confirmed_by_the_first(
    batch: ImportBatch, kent, kent_supervisor: Member, met_supervisor: Member
) -> None:
    gone = Incident.objects.get(force_reference="MP/2")
    offer = cases.offer_transfer(
        actor=met_supervisor.actor, incident_id=gone.pk, to_organisation_id=kent.pk, reason="Lives in Kent."
    )
    cases.accept_transfer(actor=kent_supervisor.actor, transfer_id=offer.pk)

    assert confirm(met_supervisor, batch) == 1
    gone.refresh_from_db()
    assert gone.starts_held
