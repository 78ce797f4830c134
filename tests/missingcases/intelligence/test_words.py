"""Looking words up in text that is kept encrypted."""

import pytest

from missingcases.intelligence.words import MOST_ASKED, asked, keys_of


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He drives white cars", "car"),
        ("They were driving", "drive"),
        ("Two parties in Peckham", "party peckham"),
        ("A white van, AB12 CDE", "ab12cde"),
        ("Rings from 07700 900 123", "07700900123"),
        ("Zoë's house", "zoes houses"),
        ("Glasses", "glass"),
    ],
)
def test_a_word_is_found_in_whatever_form(text: str, wanted: str) -> None:
    assert set(asked(wanted)) <= set(keys_of(text))
    assert asked(wanted)


def test_another_word_is_not_and_common_ones_tell_nothing() -> None:
    assert not set(asked("lorry")) & set(keys_of("A white van"))
    assert asked("and the was") == []
    assert len(asked(" ".join(f"word{number}" for number in range(50)))) == MOST_ASKED


def test_keys_are_numbers_that_postgres_keeps_and_depend_on_our_key(settings) -> None:
    before = keys_of("van")
    assert all(0 <= key < 2**63 for key in before)
    settings.INDEX_KEY = "another key of the same length as ever"
    assert keys_of("van") != before
