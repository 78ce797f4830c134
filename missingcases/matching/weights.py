"""The one table of weights: how much each agreement says, in bits (Fellegi and Sunter, 1969).

A weight is the base-two logarithm of how much more often something is seen between two records of one
person than between records of two people. `benchmarks.matching.fit` counts them on made data and prints
this table; no test data of others was looked at.
"""

from __future__ import annotations

# How alike two names are. An equal name weighs by how rare it is, within these bounds.
NAME = {
    "same": 7.0,
    "sounds_close": 6.0,
    "nickname": 5.0,
    "close": 5.5,
    "sounds_alike": 4.5,
    "starts_alike": 2.5,
    "other": -3.5,
    "not_known": 0.0,
}
SWAPPED = -3.0
BIRTH = {
    "same": 12.5,
    "swapped": 9.0,
    "next_day": 8.5,
    "one_digit": 7.5,
    "two_digits": 2.0,
    "age_fits": 2.5,
    "other": -5.0,
    "not_known": 0.0,
}
SEX = {"same": 0.9, "other": -4.0, "not_known": 0.0}
PHONE = {"same": 12.0, "other": -0.5, "not_known": 0.0}
# By the share of the smaller address's words that both have.
ADDRESS = {"same": 12.0, "most": 9.0, "half": 6.0, "some": 2.0, "other": -3.0, "not_known": 0.0}

# Above this a pair is put before somebody as a duplicate; fixed on made data before anything was measured.
DUPLICATE = 12.0
# Above this an earlier record is shown at intake, where somebody looks at every one.
WORTH_SHOWING = 3.0
# Above this another force's record is likely enough to say that there is one.
LIKELY_ELSEWHERE = 12.0
