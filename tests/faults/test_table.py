"""The table is honest: what gave no row, or struck nothing, is not called survived."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.faults import table

HERE = Path(__file__).parent
GOOD = dict.fromkeys(table.COLUMNS, 1) | {"verdict": table.HOLDS}


@pytest.mark.parametrize("fault", table.FAULTS)
def test_every_fault_has_a_scenario_that_gives_its_row(fault: str) -> None:
    named = re.compile(rf"{re.escape(fault)}[\"']")
    told = [path.name for path in (HERE / "scenarios").glob("*.py") if named.search(path.read_text())]
    assert len(told) == 1


def test_a_fault_without_a_row_did_not_run_and_the_table_does_not_hold() -> None:
    rows = table.complete({fault: GOOD | {"fault": fault} for fault in table.FAULTS[1:]})
    assert [row["fault"] for row in rows] == list(table.FAULTS)
    assert rows[0]["verdict"] == table.DID_NOT_RUN
    assert not table.all_hold(rows)
    assert table.all_hold(rows[1:])


def test_a_broken_row_does_not_hold() -> None:
    assert not table.all_hold([GOOD, GOOD | {"verdict": table.BROKEN}])


def test_rows_are_read_by_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = tmp_path / "rows"
    assert table.read_rows(results) == {}
    monkeypatch.setenv("HARBOUR_FAULTS", str(results))
    table.write_row(GOOD | {"fault": "Redis flushed"})
    assert table.read_rows(results) == {
        "Redis flushed": json.loads(json.dumps(GOOD)) | {"fault": "Redis flushed"}
    }


def test_the_columns_of_the_table_are_aligned() -> None:
    lines = table.drawn(table.complete({})).splitlines()
    assert len(lines) == len(table.FAULTS) + 2
    assert {line.index("|") for line in (lines[0], *lines[2:])} == {max(map(len, table.FAULTS)) + 1}
