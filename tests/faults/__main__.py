"""`python3 dev.py faults`: break the product in every listed way and print what was lost and doubled."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import pytest

COLUMNS = ("fault", "intended", "accepted", "unknown", "not sent", "doubled", "audit sealed", "verdict")


def main() -> int:
    """Run the scenarios, print the table, and fail if any row does not add up."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "faults.jsonl"
        os.environ["HARBOUR_FAULTS"] = str(results)
        code = int(pytest.main(["tests/faults/scenarios.py", "-q", "-p", "no:cacheprovider", *sys.argv[1:]]))
        rows = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
    print(" | ".join(COLUMNS))
    for row in rows:
        print(" | ".join(str(row[column]) for column in COLUMNS))
    return code if rows else 1


if __name__ == "__main__":
    raise SystemExit(main())
