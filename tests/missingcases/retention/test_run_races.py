"""Two people start one run, and two workers do it, with real threads and real commits."""

from __future__ import annotations

import pytest

from foundation.audit.models import AuditEvent
from missingcases.retention import selectors
from missingcases.retention import services as retention
from tests.cast import member
from tests.missingcases.test_races import at_once

pytestmark = pytest.mark.usefixtures("committing_db")


def test_one_start_counts_and_two_workers_do_it_once(ended, dpo, chief, met) -> None:
    other = member("other@met.example", "Other", met, "auditor")
    proposed = retention.propose_run(actor=dpo.actor)
    starting = [
        lambda who=who: retention.start_run(actor=who.actor, run_id=proposed.pk) for who in (chief, other)
    ]
    done, told = at_once(*starting)
    assert (done, len(told)) == (1, 1)
    at_once(lambda: retention.run(run_id=proposed.pk), lambda: retention.run(run_id=proposed.pk))
    finished = retention.run(run_id=proposed.pk)
    assert finished.status == "done"
    assert selectors.report_of(finished)["done"] == 1
    cleared = AuditEvent.objects.filter(action="retention.anonymised", target_ids=[ended.pk])
    assert cleared.count() == 1
