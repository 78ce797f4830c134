"""Figures that were kept are for whoever reads figures, of the organisation that asked."""

from __future__ import annotations

from reports.policies import READERS
from tests.walls.matrix.knowing import Known, May

KNOWN_TO: Known = {
    "before_after.Analysis": (May("organisation", READERS),),
}
