"""A whole table of records as numbers in arrays, each different value once. Pure.

Only what looks through a whole table imports this: a process that serves pages never loads numpy.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
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
Name = tuple[str, ...]
_PLACE = 32


@dataclass(frozen=True)
class Column(Generic[T]):
    """One value of each record: its number in `values`, where each different value stands once."""

    values: Sequence[T]
    of: Ints


@dataclass(frozen=True)
class Lists:
    """Several numbers of each record, in order: `of` tells a number, `records` whose it is."""

    of: Ints
    records: Ints
    every: int

    @cached_property
    def many(self) -> Ints:
        """How many numbers each record has."""
        return np.bincount(self.records, minlength=self.every)

    @cached_property
    def starts(self) -> Ints:
        """Where the numbers of each record begin."""
        return np.cumsum(self.many) - self.many


@dataclass(frozen=True)
class Words:
    """The words of all names, each once, and which of them each different name is made of."""

    values: Sequence[str]
    of_names: Lists
    # How many records have each for a given or a family name.
    often: Ints


@dataclass(frozen=True)
class Columns:
    """The records of a table, field by field. Words, numbers and parts of an address are numbered."""

    profiles: Sequence[Profile]
    given: Column[Name]
    family: Column[Name]
    born: Column[Born]
    sex: Ints
    words: Words
    names: Lists
    numbers: Lists
    address: Lists
    places: Lists


def columns(profiles: Sequence[Profile]) -> Columns:
    """Put a table of profiles into columns."""
    of, named = _numbered(chain((one.given for one in profiles), (one.family for one in profiles)))
    given, family = Column(named, of[: len(profiles)]), Column(named, of[len(profiles) :])
    words, names = _words(profiles, given.of, family)
    return Columns(
        profiles,
        given,
        family,
        _column((one.born, one.years) for one in profiles),
        np.array([_SEXES.get(one.sex, 0) for one in profiles], np.int64),
        words,
        names,
        _lists([one.phones for one in profiles])[0],
        _digests([one.address for one in profiles]),
        _lists_of([one.places for one in profiles]),
    )


_SEXES = {"female": 1, "male": 2}


def _column(values: Iterable[T]) -> Column[T]:
    of, each = _numbered(values)
    return Column(each, of)


def _numbered(values: Iterable[T]) -> tuple[Ints, list[T]]:
    """The number of each value, and the different ones in the order in which they are met."""
    values = list(values)
    met = {value: at for at, value in enumerate(dict.fromkeys(values))}
    return np.fromiter(map(met.__getitem__, values), np.int64, len(values)), list(met)


def _words(profiles: Sequence[Profile], given: Ints, family: Column[Name]) -> tuple[Words, Lists]:
    """The words of names, and each record's, each of them once: of both names, and of those they go by."""
    of_names, each = _lists(family.values)
    met = {word: at for at, word in enumerate(each)}
    whose = np.arange(len(profiles))
    own = np.unique(np.concatenate([_each_word(whose, of, of_names) for of in (given, family.of)]))
    more = [
        at << _PLACE | met.setdefault(word, len(met))
        for at, one in enumerate(profiles)
        if one.others
        for word in chain.from_iterable(one.others)
    ]
    both = np.union1d(own, np.array(more, np.int64)) if more else own
    often = np.bincount(own & _LOW, minlength=len(met))
    return Words(list(met), of_names, often), Lists(both & _LOW, both >> _PLACE, len(profiles))


_LOW = (1 << _PLACE) - 1


def _each_word(whose: Ints, names: Ints, of_names: Lists) -> Ints:
    at, word = crossed(names, of_names)
    return whose[at] << _PLACE | of_names.of[word]


def _lists(values: Sequence[Collection[T]]) -> tuple[Lists, list[T]]:
    """Each record's values, numbered as they are met."""
    of, each = _numbered(chain.from_iterable(values))
    return Lists(of, _records(values), len(values)), each


def _lists_of(each: Sequence[Parts]) -> Lists:
    """The same of numbers, as they are."""
    return Lists(np.fromiter(chain.from_iterable(each), np.int64), _records(each), len(each))


def _records(each: Sequence[Collection[T]]) -> Ints:
    """Whose each value is."""
    return np.repeat(np.arange(len(each)), np.fromiter(map(len, each), np.int64, len(each)))


def _digests(each: Sequence[Parts]) -> Lists:
    """The same, numbered in their order."""
    found = _lists_of(each)
    return Lists(np.unique(found.of, return_inverse=True)[1], found.records, found.every)


def crossed(these: Ints, those: Lists) -> tuple[Ints, Ints]:
    """Each of `these` records with each of its values: the places among `these` and among the values."""
    many = those.many[these]
    at = np.repeat(np.arange(len(these)), many)
    within = np.arange(len(at)) - np.repeat(np.cumsum(many) - many, many)
    return at, np.repeat(those.starts[these], many) + within
