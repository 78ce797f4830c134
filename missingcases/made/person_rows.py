"""The rows of one person: names, ways to reach them, flags, and the keys by which they are found."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import lru_cache

from foundation.sheets import Sheet, sealed
from missingcases.made.frame import Pages, Person, often, reference
from missingcases.matching.models import NO_WORD, NamePair, PersonKeys, pair_of
from missingcases.matching.places import place_keys, word_keys
from missingcases.matching.services.keys import SCHEME
from missingcases.matching.words import word_id, words
from missingcases.models import Address, Alias, Flag, FlagChange, MissingPerson, Phone
from missingcases.names import name_key
from missingcases.numbers import number_key, read_number

_SOURCES = ("Told at the report.", "Police records.", "Social worker.", "School.", "Health service.")
ROOM = 16


def sheets() -> list[Sheet]:
    """Empty pages."""
    return [
        Sheet(
            MissingPerson, "id", "reference", "organisation_id", "given_names", "family_name", "name_key",
            "date_of_birth", "estimated_age", "estimated_on", "sex", "created_at", "updated_at",
        ),
        Sheet(Alias, "id", "person_id", "name", "name_key", "kind"),
        Sheet(
            Phone, "id", "person_id", "number", "number_key", "kind", "verified", "state", "held_by",
            "created_at", "updated_at",
        ),
        Sheet(Address, "id", "person_id", "text", "area_id", "kind"),
        Sheet(
            Flag, "id", "person_id", "kind", "status", "source", "sensitivity", "recorded_by_id",
            "recorded_at", "review_at",
        ),
        Sheet(FlagChange, "id", "flag_id", "status", "source", "recorded_by_id", "recorded_at"),
        Sheet(
            PersonKeys, "person_id", "organisation_id", "family", "given", "date_of_birth", "places",
            "address_words", "scheme",
        ),
        Sheet(NamePair, "pair", "organisation_id", "person_id"),
    ]  # fmt: skip


def write(who: Person, chance: random.Random, pages: Pages, met: set[str]) -> None:
    """Everything of one person. Words of names that there are go into `met`."""
    at = who.first_at
    pages["missingcases.MissingPerson"].add(
        who.pk, reference("MP", who.pk), who.force.pk, who.given, who.family,
        name_key(who.given, who.family), who.born, who.age_thought, who.thought_on, who.sex, at, at,
    )  # fmt: skip
    nickname = ""
    if who.given and often(chance, 0.05):
        nickname = f"{who.given[:3].title()}y"
        pages["missingcases.Alias"].add(who.pk, who.pk, nickname, name_key(nickname, ""), "nickname")
    if who.phone:
        _phone(who, chance, pages)
    texts = _addresses(who, chance, pages)
    _flags(who, chance, pages)
    _keys(who, nickname, texts, pages, met)


@lru_cache(maxsize=20_000)
def keyed(raw: str) -> tuple[str, str, str]:
    """A telephone number encrypted, its key, and in the clear."""
    number = read_number(raw)[0]
    return sealed(number), number_key(number), number


def is_mobile(who: Person) -> bool:
    """Whether their number can be sent a text."""
    return who.phone.startswith("07")


def _phone(who: Person, chance: random.Random, pages: Pages) -> None:
    held = "person" if often(chance, 0.9) else chance.choice(("shared", "not_known", "abuser"))
    state = "with_person" if often(chance, 0.8) else chance.choice(("left_at_home", "not_known"))
    at, number = who.first_at, keyed(who.phone)
    pages["missingcases.Phone"].add_sealed(
        who.pk, who.pk, number[0], number[1], "mobile" if is_mobile(who) else "landline",
        often(chance, 0.7), state, held, at, at,
    )  # fmt: skip


def _addresses(who: Person, chance: random.Random, pages: Pages) -> list[str]:
    page, districts = pages["missingcases.Address"], who.force.districts
    area = districts[who.placed_in][0] if districts else who.force.area_id
    if not who.is_cared_for:
        if often(chance, 0.04):
            return []
        page.add(2 * who.pk, who.pk, who.address, area, "home")
        return [who.address]
    # A home has many children: its address is encrypted once.
    page.add_sealed(2 * who.pk, who.pk, sealed(who.address), area, "care_placement")
    return [who.address]


def _flags(who: Person, chance: random.Random, pages: Pages) -> None:
    recorded = who.first_at + timedelta(minutes=chance.randrange(20, 300))
    for place, (kind, status) in enumerate(who.flags):
        key, source = who.pk * ROOM + place, chance.choice(_SOURCES)
        reach = "owner_only" if kind in ("gang", "trafficking") and often(chance, 0.3) else "standard"
        pages["missingcases.Flag"].add(
            key, who.pk, kind, status, source, reach, who.force.officer_id, recorded,
            recorded + timedelta(days=90) if status == "suspected" else None,
        )  # fmt: skip
        pages["missingcases.FlagChange"].add(key, key, status, source, who.force.officer_id, recorded)


def _keys(who: Person, nickname: str, texts: list[str], pages: Pages, met: set[str]) -> None:
    """As `matching.services.keys` makes them of the stored rows; a test holds the two together."""
    other = words(nickname) if nickname else ()
    as_family, as_given = {*words(who.family), *other}, {*words(who.given), *other}
    met |= as_family | as_given
    family, given = sorted(map(word_id, as_family)), sorted(map(word_id, as_given))
    pages["matching.PersonKeys"].add(
        who.pk, who.force.pk, family, given, who.born,
        sorted({key for text in texts for key in place_keys(text)}),
        sorted({key for text in texts for key in word_keys(text)}), SCHEME,
    )  # fmt: skip
    if family or given:
        pairs = {pair_of(one, two) for one in family or [NO_WORD] for two in given or [NO_WORD]}
        for pair in sorted(pairs):
            pages["matching.NamePair"].add(pair, who.force.pk, who.pk)
