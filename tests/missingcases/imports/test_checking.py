"""What the cells of a row say together."""

from datetime import UTC, datetime
from typing import Any

import pytest

from missingcases.imports.checking import check_header, check_row
from missingcases.imports.columns import columns
from missingcases.imports.known import KnownCodes
from missingcases.imports.rows import BadFile
from tests.missingcases.imports.files import GOOD, OPEN

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TABLE = columns(KnownCodes(0))


def faults(**changes: Any) -> list[tuple[str, str]]:
    return [(fault.column, fault.reason) for fault in check_row({**GOOD, **changes}, TABLE, NOW)[1]]


def test_good_rows_have_no_fault() -> None:
    assert faults() == []
    assert check_row(OPEN, TABLE, NOW)[1] == []


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"force_reference": " "}, "force_reference", "is empty"),
        ({"sex": "x"}, "sex", "none of"),
        ({"reported_at": "31/03/2030 22:15"}, "reported_at", "future"),
        ({"last_seen_at": "31/03/1890 22:15"}, "last_seen_at", "before 1900"),
        ({"last_seen_at": "01/04/2014 22:15"}, "located_at", "before they were last seen"),
        ({"last_seen_at": "31/03/2014 23:15"}, "reported_at", "before they were last seen"),
        ({"returned_at": "01/04/2014 08:00"}, "returned_at", "before they were located"),
        ({"closed_at": "01/04/2014 08:00"}, "closed_at", "before they were located"),
        ({"date_of_birth": "05/11/2015"}, "date_of_birth", "no birthday"),
        ({"date_of_birth": "05/11/1880"}, "date_of_birth", "no birthday"),
        ({"given_names": "", "family_name": "", "date_of_birth": ""}, "", "who is missing"),
        ({"status": "reported"}, "located_at", "still open"),
        ({"outcome": ""}, "outcome", "needed for a closed"),
        ({"status": "missing", "risk_level": "no_apparent"}, "risk_level", "low, medium or high"),
        ({"status": "absent", "risk_level": "high"}, "risk_level", "no_apparent"),
        ({"death_type": "natural"}, "death_type", "located_deceased"),
        ({"harm": "none; exposure"}, "harm", "beside something else"),
    ],
)
def test_a_row_that_contradicts_itself_names_the_column(changes, column, words) -> None:
    found = faults(**changes)
    assert any(name == column and words in reason for name, reason in found), found


def test_a_header_is_held_against_the_template() -> None:
    check_header(["line", "what_is_wrong", *TABLE], TABLE)
    with pytest.raises(BadFile, match="no column nickname"):
        check_header([*TABLE, "nickname"], TABLE)
    with pytest.raises(BadFile, match="needs the column force_reference, status"):
        check_header(["reported_at"], TABLE)
