"""What a pattern is made of, and what it does not depend on."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from partners.blind import encoding, files, tool
from partners.blind.comparing import likely_pairs
from partners.blind.encoding import Known, birth_digits, district, key_bytes, new_key, pattern_of
from partners.blind.likeness import THRESHOLD

KEY = bytes(range(32))
MARIA = Known("María José", "O'Neill", "1988-03-09", "female", "SE1 7PB", "London")


def likeness(one: Known, other: Known, key: bytes = KEY, other_key: bytes = KEY) -> float:
    """Dice of two, whatever the threshold."""
    first, second = pattern_of(one, key), pattern_of(other, other_key)
    both = sum((a & b).bit_count() for a, b in zip(first, second, strict=True))
    return 2 * both / sum(a.bit_count() + b.bit_count() for a, b in zip(first, second, strict=True))


def test_the_same_person_written_otherwise_is_the_same_pattern() -> None:
    written = Known("MARIA  JOSE", "ONeill", "09/03/1988", "F", "se17pb", "london")

    assert pattern_of(written, KEY) == pattern_of(MARIA, KEY)


@pytest.mark.parametrize(
    "other",
    [
        Known("Maria José", "O'Neil", "1988-03-09", "female", "SE1 7PB", "London"),
        Known("O'Neill", "María José", "1988-03-09", "female", "SE1 7PB", "London"),
        Known("María José", "O'Neill", "1988-09-03", "", "", "London"),
    ],
)
def test_a_slip_of_the_pen_leaves_them_alike(other: Known) -> None:
    assert likeness(MARIA, other) > 0.75


def test_strangers_and_another_key_are_not_alike() -> None:
    stranger = Known("Kwame", "Mensah", "1961-11-20", "male", "M14 5RX", "Manchester")

    assert likeness(MARIA, stranger) < 0.45
    assert likeness(MARIA, MARIA, KEY, bytes(32)) < 0.45


def test_a_pattern_changes_for_nobody_unnoticed() -> None:
    """A release that encodes otherwise could not be compared with files of this one: raise `FORMAT` then."""
    digest = hashlib.sha256(pattern_of(MARIA, KEY)).hexdigest()

    assert digest == "de62657e9b75a310f3343da411fbaa94e31b7ed6483f4fc88b55e35ac85dca19"


def test_births_and_districts_are_read_as_they_are_written() -> None:
    assert [birth_digits(one) for one in ("19880309", "1988-03-09", "9/3/1988", "March 1988", "")] == [
        *["19880309"] * 3,
        "",
        "",
    ]
    assert [district(one) for one in ("SE1 7PB", "ec1a1bb", "2602", "D02 X285")] == [
        "se1",
        "ec1a",
        "2602",
        "d02x285",
    ]


def test_who_is_known_by_a_given_name_alone_is_not_compared() -> None:
    assert not Known("Maria").is_enough
    assert not Known(date_of_birth="1988-03-09", postcode="SE1").is_enough
    assert Known("Maria", date_of_birth="1988-03-09").is_enough


def test_only_each_others_likeliest_are_given_and_twins_both() -> None:
    other = Known("Ada", "Okafor", "1970-01-02", "female", "M1 1AA", "Manchester")
    near = Known("Maria", "O'Neill", "1988-03-09", "female", "SE1 7PB", "London")
    theirs = [pattern_of(one, KEY) for one in (MARIA, other)]
    ours = [pattern_of(one, KEY) for one in (near, MARIA, other)]

    found = likely_pairs(theirs, ours, block=1)

    assert [(pair.theirs, pair.ours) for pair in found] == [(1, 2), (0, 1)]
    assert found == likely_pairs(theirs, ours)
    assert all(pair.score >= THRESHOLD for pair in found)
    twice = likely_pairs(theirs[:1], [ours[1], ours[1]])
    assert [(pair.ours, pair.likeness, pair.score) for pair in twice] == [(0, 1.0, 1.0), (1, 1.0, 1.0)]
    assert likely_pairs([], ours) == likely_pairs(theirs, []) == []


def test_a_key_is_a_key() -> None:
    assert len(key_bytes(f" {new_key().upper()}\n")) == encoding.KEY_BYTES
    for wrong in ("", "abc", "g" * 64):
        with pytest.raises(encoding.NotAKey):
            key_bytes(wrong)


def test_the_tool_runs_alone_and_its_file_is_read_here(tmp_path: Path) -> None:
    """Without the product, its packages or a network: Python in isolated mode, from another folder."""
    key = new_key()
    (tmp_path / tool.NAME).write_bytes(tool.packed())
    (tmp_path / "key").write_text(key)
    (tmp_path / "people.csv").write_text(
        "label,given_names,family_name,date_of_birth\nA-1,María José,O'Neill,9/3/1988\nA-2,Ada,,\n"
    )
    command = [sys.executable, "-I", "-S", tool.NAME, "people.csv", "out.csv", "--key", "key"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)

    held = files.read((tmp_path / "out.csv").read_bytes())
    assert held.is_whole(key_bytes(key))
    assert [label for label, _ in held.rows] == ["A-1"]
    assert "1 left out" in done.stdout
    assert "Neill" not in (tmp_path / "out.csv").read_text()
    assert tool.packed() == tool.packed()
