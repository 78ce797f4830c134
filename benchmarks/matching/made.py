"""Made people and what goes wrong when they are written down twice. Seeded; nobody's real data."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from nicknames import NickNamer

from benchmarks.matching.records import Data, Record
from missingcases.made.names import COMMON, GIVEN, WAYS, district, word
from missingcases.matching import births

RELATED = 0.08
# Of those related this share is as old to the day.
TWINS = 0.02
# Of what is wrong in a text this share is a space too many or too few.
SPACED = 0.08
# How often one, two, three ... things are written otherwise.
_OFTEN = (30, 35, 25, 10, 10, 10)
_HOME = ("home", "number", "street", "suburb", "postcode")
_SEX = ("female", "male")


class Maker:
    """Makes people by one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.rare = sorted({word(self.chance) for _ in range(6000)})
        self.streets = sorted({word(self.chance) for _ in range(2500)})
        self.suburbs = [
            (f"{word(self.chance)} {word(self.chance)}".strip(), district(self.chance)) for _ in range(400)
        ]
        self.nicknames = NickNamer()

    def person(self, key: str) -> Record:
        """Somebody, as first written down. Names are as unevenly spread as names are."""
        chance = self.chance
        sex = chance.choice(_SEX)
        names = GIVEN[sex]
        given = names[min(int(chance.expovariate(1 / 18)), len(names) - 1)]
        common = chance.random() < 0.35
        family = (
            COMMON[min(int(chance.expovariate(1 / 15)), len(COMMON) - 1)]
            if common
            else chance.choice(self.rare)
        )
        born = date(1930, 1, 1) + timedelta(days=int(chance.triangular(0, 33_500, 28_500)))
        suburb, district = chance.choice(self.suburbs)
        ending = f"{chance.randint(1, 9)}{''.join(chance.choices('ABDEFGHJLNPQRSTUWXYZ', k=2))}"
        return Record(
            person=key,
            home=key,
            given=given if chance.random() > 0.03 else "",
            family=family if chance.random() > 0.02 else "",
            born=f"{born:%Y%m%d}" if chance.random() > 0.06 else "",
            number=str(chance.randint(1, 180)),
            street=f"{chance.choice(self.streets)} {chance.choice(WAYS)}",
            suburb=suburb,
            postcode=f"{district} {ending}",
            sex=sex if chance.random() > 0.1 else "",
            phone=self._phone() if chance.random() < 0.5 else "",
        )

    def _phone(self) -> str:
        return f"0770{self.chance.randrange(10**7):07}"

    def relative(self, one: Record, key: str) -> Record:
        """Somebody of the same household: the same family name and address, at times the same telephone."""
        shared = {name: getattr(one, name) for name in ("family", *_HOME)}
        phone = {"phone": one.phone} if self.chance.random() < 0.3 else {}
        twin = {"born": one.born} if self.chance.random() < TWINS else {}
        return self.person(key).with_(**shared, **phone, **twin)

    def edited(self, text: str, times: int = 1) -> str:
        """`text` with letters wrong, left out, put in or exchanged, or a space put in or left out."""
        for _ in range(times):
            if not text:
                break
            at = self.chance.randrange(len(text))
            if self.chance.random() < SPACED:
                at = text.find(" ") if self.chance.random() < 0.5 else at
                text = text.replace(" ", "", 1) if text[at] == " " else f"{text[:at]} {text[at:]}"
                continue
            letters = "0123456789" if text[at].isdigit() else "abcdefghijklmnopqrstuvwxyz"
            new = self.chance.choice(letters)
            how = self.chance.randrange(4)
            text = (
                text[:at] + new + text[at + 1 :],
                text[:at] + text[at + 1 :],
                text[:at] + new + text[at:],
                text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :],
            )[how]
        return text

    def birth_written(self, born: str, edits: int = 1) -> str:
        """A birth date with one thing wrong, or with as many digits as that."""
        if edits > 1:
            places = self.chance.sample(range(2, 8), edits)
            return "".join(
                self.chance.choice("0123456789") if at in places else d for at, d in enumerate(born)
            )
        how = self.chance.random()
        if how < 0.3 and born[6:8] <= "12":
            return born[:4] + born[6:8] + born[4:6]
        if how < 0.5 and (day := births.as_date(born)):
            return f"{day + timedelta(days=self.chance.choice((-1, 1))):%Y%m%d}"
        at = self.chance.randrange(2, 8)
        return born[:at] + self.chance.choice("0123456789") + born[at + 1 :]

    def again(self, one: Record, edits: int = 1, most: int = 4) -> Record:
        """The same person written down again: up to `most` things otherwise, `edits` letters in each."""
        ways: list[tuple[Callable[[Record], Record], int]] = [
            (lambda r: r.with_(given=self.edited(r.given, edits)), 5),
            (lambda r: r.with_(family=self.edited(r.family, edits)), 5),
            (lambda r: r.with_(given=self._nickname(r.given)), 3),
            (lambda r: r.with_(given=r.family, family=r.given), 1),
            (lambda r: r.with_(given=""), 1),
            (lambda r: r.with_(family=""), 1),
            (lambda r: r.with_(born=self.birth_written(r.born, edits) if r.born else ""), 4),
            (lambda r: r.with_(born=self.person("").born), 1),
            (lambda r: r.with_(family=self.person("").family), 1),
            (lambda r: r.with_(born=""), 1),
            (lambda r: r.with_(street=self.edited(r.street, edits)), 3),
            (lambda r: r.with_(suburb=self.edited(r.suburb, edits)), 3),
            (lambda r: r.with_(number=self.edited(r.number)), 2),
            (lambda r: r.with_(street=r.suburb, suburb=r.street), 1),
            (lambda r: r.with_(postcode=self.edited(r.postcode)), 2),
            (lambda r: r.with_(street="", number=""), 1),
            (lambda r: r.with_(phone=""), 2),
            (lambda r: r.with_(phone=self._phone()), 2),
            (lambda r: r.with_(sex=self.chance.choice(_SEX) if r.sex else ""), 1),
            (self._moved, 2),
        ]
        things = self.chance.choices(range(1, most + 1), weights=_OFTEN[:most])[0]
        for way in self.chance.choices(
            [way for way, _ in ways], weights=[often for _, often in ways], k=things
        ):
            one = way(one)
        return one

    def _nickname(self, given: str) -> str:
        forms = (
            sorted(self.nicknames.nicknames_of(given) | self.nicknames.canonicals_of(given)) if given else []
        )
        return self.chance.choice(forms) if forms else given

    def _moved(self, one: Record) -> Record:
        other = self.person(one.person)
        return one.with_(
            number=other.number, street=other.street, suburb=other.suburb, postcode=other.postcode
        )


def made(
    name: str,
    seed: int,
    *,
    people: int,
    again: float = 0.35,
    edits: int = 1,
    related: float = RELATED,
    most: int = 4,
) -> Data:
    """A table in which some stand twice or three times; `related` of them live with the one before."""
    maker = Maker(seed)
    records: list[Record] = []
    for number in range(people):
        first = records[-1] if records and maker.chance.random() < related else None
        one = maker.relative(first, str(number)) if first else maker.person(str(number))
        records.append(one)
        while maker.chance.random() < again:
            records.append(maker.again(one, edits, most))
    maker.chance.shuffle(records)
    return Data(name, records)
