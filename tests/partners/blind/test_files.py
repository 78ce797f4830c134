"""Files of patterns: whole, cut off, changed, and what is none."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from partners.blind import files
from partners.blind.encoding import Known

KEY = bytes(range(32))
HELD = files.sealed(
    [("A-1", Known("Ada", "Okafor", "1970-01-02")), ("A-2", Known("Tom", "Reilly", "1981-05-06"))], KEY
)


def test_both_forms_come_back_whole() -> None:
    assert files.read(files.as_csv(HELD).encode()) == HELD
    assert files.read(files.as_json(HELD).encode()) == HELD
    assert HELD.is_whole(KEY)
    assert not HELD.is_whole(bytes(32))


def test_a_changed_file_is_not_whole() -> None:
    first, second = HELD.rows
    for rows in ((second, first), (first,), (("A-9", first[1]), second), (first, second, ("A-3", first[1]))):
        assert not replace(HELD, rows=rows).is_whole(KEY)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a file of patterns"),
        (b"label,given_names\nA,Ada\n", "not a file of patterns"),
        (b"\xff\xfe\x00", "not text"),
        (b'{"format": "harbour-blind-1", "key"', "not whole JSON"),
        (b'{"rows":' + b"[" * 200_000, "not whole JSON"),
        (b'{"format": "other"}', "not a file of patterns"),
        (files.as_csv(HELD).rsplit("seal", 1)[0].encode(), "no seal"),
        (files.as_csv(HELD).replace("label,pattern", "name,pattern").encode(), "second line"),
        (files.as_csv(HELD).replace("A-2", "A-1").encode(), "more than one row"),
        (files.as_csv(HELD).replace("A-2", "Tom Reilly").encode(), "not a plain reference"),
        (files.as_csv(HELD).replace(HELD.rows[0][1], "AAAA").encode(), "not one of 1024 places"),
        (files.as_csv(HELD).replace(HELD.rows[0][1], "A" * 171 + "=").encode(), "not one of 1024 places"),
        (files.as_csv(HELD).replace(HELD.mark, "?").encode(), "which key"),
        (b"x" * (files.MOST_BYTES + 1), "larger"),
    ],
)
def test_what_is_no_file_of_patterns_is_refused_in_words(content: bytes, said: str) -> None:
    with pytest.raises(files.BadFile, match=said):
        files.read(content)


def test_rows_of_a_program_are_looked_at_as_closely() -> None:
    whole = json.loads(files.as_json(HELD))
    for rows, said in (
        ([], "no rows"),
        ([["A-1"]], "not a label"),
        ([[1, 2]], "not a label"),
        ([["A", "x"]] * (files.MOST_ROWS + 1), "in parts"),
    ):
        with pytest.raises(files.BadFile, match=said):
            files.of_parts(whole["format"], whole["key"], rows, whole["seal"])


def test_a_partners_own_table_says_what_is_wrong() -> None:
    for text, said in (
        ("name\nA\n", "label"),
        ("label,town\nTom Reilly,Leeds\n", "Line 2"),
        ("label\nA\nA\n", "Line 3"),
    ):
        with pytest.raises(files.BadFile, match=said):
            files.people_from(text)
