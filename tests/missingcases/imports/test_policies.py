"""Who brings incidents in, and who lets services start for them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from foundation.access import Refusal
from missingcases.imports.models import BatchStatus, ImportBatch
from missingcases.imports.policies import may_confirm, may_import

pytestmark = pytest.mark.django_db


def code(refusal: Refusal | None) -> str | None:
    return refusal.code if refusal else None


def test_a_force_brings_in_its_own_records(
    met, met_supervisor, met_coordinator, met_officer, kent_supervisor, caseworker, system
) -> None:
    for importer in (met_supervisor.actor, met_coordinator.actor, system):
        assert may_import(importer, met.pk) is None
    assert code(may_import(met_officer.actor, met.pk)) == "role"
    assert code(may_import(caseworker.actor, met.pk)) == "role"
    assert code(may_import(kent_supervisor.actor, met.pk)) == "other_organisation"


def test_a_supervisor_of_the_force_confirms_what_came_in_and_once(
    met, met_supervisor, met_coordinator, kent_supervisor
) -> None:
    batch = ImportBatch(organisation=met, status=BatchStatus.DONE, held=2)
    boss = met_supervisor.actor
    assert may_confirm(boss, batch) is None
    assert code(may_confirm(met_coordinator.actor, batch)) == "role"
    assert code(may_confirm(kent_supervisor.actor, batch)) == "role"
    batch.held = 0
    assert code(may_confirm(boss, batch)) == "nothing_held"
    batch.confirmed_at = timezone.now()
    assert code(may_confirm(boss, batch)) == "confirmed"
    batch.is_dry_run = True
    assert code(may_confirm(boss, batch)) == "not_done"
    batch.is_dry_run, batch.status = False, BatchStatus.RUNNING
    assert code(may_confirm(boss, batch)) == "not_done"
