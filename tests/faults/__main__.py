"""`python3 dev.py faults`: break the product in every listed way and print what was lost and doubled.

Arguments go to pytest; with some, only the rows of what ran are printed and asked for.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

from tests.faults import table

WHERE = ("tests/faults/scenarios", "-o", "python_files=*.py", "-p", "no:cacheprovider", "-q")


def main(arguments: list[str]) -> int:
    """Run the scenarios, print the table, and fail if a row does not add up or is not there."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "faults.jsonl"
        os.environ["HARBOUR_FAULTS"] = str(results)
        code = int(pytest.main([*WHERE, *arguments]))
        found = table.read_rows(results)
    rows = list(found.values()) if arguments else table.complete(found)
    print(table.drawn(rows))
    held = sum(row["verdict"] == table.HOLDS for row in rows)
    print(f"{held} of {len(rows)} faults: nothing lost, nothing doubled.")
    return code or int(not table.all_hold(rows))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
