"""What can be wrong with what somebody gave us; words say what to do."""

from __future__ import annotations

from missingcases.exceptions import Conflict, Invalid, NotVisible

__all__ = ["Conflict", "Invalid", "NotVisible"]
