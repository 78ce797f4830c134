"""What figures keep."""

from reports.models.cells import Cell, CellName, Delta, Fact, Proof
from reports.models.snapshots import Snapshot

__all__ = ["Cell", "CellName", "Delta", "Fact", "Proof", "Snapshot"]
