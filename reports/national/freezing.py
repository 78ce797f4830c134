"""A return as data that is kept, and back."""

from __future__ import annotations

from typing import Any

from reports.frozen import as_cell, as_table, kept_cell, kept_table
from reports.national.returning import NationalReturn

# The code by which a return is counted and laid out.
COUNTED_BY = ("national", "cells", "periods.py", "scope.py", "frozen.py")
_TOTALS = ("calls", "incidents", "individuals")


def content_of(found: NationalReturn) -> dict[str, Any]:
    """All that a return says."""
    return {
        **{name: kept_cell(getattr(found, name)) for name in _TOTALS},
        "tables": [kept_table(one) for one in found.tables],
    }


def thawed(content: dict[str, Any]) -> NationalReturn:
    """The same, to be shown."""
    tables = tuple(as_table(one) for one in content["tables"])
    return NationalReturn(tables=tables, **{name: as_cell(content[name]) for name in _TOTALS})
