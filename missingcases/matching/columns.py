"""A whole table of records as numbers in arrays, each different value once. Pure.

Only what looks through a whole table imports this: a process that serves pages never loads numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from missingcases.matching.comparing import Parts, Profile

T = TypeVar("T", bound=Hashable)
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
# A date of birth as digits, and the years an age leaves.
Born = tuple[str, tuple[int, int] | None]


@dataclass(frozen=True)
class Column(Generic[T]):
    """One value of each record: its number in `values`, where each different value stands once."""

    values: Sequence[T]
    of: Ints


@dataclass(frozen=True)
class Lists(Generic[T]):
    """Several values of each record, in order: `of` tells a value, `records` whose it is."""

    values: Sequence[T]
    of: Ints
    records: Ints
    every: int

    @cached_property
    def many(self) -> Ints:
        """How many values each record has."""
        return np.bincount(self.records, minlength=self.every)

    @cached_property
    def starts(self) -> Ints:
        """Where the values of each record begin."""
        return np.cumsum(self.many) - self.many


@dataclass(frozen=True)
class Columns:
    """The records of a table, field by field."""

    profiles: Sequence[Profile]
    given: Column[tuple[str, ...]]
    family: Column[tuple[str, ...]]
    born: Column[Born]
    sex: Ints
    phones: Column[frozenset[str]]
    names: Lists[str]
    numbers: Lists[str]
    address: Lists[int]
    places: Lists[int]


def columns(profiles: Sequence[Profile]) -> Columns:
    """Put a table of profiles into columns."""
    names: dict[tuple[str, ...], int] = {}
    return Columns(
        profiles,
        _column((one.given for one in profiles), names),
        _column((one.family for one in profiles), names),
        _column(((one.born, one.years) for one in profiles), {}),
        np.array([_SEXES.get(one.sex, 0) for one in profiles], np.int64),
        _column((frozenset(one.phones) for one in profiles), {}),
        _lists(profiles, _names_of),
        _lists(profiles, lambda one: one.phones),
        _digests(profiles, lambda one: one.address),
        _digests(profiles, lambda one: one.places),
    )


_SEXES = {"female": 1, "male": 2}


def _names_of(profile: Profile) -> Iterable[str]:
    return {*profile.given, *profile.family, *(word for other in profile.others for word in other)}


def _column(values: Iterable[T], met: dict[T, int]) -> Column[T]:
    """Columns that share `met` share their numbers. `values` is the list behind it, filled by all of them."""
    of = np.fromiter((met.setdefault(value, len(met)) for value in values), np.int64)
    return Column(list(met), of)


def _lists(profiles: Sequence[Profile], values_of: Callable[[Profile], Iterable[T]]) -> Lists[T]:
    met: dict[T, int] = {}
    many = np.zeros(len(profiles), np.int64)
    found: list[int] = []
    for at, one in enumerate(profiles):
        values = values_of(one)
        found += [met.setdefault(value, len(met)) for value in values]
        many[at] = len(found)
    many = np.diff(many, prepend=0)
    records = np.repeat(np.arange(len(profiles)), many)
    return Lists(list(met), np.array(found, np.int64), records, len(profiles))


def _digests(profiles: Sequence[Profile], values_of: Callable[[Profile], Parts]) -> Lists[int]:
    """The same of numbers, which need no dictionary."""
    each = [values_of(one) for one in profiles]
    values, of = np.unique(np.fromiter(chain.from_iterable(each), np.int64), return_inverse=True)
    records = np.repeat(np.arange(len(profiles)), np.fromiter(map(len, each), np.int64))
    return Lists(values.tolist(), of, records, len(profiles))


def crossed(these: Ints, those: Lists[T]) -> tuple[Ints, Ints]:
    """Each of `these` records with each of its values: the places among `these` and among the values."""
    many = those.many[these]
    at = np.repeat(np.arange(len(these)), many)
    within = np.arange(len(at)) - np.repeat(np.cumsum(many) - many, many)
    return at, np.repeat(those.starts[these], many) + within
