"""Made data of real size: which services `manage.py make_data --incidents N` writes rows of."""

from __future__ import annotations

from missingcases.made.filling import Made, fill
from missingcases.made.frame import Ask, Service
from missingcases.made.service import SERVICE as CORE

SERVICES: tuple[Service, ...] = (CORE,)


def make(ask: Ask, *, processes: int = 1) -> Made:
    """A force's or the country's incidents with every service's records, into an empty database."""
    return fill(ask, SERVICES, processes=processes)
