"""The weights are fitted to a table without being told which records are the same."""

from __future__ import annotations

import pytest

from benchmarks.matching import ours
from benchmarks.matching.made import made
from benchmarks.matching.records import Data, Pair
from missingcases.matching.adapting import Evidence, adapted
from missingcases.matching.comparing import Pattern, Profile, pattern_of
from missingcases.matching.duplicates import Compared
from missingcases.matching.weights import FIELDS, GENERAL, Weights
from tests.missingcases.matching.packing import as_seen

BORN = "20090312"
ADA = Profile(given=("ada",), family=("quill",), born=BORN, address=frozenset({1, 2, 3}), sex="female")
SISTER = Profile(given=("zoe",), family=("quill",), born="20110704", address=frozenset({1, 2, 3}))


def fitted(data: Data) -> Weights:
    return ours.compared(data, ours.profiles(data)).fitted()


def likely(known: dict[int, Profile]) -> dict[Pair, float]:
    looked = Compared(known.items())
    return dict(looked.scored(looked.fitted()).scores)


def test_people_of_one_household_are_not_taken_for_one_person() -> None:
    found = GENERAL.score(pattern_of(ADA, SISTER))
    same, household = GENERAL.against_strangers(pattern_of(ADA, SISTER))
    assert household > same > found
    assert GENERAL.score(pattern_of(ADA, ADA)) > 25 > 2 * found


def test_how_many_repeats_and_relatives_there_are_is_learnt() -> None:
    related, alone = (made("fit", 21, people=800, related=share) for share in (0.3, 0.0))
    with_relatives, without = (fitted(data) for data in (related, alone))
    assert with_relatives.household > 20 * without.household
    assert with_relatives.same == pytest.approx(len(related.truth()) / related.pairs(), rel=0.1)


def test_a_table_without_a_repeat_has_no_likely_pair() -> None:
    once = made("once", 22, people=600, again=0, related=0)
    assert not likely(ours.profiles(once))


def test_without_evidence_the_weights_stay_as_they_are() -> None:
    fitted = adapted(Evidence(as_seen({}), as_seen({}), records=1, pairs=0))
    for field in FIELDS:
        for level in GENERAL.of_same[field]:
            assert fitted.bits(field, level) == pytest.approx(GENERAL.bits(field, level))


def test_what_all_repeats_share_comes_to_say_less() -> None:
    """Where every telephone is the one of a shelter, an equal one says less than elsewhere."""
    sharing = Pattern(("other", "other", "kept", "other", "other", "same", "other"), None, None)
    often = as_seen({sharing: 2000})
    evidence = Evidence(often, often, records=5000, pairs=12_497_500)
    assert adapted(evidence).bits("phone", "same") < GENERAL.bits("phone", "same") - 5


@pytest.mark.parametrize("known", [{}, {1: ADA}, {1: ADA, 2: SISTER}])
def test_a_table_of_next_to_nobody(known: dict[int, Profile]) -> None:
    assert not likely(known)
