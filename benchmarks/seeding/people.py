"""Made people of the forces: names, births, telephones and addresses."""

from __future__ import annotations

import random
from datetime import date, timedelta

from benchmarks.matching.made import Maker
from benchmarks.matching.records import Record

# Ofcom keeps these for drama: nobody is ever called by them.
MOBILE = ("07700 900",)
GEOGRAPHIC = tuple(
    f"{area} {rest}"
    for area, rest in (
        ("0113", "496 0"), ("0114", "496 0"), ("0115", "496 0"), ("0116", "496 0"), ("0117", "496 0"),
        ("0118", "496 0"), ("0121", "496 0"), ("0131", "496 0"), ("0141", "496 0"), ("0151", "496 0"),
        ("0161", "496 0"), ("020", "7946 0"), ("0191", "498 0"), ("028", "9649 6"), ("029", "2018 0"),
    )
)  # fmt: skip


class People:
    """Makes people by one seed, as of one day."""

    def __init__(self, seed: int, today: date) -> None:
        self._maker = Maker(seed)
        self._today = today

    def person(self, number: int, *, is_child: bool) -> Record:
        """Somebody whose age fits and whose telephone, if known, is nobody's."""
        chance = self._maker.chance
        one = self._maker.person(str(number))
        born = _born(chance, is_child, self._today) if one.born else ""
        return one.with_(born=born, phone=_phone(chance) if one.phone else "")


def _born(chance: random.Random, is_child: bool, today: date) -> str:
    years = chance.triangular(9, 17.9, 15.5) if is_child else 18 + chance.expovariate(1 / 20)
    return f"{today - timedelta(days=int(min(years, 98) * 365.25)):%Y%m%d}"


def _phone(chance: random.Random) -> str:
    start = chance.choice(MOBILE if chance.random() < 0.3 else GEOGRAPHIC)
    return f"{start}{chance.randrange(1000):03}"
