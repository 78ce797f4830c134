"""Names as they are given at intake: of people the force holds, with one letter wrong."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import cycle

from benchmarks.counting import counted
from benchmarks.load import Check, Ready
from benchmarks.matching.made import Maker
from benchmarks.peers import name_search
from benchmarks.visitors import Visitor, sign_in
from missingcases.matching.selectors import Wanted, likely_people
from missingcases.models import MissingPerson
from missingcases.names import name_key
from missingcases.policies import organisation_principal

ASKED = 100
Peer = Callable[[str, str], list[str]]


def against(peer: Peer) -> Ready:
    """The product's intake search beside one peer: names alone, and only people the officer may see."""
    visitor = sign_in()
    name_search.prepare()
    key = organisation_principal(visitor.actor.organisation_id or 0)
    asked = asked_for(visitor)
    turns = {name: cycle(asked) for name in ("ours", "peer")}

    def ours(given: str, family: str) -> list[str]:
        found = likely_people(visitor.actor, Wanted(given_names=given, family_name=family)).people
        return [name_key(one.person.given_names, one.person.family_name) for one in found]

    def theirs(given: str, family: str) -> list[str]:
        return peer(key, name_key(given, family))

    def checks() -> list[Check]:
        recall = {"ours": _recall(ours, asked), "peer": _recall(theirs, asked)}
        said = f"ours {recall['ours']:.0%}, peer {recall['peer']:.0%} of {len(asked)}"
        return [Check("the name meant is among the first 20", said, recall["ours"] >= recall["peer"])]

    def counters() -> dict[str, float]:
        ours(*asked[0][1:])  # what is prepared is prepared then
        costs = [
            counted(lambda one=one: ours(*one[1:])) | {"shown": len(ours(*one[1:]))} for one in asked[:20]
        ]
        return _mean(costs)

    return Ready(
        ours=lambda: ours(*next(turns["ours"])[1:]),
        peer=lambda: theirs(*next(turns["peer"])[1:]),
        limit=name_search.three_hundred_buffers,
        counters=counters,
        checks=checks,
    )


def asked_for(visitor: Visitor) -> list[tuple[str, str, str]]:
    """The name as it stands, and given and family name with a letter of one of them wrong."""
    chance, maker = random.Random(3), Maker(4)
    people = MissingPerson.objects.filter(organisation_id=visitor.actor.organisation_id)
    people = people.exclude(given_names="").exclude(family_name="")
    highest = people.latest("pk").pk
    found: list[tuple[str, str, str]] = []
    for first in (chance.randrange(highest) for _ in range(ASKED)):
        one = people.filter(pk__gte=first).order_by("pk").first()
        if one is not None:
            given, family = one.given_names, one.family_name
            wrong = chance.random() < 0.5
            told = (maker.edited(given), family) if wrong else (given, maker.edited(family))
            found.append((one.name_key, *told))
    return found


def _recall(look: Callable[[str, str], list[str]], asked: list[tuple[str, str, str]]) -> float:
    return sum(meant in look(given, family) for meant, given, family in asked) / len(asked)


def _mean(counts: list[dict[str, float]]) -> dict[str, float]:
    return {name: sum(one[name] for one in counts) / len(counts) for name in counts[0]}
