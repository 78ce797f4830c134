"""The intake search by name with and without sight: the same keys, likenesses and comparison."""

from __future__ import annotations

from benchmarks.load import Load, Ready
from benchmarks.lookups import asked_for
from benchmarks.visitors import sign_in
from benchmarks.walled import GOAL, beside
from missingcases.matching.selectors import Match, Wanted
from missingcases.matching.selectors.likely import look, matches, profile_of
from missingcases.selectors.sight import RECORD_SEEN

EVERYBODY = "TRUE"
ASKED = 40


def _prepare(_rows: int) -> Ready:
    visitor = sign_in()
    wanted = [
        Wanted(given_names=given, family_name=family) for _, given, family in asked_for(visitor)[:ASKED]
    ]

    def found(one: Wanted, sight: str) -> tuple[Match, ...]:
        return matches(look(visitor.actor, profile_of(one), sight=sight))

    return beside(wanted, lambda one: found(one, RECORD_SEEN), lambda one: found(one, EVERYBODY))


LOAD = Load("wall_intake", "intake search, with and without visibility", GOAL, _prepare, rounds=30)
