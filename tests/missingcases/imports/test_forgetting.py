"""An uploaded file is deleted a month after its import ended; what landed and what was wrong stays."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from foundation.audit.models import AuditEvent
from missingcases.imports import selectors, services
from missingcases.imports.models import ImportBatch
from missingcases.imports.storage import path_of
from missingcases.models import Incident
from tests.cast import Member
from tests.missingcases.imports.files import GOOD, as_csv

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 14, 0, tzinfo=UTC)


@pytest.fixture
def clock(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def batch(clock, met_supervisor: Member) -> ImportBatch:
    content = as_csv(GOOD, {**GOOD, "force_reference": "MP/9", "outcome": "Eaten by a whale"})
    made = services.receive_file(
        actor=met_supervisor.actor,
        organisation_id=met_supervisor.organisation.pk,
        name="cases.csv",
        content=io.BytesIO(content),
        is_dry_run=False,
        kick=False,
    )
    return services.run(batch_id=made.pk)


def test_the_file_is_there_to_be_mended_and_then_it_goes(batch: ImportBatch, clock) -> None:
    assert (batch.created, batch.bad) == (1, 1)
    assert "Eaten by a whale" in "".join(selectors.error_file(batch))

    clock.shift(timedelta(days=29))
    assert services.forget_files() == 0
    assert path_of(batch).exists()
    clock.shift(timedelta(days=2))
    assert services.forget_files() == 1

    assert not path_of(batch).exists()
    assert Incident.objects.filter(imported_batch=batch.pk).count() == 1
    told = AuditEvent.objects.get(action="import.files_deleted")
    assert batch.pk in (told.target_ids or [told.target_id])
    assert services.forget_files() == 0


def test_what_was_wrong_is_still_told_without_the_rows_own_words(batch: ImportBatch, clock) -> None:
    clock.shift(timedelta(days=31))
    services.forget_files()

    header, row = "".join(selectors.error_file(batch)).splitlines()

    assert header == "line,what_is_wrong"
    assert row.startswith('3,"outcome is none of')
    assert "whale" not in row


def test_an_import_that_has_not_ended_keeps_its_file(clock, met_supervisor: Member) -> None:
    waiting = services.receive_file(
        actor=met_supervisor.actor,
        organisation_id=met_supervisor.organisation.pk,
        name="cases.csv",
        content=io.BytesIO(as_csv(GOOD)),
        is_dry_run=False,
        kick=False,
    )
    clock.shift(timedelta(days=90))

    assert services.forget_files() == 0
    assert path_of(waiting).exists()
