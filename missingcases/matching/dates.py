"""How many dates of birth stand to each other: what `births` and `comparing` say of two, for arrays. Pure."""

from __future__ import annotations

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from missingcases.matching.births import Birth
from missingcases.matching.columns import Born, Column, Ints

BIRTHS = {one: at for at, one in enumerate(Birth)}
_NOBODYS = np.iinfo(np.int64).min


class Dates:
    """The dates of birth of one table, and the years where an age is known instead."""

    def __init__(self, born: Column[Born]) -> None:
        self._texts = [text for text, _ in born.values]
        self.born: Ints = np.array([int(text or 0) for text in self._texts], np.int64)
        self._days = _days(self.born)
        told = [(int(text[:4]),) * 2 if text else years for text, years in born.values]
        self._has_years = np.array([years is not None for years in told], np.bool_)
        self._first, self._last = np.array([years or (0, 0) for years in told], np.int64).reshape(-1, 2).T

    def alike(self, one: Ints, other: Ints) -> Ints:
        """The level of each two dates, by their numbers in the column."""
        dated = np.flatnonzero((self.born[one] > 0) & (self.born[other] > 0))
        found = self._ages(one, other)
        found[dated] = self._of_dates(one[dated], other[dated])
        return found

    def _of_dates(self, one: Ints, other: Ints) -> Ints:
        these, those = ([self._texts[at] for at in side.tolist()] for side in (one, other))
        wrong = cpdist(these, those, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8, workers=-1)
        first, second = self.born[one], self.born[other]
        days, of_other = self._days[one], self._days[other]
        apart = (np.abs(days - of_other) == 1) & (days != _NOBODYS) & (of_other != _NOBODYS)
        return np.select(
            [first == second, _exchanged(first) == second, apart, wrong == 1, wrong == 2],
            [BIRTHS[level] for level in _BEST_FIRST],
            BIRTHS[Birth.OTHER],
        )

    def _ages(self, one: Ints, other: Ints) -> Ints:
        fits = (self._first[one] <= self._last[other]) & (self._first[other] <= self._last[one])
        told = self._has_years[one] & self._has_years[other]
        levels = np.where(fits, BIRTHS[Birth.AGE_FITS], BIRTHS[Birth.OTHER])
        return np.where(told, levels, BIRTHS[Birth.NOT_KNOWN])


_BEST_FIRST = (Birth.SAME, Birth.SWAPPED, Birth.NEXT_DAY, Birth.ONE_DIGIT, Birth.TWO_DIGITS)


def _exchanged(born: Ints) -> Ints:
    """Dates with day and month exchanged."""
    return born // 10_000 * 10_000 + born % 100 * 100 + born // 100 % 100


def _days(born: Ints) -> Ints:
    """Dates as numbers of days; what is no date of the calendar has none of them."""
    year, month, day = born // 10_000, born // 100 % 100, born % 100
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    is_date = (
        (year > 0) & (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == months)
    )
    return np.where(is_date, days.astype(np.int64), _NOBODYS)
