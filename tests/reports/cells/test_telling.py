"""What the status page says of kept figures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from reports.cells import folding, proving
from reports.models import Proof
from reports.telling import proof_of_cells
from tests.missingcases import making

pytestmark = pytest.mark.django_db


def test_a_difference_is_loud_and_names_cells(met_officer) -> None:
    now = timezone.now()
    assert proof_of_cells(now)[1] is False
    making.report(met_officer.actor)
    folding.fold_all()
    proving.prove()
    words, is_behind = proof_of_cells(now)
    assert "were the same" in words
    assert not is_behind
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_cell SET count = count + 1 WHERE grain = 'm' AND scope = 0")
    proving.prove()
    words, is_behind = proof_of_cells(now)
    assert is_behind
    assert "incidents:" in words or "areas:" in words
    assert "rebuild_cells" in words


def test_a_proof_that_is_too_old_is_said() -> None:
    then = timezone.now() - timedelta(days=2)
    Proof.objects.create(started_at=then, ended_at=then, facts=0, cells=0, differ=0)
    assert proof_of_cells(timezone.now())[1] is True
