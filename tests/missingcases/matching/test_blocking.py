"""Blocks stay small however many records there are: a large one is cut by a second thing that is shared."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from benchmarks.matching import ours
from benchmarks.matching.made import made
from missingcases.matching import blocking, duplicates
from missingcases.matching.blocking import LARGEST, LARGEST_WEAK, MOST
from missingcases.matching.columns import columns
from missingcases.matching.comparing import Profile

PHONE = ("0770",)


def met(table: list[Profile]) -> list[tuple[int, int]]:
    one, other = blocking.pairs(columns(table))
    return list(zip(one.tolist(), other.tolist(), strict=True))


def test_each_pair_of_a_small_block_meets_once() -> None:
    found = met([Profile(given=("ada",), phones=PHONE, born="19900102")] * LARGEST)
    assert len(found) == len(set(found)) == LARGEST * (LARGEST - 1) // 2
    assert all(one < other for one, other in found)


def test_in_a_large_block_only_those_meet_who_share_a_second_thing() -> None:
    names = (
        "ana",
        "bob",
        "cy",
        "dud",
        "fyfe",
        "gx",
        "lx",
        "mx",
        "nx",
        "rx",
        "tx",
        "gal",
        "lum",
        "mar",
        "ner",
        "kol",
    )
    strangers = [Profile(given=(name,), phones=PHONE) for name in names]
    assert len(strangers) == LARGEST
    assert (met([*strangers, strangers[-1]])) == [(LARGEST - 1, LARGEST)]


def test_a_sound_and_a_year_are_shared_by_too_many_to_meet_by() -> None:
    born = [f"1990{month:02}{day:02}" for month, day in ((1, 30), (3, 5), (4, 9), (6, 2), (8, 7), (10, 13))]
    same_year = [Profile(given=("ada",), born=one) for one in born]
    assert len(same_year) == LARGEST_WEAK
    assert len(list(met(same_year))) == 15
    assert not list(met([*same_year, Profile(given=("ada",), born="19901222")]))


def test_pairs_for_each_record_stay_few_as_a_table_grows() -> None:
    small, large = (list(ours.profiles(made("grown", 15, people=many)).values()) for many in (500, 4000))
    few, many = (len(met(table)) / len(table) for table in (small, large))
    assert many < few + 3


def test_a_record_that_has_much_in_common_with_many_still_has_few_pairs() -> None:
    """Everybody in a hundred blocks of sixteen: the pairs are bounded by the records, not by the blocks."""
    many = 16
    crowd = [
        Profile(phones=(f"a{at // 16}", f"b{at % 16}", f"c{(at // 16 + at) % 16}"), given=("ada",))
        for at in range(many * many)
    ]
    assert len(met(crowd)) <= MOST * len(crowd)
    assert len(met(crowd)) > len(crowd)


def test_pairs_not_asked_about_take_nobodys_place() -> None:
    people = [Profile(phones=PHONE)] * LARGEST
    one, other = blocking.pairs(columns(people), lambda one, other: other == LARGEST - 1)
    assert (one.tolist(), set(other.tolist())) == (list(range(LARGEST - 1)), {LARGEST - 1})


def test_a_table_compared_in_steps_is_compared_the_same(monkeypatch) -> None:
    data = made("steps", 16, people=400)
    whole = ours.scored(data)
    monkeypatch.setattr(duplicates, "AT_ONCE", 100)
    monkeypatch.setattr(blocking, "AT_ONCE", 50)
    assert ours.scored(data) == pytest.approx(whole)


def test_the_size_of_every_block_divides_what_shares_are_counted_in() -> None:
    assert not [size for size in range(1, LARGEST + 1) if blocking.WHOLE % size]


def test_numpy_is_not_loaded_by_what_serves_pages() -> None:
    said = "import sys, django; django.setup(); import config.urls; print('numpy' in sys.modules)"
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "HARBOUR_ENV": "test"}
    done = subprocess.run([sys.executable, "-c", said], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"
