"""The demonstration's incidents: fictional people, believable in their mixture (domain.md section 9)."""

from missingcases.demo.building import History, is_made, plan

__all__ = ["History", "is_made", "plan"]
