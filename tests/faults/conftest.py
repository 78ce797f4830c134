"""What every scenario starts from: the product and people who ask for texts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.faults.flood import Flood
from tests.faults.product import Product
from tests.processes import Processes


@pytest.fixture
def product(committing_db: str, redis_url: str, processes: Processes, settings: Any) -> Product:
    """The product on this test's database and Redis; only the provider runs until `start`."""
    return Product(processes, settings)


@pytest.fixture
def flood(committing_db: str, met_officer: Any, met_supervisor: Any, caseworker: Any) -> Flood:
    """An officer, a supervisor and a screener, who have asked for nothing yet."""
    return Flood(met_officer.actor, met_supervisor.actor, caseworker.actor)
