"""The one table of weights: how much each agreement says, in bits (Fellegi and Sunter, 1969).

A weight is the base-two logarithm of how much more often something is seen between two records of one
person than between records of two people. `benchmarks.matching.fit` counts them on made data and prints
this table; no test data of others was looked at.
"""

from __future__ import annotations

from math import log2

TABLE: dict[str, dict[str, float]] = {
    "given": {
        "same": 5.7,
        "sounds_close": 6.6,
        "close": 5.8,
        "nickname": 4.8,
        "sounds_alike": 0.1,
        "starts_alike": 3.1,
        "other": -3.9,
        "not_known": 0.0,
    },
    "family": {
        "same": 7.5,
        "sounds_close": 7.9,
        "close": 7.0,
        "nickname": 3.3,
        "sounds_alike": 1.4,
        "starts_alike": 4.7,
        "other": -3.3,
        "not_known": 0.0,
    },
    # Another name is judged, not counted: made people have none.
    "order": {"kept": 0.0, "swapped": -3.8, "other_name": -2.0},
    "birth": {
        "same": 13.9,
        "swapped": 9.3,
        "next_day": 9.0,
        "one_digit": 6.1,
        "two_digits": 2.3,
        "age_fits": 2.5,
        "other": -3.7,
        "not_known": 0.0,
    },
    "sex": {"same": 0.9, "other": -3.6, "not_known": 0.0},
    "phone": {"same": 17.0, "other": -2.8, "not_known": 0.0},
    # By the share of the smaller address's parts that both have.
    "address": {"same": 13.8, "most": 15.0, "half": 10.0, "some": 3.0, "other": -2.9, "not_known": 0.0},
}

# Where the given name or the birth date speaks against it, family name, address and telephone together say no
# more than this: brothers and sisters share all three.
HOUSEHOLD = 16.0

# A pair is put before somebody as a duplicate above this and one bit more for each doubling of the records,
# since chance pairs grow with them. Fixed on made data (seeds 2 and 3) before anything was measured.
DUPLICATE = 1.0
FEWEST = 1000


def duplicate_above(records: int) -> float:
    """The score above which a pair in a table of so many records is likely."""
    return DUPLICATE + log2(max(records, FEWEST))


# Above this an earlier record is shown at intake, where somebody looks at every one.
WORTH_SHOWING = 3.0
# Above this another force's record is likely enough to say that there is one.
LIKELY_ELSEWHERE = 12.0
