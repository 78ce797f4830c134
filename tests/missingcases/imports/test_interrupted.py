"""An import survives kill -9 at any moment, in bounded memory: no row is lost, none lands twice."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from foundation.audit.models import AuditEvent
from missingcases.imports import services
from missingcases.imports.models import BatchStatus, ImportBatch
from missingcases.models import AudienceRow, Incident, MissingPerson, Phone
from tests.missingcases.imports.files import GOOD, OPEN, as_csv
from tests.processes import ROOT, Processes, wait_until

pytestmark = [pytest.mark.slow]
ROWS = 3_000


def rows(count: int):
    for number in range(count):
        if number % 10:
            yield {**GOOD, "force_reference": f"MP/{number}"}
        else:
            yield {**OPEN, "force_reference": f"MP/{number}", "status": "missing" if number % 20 else "odd"}


def start(processes: Processes, *argv: str):
    name = f"import-{len(processes.running)}"
    return processes.start(name, [sys.executable, str(ROOT / "manage.py"), "import_incidents", *argv])


def test_an_import_killed_midway_goes_on_where_it_was(
    committing_db: str,
    met,
    processes: Processes,
    tmp_path: Path,
    settings,
) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    file = tmp_path / "cases.csv"
    file.write_bytes(as_csv(*rows(ROWS)))
    processes.env = {"MEDIA_ROOT": settings.MEDIA_ROOT}

    first = start(processes, str(file), "--force", met.code)
    wait_until(ImportBatch.objects.filter(created__gt=0).exists, "the first rows", seconds=120)
    first.kill()
    first.wait()

    batch = ImportBatch.objects.get()
    assert batch.status == BatchStatus.RUNNING
    landed = Incident.objects.count()
    assert 0 < landed < ROWS * 0.95, "killed midway"
    assert (landed, batch.position) == (batch.created, batch.seen + 1)
    said = (processes.folder / "import-0.log").read_text()
    assert re.search(rf"--resume {batch.reference}", said)

    batch = services.run(batch_id=batch.pk)

    assert (batch.status, batch.created, batch.bad) == (BatchStatus.DONE, ROWS * 0.95, ROWS * 0.05)
    for model in (Incident, MissingPerson, Phone, AudienceRow):
        assert model.objects.count() == batch.created, model
    assert batch.bad_rows.count() == batch.bad
    named = AuditEvent.objects.filter(action="incident.imported").values_list("target_ids", flat=True)
    assert sorted(pk for ids in named for pk in ids) == sorted(Incident.objects.values_list("pk", flat=True))
