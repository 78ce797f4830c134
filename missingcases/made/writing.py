"""Making the pages of one chunk of people or of incidents: pure, so that any process may make any chunk."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from foundation.sheets import Sheet
from missingcases.made import course, person_rows
from missingcases.made.episodes import Drawn
from missingcases.made.frame import CHUNK, Ask, Case, Force, Service, Writes, label
from missingcases.made.people import People


@dataclass(frozen=True, slots=True)
class Written:
    """The pages of one chunk by model label, and the words of names that people in it have."""

    pages: dict[str, bytes]
    words: set[str]


class Writer:
    """Everything a chunk is made from. Made once, before processes part."""

    def __init__(
        self,
        ask: Ask,
        forces: list[Force],
        neighbours: list[Force],
        drawn: Drawn,
        services: Sequence[tuple[Service, Writes]],
    ) -> None:
        self.ask, self.neighbours, self.drawn, self.services = ask, neighbours, drawn, services
        self.people = People(ask, forces, drawn)
        self.of_people = _pages(person_rows.sheets())
        self.of_incidents = _pages([sheet for one, _ in services for sheet in one.sheets()])

    def chunks(self) -> list[tuple[str, int]]:
        """What there is to make, in order: people before the incidents that are about them."""
        people = [("people", at) for at in range(0, len(self.people), CHUNK)]
        return people + [("incidents", at) for at in range(0, len(self.drawn.person), CHUNK)]

    def write(self, chunk: tuple[str, int]) -> Written:
        """The pages of one chunk: the same whoever makes it, and whatever was made before."""
        what, first = chunk
        return self._people(first) if what == "people" else self._incidents(first)

    def _people(self, first: int) -> Written:
        met: set[str] = set()
        chance = random.Random(f"{self.ask.seed}/people/{first}")
        for pk in range(first + 1, min(first + CHUNK, len(self.people)) + 1):
            person_rows.write(self.people.person(pk), chance, self.of_people, met)
        return Written(_taken(self.of_people), met)

    def _incidents(self, first: int) -> Written:
        seed = self.ask.seed
        chance = random.Random(f"{seed}/incidents/{first}")
        chances = [random.Random(f"{seed}/{one.name}/{first}") for one, _ in self.services]
        for index in range(first, min(first + CHUNK, len(self.drawn.person))):
            case = self._case(chance, index)
            for (_, write), of_service in zip(self.services, chances, strict=True):
                write(case, of_service, self.of_incidents)
        return Written(_taken(self.of_incidents), set())

    def _case(self, chance: random.Random, index: int) -> Case:
        who = self.people.person(int(self.drawn.person[index]) + 1)
        case = course.begin(chance, who, self.neighbours, self.drawn, index)
        return course.lead(chance, case, timedelta(hours=float(self.drawn.hours[index])), self.ask.end)


def _pages(sheets: list[Sheet]) -> dict[str, Sheet]:
    return {label(sheet): sheet for sheet in sheets}


def _taken(sheets: dict[str, Sheet]) -> dict[str, bytes]:
    return {name: page for name, sheet in sheets.items() if (page := sheet.take())}
