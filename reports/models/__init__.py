"""What figures keep."""

from reports.models.cells import Cell, CellName, Delta, Fact, Proof

__all__ = ["Cell", "CellName", "Delta", "Fact", "Proof"]
