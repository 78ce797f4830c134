"""What was confirmed is started by a worker: each incident once, whatever is killed or run twice."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.audit.models import AuditEvent
from foundation.events.models import Owed
from missingcases.events import StartsConfirmed
from missingcases.imports import confirming, kick
from missingcases.imports.models import ImportBatch
from missingcases.models import Incident, TimelineEntry
from tests.cast import Member
from tests.missingcases.imports.files import OPEN, as_csv
from tests.processes import Processes, wait_until

ROWS = 2 * confirming.CHUNK + 30
STARTER = "import django; django.setup(); from missingcases.imports import confirming; "


@pytest.fixture
def batch(bring_in) -> ImportBatch:
    """Open incidents for three chunks, none of them started."""
    return bring_in(as_csv(*({**OPEN, "force_reference": f"MP/{number}"} for number in range(ROWS))))


def confirm(by: Member, batch: ImportBatch) -> None:
    confirming.confirm_starts(actor=by.actor, batch_id=batch.pk)
    batch.refresh_from_db()


def each_started_once(batch: ImportBatch) -> bool:
    batch.refresh_from_db()
    told = TimelineEntry.objects.filter(kind="incident.starts_confirmed").values_list(
        "incident_id", flat=True
    )
    owed = Owed.objects.filter(event=StartsConfirmed.name).count()
    named = AuditEvent.objects.filter(action="incident.starts_confirmed").values_list("target_ids", flat=True)
    ids = sorted(Incident.objects.values_list("pk", flat=True))
    assert sorted(told) == ids == sorted(pk for chunk in named for pk in chunk)
    assert not Incident.objects.filter(starts_held=True).exists()
    return batch.started == owed == ROWS and not batch.is_starting


@pytest.mark.django_db
def test_the_request_only_confirms_and_a_worker_starts(batch: ImportBatch, met_supervisor: Member) -> None:
    confirm(met_supervisor, batch)
    assert batch.is_starting
    assert Incident.objects.filter(starts_held=True).count() == ROWS

    assert confirming.start_confirmed(batch_id=batch.pk) == ROWS
    assert each_started_once(batch)
    assert confirming.start_confirmed(batch_id=batch.pk) == 0


@pytest.mark.django_db
def test_nothing_is_started_that_nobody_confirmed(batch: ImportBatch) -> None:
    assert confirming.start_confirmed(batch_id=batch.pk) == 0
    assert Incident.objects.filter(starts_held=True).count() == ROWS


@pytest.mark.django_db
def test_the_page_shows_how_far_it_is(batch: ImportBatch, met_supervisor: Member, client: Client) -> None:
    confirm(met_supervisor, batch)
    ImportBatch.objects.filter(pk=batch.pk).update(started=100)
    page = met_supervisor.sign_in(client).get(reverse("imports:batch", args=[batch.reference]))
    assert "Services are being started" in page.text
    part = client.get(reverse("imports:progress", args=[batch.reference]))
    assert f"100 of {ROWS}" in part.text
    assert "HX-Refresh" not in part

    confirming.start_confirmed(batch_id=batch.pk)
    part = client.get(reverse("imports:progress", args=[batch.reference]))
    assert part["HX-Refresh"] == "true"


@pytest.mark.django_db
def test_what_nobody_works_on_any_more_is_kicked_again(batch: ImportBatch, met_supervisor: Member) -> None:
    confirm(met_supervisor, batch)
    assert kick.resume_stalled() == 0
    ImportBatch.objects.update(updated_at=timezone.now() - timedelta(minutes=2))
    assert kick.resume_stalled() == 1
    confirming.start_confirmed(batch_id=batch.pk)
    ImportBatch.objects.update(updated_at=timezone.now() - timedelta(minutes=2))
    assert kick.resume_stalled() == 0


def test_two_workers_start_each_incident_once(
    committing_db: str, batch: ImportBatch, met_supervisor: Member
) -> None:
    confirm(met_supervisor, batch)
    started: list[int] = []

    def work() -> None:
        started.append(confirming.start_confirmed(batch_id=batch.pk))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(started) == ROWS
    assert each_started_once(batch)


@pytest.mark.slow
def test_a_worker_killed_midway_loses_and_repeats_nothing(
    committing_db: str, batch: ImportBatch, met_supervisor: Member, processes: Processes
) -> None:
    confirm(met_supervisor, batch)
    code = STARTER + f"confirming.start_confirmed(batch_id={batch.pk})"
    first = processes.start("starter", [sys.executable, "-c", code], DJANGO_SETTINGS_MODULE="config.settings")
    reached: Callable[[], bool] = ImportBatch.objects.filter(pk=batch.pk, started__gt=0).exists
    wait_until(reached, "the first chunk", seconds=60)
    first.kill()
    first.wait()

    batch.refresh_from_db()
    assert 0 < batch.started < ROWS, "killed midway"
    assert Incident.objects.filter(starts_held=True).count() == ROWS - batch.started
    confirming.start_confirmed(batch_id=batch.pk)
    assert each_started_once(batch)
