"""Patterns of two records as the engine for whole tables holds them: one integer each."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from missingcases.matching.adapting import Seen, seen
from missingcases.matching.comparing import Pattern
from missingcases.matching.levels import LEVELS, ROOM


def packed(one: Pattern) -> int:
    """The integer that `levels.patterns` reads."""
    numbers = [names.index(level) for names, level in zip(LEVELS, one.levels, strict=True)]
    numbers += [0 if bits is None else int(2 * bits) + 1 for bits in (one.given_rarity, one.family_rarity)]
    found = 0
    for room, number in zip(ROOM, numbers, strict=True):
        found = found << room | number
    return found


def as_seen(patterns: Mapping[Pattern, int]) -> Seen:
    """Patterns and how often each is seen, as `adapting` takes them."""
    each = np.array([packed(one) for one in patterns], np.int64)
    return seen(each, np.array(list(patterns.values()), np.int64))
