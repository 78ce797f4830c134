"""Names, streets and telephone numbers that made people have. Nobody's real data.

Given and family names are as unevenly spread as names are; numbers are Ofcom's, kept for drama.
"""

from __future__ import annotations

import random


def _listed(words: str) -> list[str]:
    return words.split()


GIVEN = {
    "female": _listed(
        "olivia amelia isla ava mia ivy lily florence sophie emily grace freya evie poppy ella charlotte "
        "alice rosie daisy phoebe jessica ruby zara aisha fatima maryam hannah katherine elizabeth "
        "margaret susan patricia christine rebecca victoria samantha deborah jacqueline theresa dorothy "
        "eleanor abigail agnieszka chiara yasmin priya ngozi adaeze mei ling siobhan niamh oksana "
        "svetlana gabriela beatriz chloe natasha"
    ),
    "male": _listed(
        "noah oliver george arthur muhammad leo harry oscar archie henry theodore jack charlie alfie "
        "thomas william james alexander edward joseph samuel benjamin daniel matthew andrew stephen "
        "nicholas anthony christopher michael robert richard david peter gregory lawrence frederick "
        "patrick terence ibrahim yusuf mohammed ahmed omar ali krzysztof tomasz marek dmitri sergei "
        "chukwuemeka kwame oluwaseun wei jian rajesh amit diego mateo"
    ),
}
COMMON = _listed(
    "smith jones taylor brown williams wilson johnson davies patel robinson wright thompson evans "
    "walker white roberts green hall wood jackson clarke khan begum ahmed hussain ali singh kaur "
    "hughes edwards murphy kelly lewis harris martin cooper king lee baker harrison morgan allen "
    "james scott phillips watson davis parker price bennett young griffiths mitchell okafor nowak "
    "kowalska mensah osei adeyemi fernandes silva popescu"
)
WAYS = _listed("road street avenue lane drive close court place crescent terrace gardens way")
_FIRST = _listed("b br c ch cl cr d dr f fl g gl gr h j k kn l m n p ph pr r s sh sl st t th tr v w wh z")
_MIDDLE = ["a", "e", "i", "o", "u", "ai", "ea", "ee", "ou", "oo", "ie"]
_LAST = _listed(
    "ck d dge ff ghton ll ld m mer mond n nd ner ng nt r rd rley rton s sby ss st t tch th tham tt "
    "well wick x"
)
MOBILE = "07700 900"
GEOGRAPHIC = tuple(
    f"{area} {rest}"
    for area, rest in (
        ("0113", "496 0"), ("0114", "496 0"), ("0115", "496 0"), ("0116", "496 0"), ("0117", "496 0"),
        ("0118", "496 0"), ("0121", "496 0"), ("0131", "496 0"), ("0141", "496 0"), ("0151", "496 0"),
        ("0161", "496 0"), ("020", "7946 0"), ("0191", "498 0"), ("028", "9649 6"), ("029", "2018 0"),
    )
)  # fmt: skip


def word(chance: random.Random) -> str:
    """A made name of a family, a street or a suburb."""
    pick = chance.choice
    middle = f"{pick(_MIDDLE)}{pick('bdfgklmnprstv')}" if chance.random() < 0.5 else ""
    return f"{pick(_FIRST)}{middle}{pick(_MIDDLE)}{pick(_LAST)}"


def district(chance: random.Random) -> str:
    """The first half of a postcode."""
    letters = "".join(chance.choices("ABCDEGHLMNPRSTW", k=2))
    return f"{letters}{chance.randint(1, 28)}"


class Names:
    """The names of one made country, by one seed."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.rare = sorted({word(chance) for _ in range(6000)})
        self.streets = sorted({word(chance) for _ in range(2500)})
        self.suburbs = [(word(chance), district(chance)) for _ in range(400)]

    def given(self, chance: random.Random, sex: str) -> str:
        """A given name."""
        names = GIVEN["female" if sex == "female" else "male"]
        return names[min(int(chance.expovariate(1 / 18)), len(names) - 1)].title()

    def family(self, chance: random.Random) -> str:
        """A family name: one in three is common."""
        if chance.random() < 0.35:
            return COMMON[min(int(chance.expovariate(1 / 15)), len(COMMON) - 1)].title()
        return self.rare[int(chance.random() * len(self.rare))].title()

    def address(self, chance: random.Random) -> str:
        """An address in one line."""
        suburb, outward = chance.choice(self.suburbs)
        inward = f"{chance.randint(1, 9)}{chance.choice('ABDEFGHJLN')}{chance.choice('PQRSTUWXYZ')}"
        street = f"{chance.choice(self.streets)} {chance.choice(WAYS)}".title()
        return f"{chance.randint(1, 180)} {street}, {suburb.title()}, {outward} {inward}"


def telephone(chance: random.Random) -> str:
    """A number that is nobody's; most are mobiles."""
    start = MOBILE if chance.random() < 0.75 else chance.choice(GEOGRAPHIC)
    return f"{start}{chance.randrange(1000):03}"


def mistyped(chance: random.Random, name: str) -> str:
    """The name with one letter wrong, left out, doubled or exchanged with the next."""
    if len(name) < 3:
        return name
    at = chance.randrange(1, len(name) - 1)
    how = chance.randrange(4)
    return (
        name[:at] + chance.choice("aeiournst") + name[at + 1 :],
        name[:at] + name[at + 1 :],
        name[:at] + name[at] + name[at:],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )[how]
