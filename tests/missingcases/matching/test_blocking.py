"""Blocks stay small however many records there are: a large one is cut by a second thing that is shared."""

from __future__ import annotations

from benchmarks.matching import ours
from benchmarks.matching.made import made
from missingcases.matching import blocking, duplicates
from missingcases.matching.blocking import LARGEST, LARGEST_WEAK
from missingcases.matching.comparing import Profile

PHONE = ("0770",)


def test_each_pair_of_a_small_block_meets_once() -> None:
    found = list(blocking.pairs([Profile(given=("ada",), phones=PHONE, born="19900102")] * LARGEST))
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
    assert list(blocking.pairs([*strangers, strangers[-1]])) == [(LARGEST - 1, LARGEST)]


def test_a_sound_and_a_year_are_shared_by_too_many_to_meet_by() -> None:
    born = [f"1990{month:02}{day:02}" for month, day in ((1, 30), (3, 5), (4, 9), (6, 2), (8, 7), (10, 13))]
    same_year = [Profile(given=("ada",), born=one) for one in born]
    assert len(same_year) == LARGEST_WEAK
    assert len(list(blocking.pairs(same_year))) == 15
    assert not list(blocking.pairs([*same_year, Profile(given=("ada",), born="19901222")]))


def test_pairs_for_each_record_stay_few_as_a_table_grows() -> None:
    small, large = (list(ours.profiles(made("grown", 15, people=many)).values()) for many in (500, 4000))
    few, many = (sum(1 for _ in blocking.pairs(table)) / len(table) for table in (small, large))
    assert many < few + 3


def test_weights_fitted_to_a_sample_of_the_pairs_find_the_same(monkeypatch) -> None:
    known = ours.profiles(made("sampled", 16, people=1500))
    whole = duplicates.scored(known.items()).scores.keys()
    monkeypatch.setattr(duplicates, "FITTED_TO", 2000)
    sampled = duplicates.scored(known.items()).scores.keys()
    assert len(whole ^ sampled) < 0.02 * len(whole)


def test_parts_of_the_pairs_hold_about_as_many_each() -> None:
    blocks = blocking.Blocks()
    profiles = list(ours.profiles(made("parts", 17, people=2000)).values())
    for profile in profiles:
        blocks.add(profile)
    sizes = sorted(map(len, blocks.pairs(profiles)))
    assert sizes[-1] < 3 * sizes[0]
