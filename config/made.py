"""Made data of real size: which services `manage.py make_data --incidents N` writes rows of."""

from __future__ import annotations

from alerts.made import SERVICE as ALERTS
from appeals.made import SERVICE as APPEALS
from families.made import SERVICE as FAMILIES
from missingcases.intelligence.made import SERVICE as INTELLIGENCE
from missingcases.made.filling import Made, fill
from missingcases.made.frame import Ask, Service
from missingcases.made.service import SERVICE as CORE
from partners.made import SERVICE as PARTNERS
from rhi.made import SERVICE as RHI
from textsafe.made import SERVICE as TEXTSAFE

# Each draws by its own name, so that one that is added or taken away changes nothing of the others.
SERVICES: tuple[Service, ...] = (
    CORE,
    TEXTSAFE,
    APPEALS,
    ALERTS,
    RHI,
    FAMILIES,
    INTELLIGENCE,
    PARTNERS,
)


def make(ask: Ask, *, processes: int = 1) -> Made:
    """A force's or the country's incidents with every service's records, into an empty database."""
    return fill(ask, SERVICES, processes=processes)
