"""A whole table is compared as two records are: the same levels, the same weights, the same odds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nicknames import NickNamer

from benchmarks.matching import ours
from benchmarks.matching.made import made
from missingcases.matching import adapting, rarity
from missingcases.matching.columns import columns
from missingcases.matching.comparing import Profile, pattern_of
from missingcases.matching.levels import Levels, patterns
from missingcases.matching.weights import GENERAL
from missingcases.matching.words import are_nicknames, nickname_marks
from tests.missingcases.matching.packing import as_seen

WORDS = st.sampled_from(
    [
        "kate",
        "katherine",
        "katharine",
        "ada",
        "adah",
        "li",
        "lee",
        "nowak",
        "novak",
        "nowakowski",
        "robert",
        "bob",
    ]
)
NAME = st.one_of(st.just(()), st.tuples(WORDS), st.tuples(WORDS, WORDS))
# Dates of the calendar and such as are none.
BORN = st.sampled_from(
    [
        "",
        "20090312",
        "20091203",
        "20090313",
        "20090301",
        "20090228",
        "20080229",
        "20080301",
        "19990312",
        "19991231",
        "20000101",
        "20090012",
        "20091300",
        "20090230",
        "00000101",
        "09990101",
    ]
)
PROFILES = st.builds(
    Profile,
    given=NAME,
    family=NAME,
    others=st.one_of(st.just(()), st.tuples(st.tuples(WORDS)), st.tuples(st.tuples(WORDS, WORDS))),
    born=BORN,
    years=st.sampled_from([None, (2005, 2010), (1990, 1997)]),
    sex=st.sampled_from(["", "female", "male"]),
    phones=st.frozensets(st.sampled_from(["1", "2"]), max_size=2),
    address=st.frozensets(st.integers(-3, 3), max_size=5),
)


def everybody_with_everybody(table: list[Profile]) -> tuple[list[int], list[int]]:
    pairs = [(one, other) for one in range(len(table)) for other in range(one)]
    return [one for one, _ in pairs], [other for _, other in pairs]


def compared(table: list[Profile], one: list[int], other: list[int]) -> None:
    rare = rarity.of_people(table)
    found = Levels(columns(table)).patterns(np.array(one, np.int64), np.array(other, np.int64))
    for first, second, stands in zip(one, other, patterns(found), strict=True):
        assert stands == pattern_of(table[first], table[second], rare), (table[first], table[second])


@settings(max_examples=150, deadline=None)
@given(st.lists(PROFILES, min_size=2, max_size=6))
def test_any_two_records_stand_to_each_other_as_in_a_whole_table(table: list[Profile]) -> None:
    compared(table, *everybody_with_everybody(table))


@pytest.mark.parametrize("edits", [1, 2])
def test_made_people_do_too(edits: int) -> None:
    table = list(ours.profiles(made("levels", 31, people=120, edits=edits)).values())
    compared(table, *everybody_with_everybody(table))


@settings(max_examples=50, deadline=None)
@given(st.lists(PROFILES, min_size=2, max_size=5))
def test_many_patterns_weigh_what_each_weighs_alone(table: list[Profile]) -> None:
    rare = rarity.of_people(table)
    found = {pattern_of(one, other, rare): 1 for one in table for other in table}
    same, household = adapting.against_strangers(GENERAL, as_seen(found))
    odds = adapting.odds(GENERAL, as_seen(found))
    for at, one in enumerate(found):
        assert (same[at], household[at]) == pytest.approx(GENERAL.against_strangers(one))
        assert odds[at] == pytest.approx(GENERAL.odds + GENERAL.score(one))


def test_no_two_nicknames_are_set_aside() -> None:
    lookup = NickNamer.default_lookup()
    words = sorted({*lookup, *(word for forms in lookup.values() for word in forms)})
    forms = [(one, other) for one in words[::5] for other in words if are_nicknames(one, other)]
    assert len(forms) > len(words) // 5
    assert not [(one, other) for one, other in forms if not nickname_marks(one) & nickname_marks(other)]
