"""A review of three children of the Met, read by its coordinator and an inspector."""

from __future__ import annotations

import pytest

from reports.cohorts.models import Review
from tests.reports.cohorts import making


@pytest.fixture
def review(met_officer, met_coordinator, met_inspector) -> Review:
    for text in making.TEXTS:
        making.child(met_officer, text)
    return making.begun(met_coordinator, met_inspector)
