"""One way to keep tables: to the digit and back, and what reads otherwise later is named by its row."""

from __future__ import annotations

import pytest

from foundation.tables import Chart, Hidden, Series, Table
from reports.frozen import (
    Change,
    as_chart,
    as_table,
    changes,
    code_version,
    digest,
    kept_cell,
    kept_chart,
    kept_table,
)

HEADINGS = ("Risk", "Sex", "Children", "Adults")
THEN = Table(
    "risk",
    "Risk",
    HEADINGS,
    (("High", "Female", 4, Hidden(5)), ("High", "Male", 7, None), ("Low", "Male", 1, 2)),
    note="A note",
)


def test_what_was_kept_comes_back_to_the_digit() -> None:
    chart = Chart("c", "Title", "Words.", ("2024", "2025"), (Series("All", (3, Hidden(5))),))
    assert as_table(kept_table(THEN)) == THEN
    assert as_chart(kept_chart(chart)) == chart
    assert digest(kept_table(THEN)) == digest(dict(reversed(kept_table(THEN).items())))
    with pytest.raises(TypeError):
        kept_cell(0.5)


def test_what_reads_otherwise_is_named_by_what_tells_its_row_from_others() -> None:
    rows = (("High", "Female", 4, 6), ("High", "Male", 7, None), ("Low", "Female", 1, 2))
    found = list(changes([THEN], [Table("risk", "Risk", HEADINGS, rows)]))
    assert Change("Risk", "High, Female", "Adults", "not told*", "6") in found
    assert Change("Risk", "Low, Male", "Children", "1", "Not there") in found
    assert Change("Risk", "Low, Female", "Adults", "Not there", "2") in found
    assert len(found) == 5
    assert list(changes([THEN], [THEN])) == []
    assert {one.now for one in changes([THEN], [])} == {"Not there"}


def test_the_code_of_a_part_is_told_from_all_of_it() -> None:
    assert code_version("national") != code_version() == code_version()
