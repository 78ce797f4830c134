"""What a sanitised line must not repeat of its source."""

import pytest

from foundation.contributions import Identity
from missingcases.intelligence.leaks import Leak, leaks_in

SOURCE = Identity(
    names=("Zoë O'Brien-Kay",),
    numbers=("+447700900123",),
    emails=("zoe@okapi.example",),
    addresses=("14 Harbour Street, London SE5 8AA",),
)


@pytest.mark.parametrize(
    ("sanitised", "kind"),
    [
        ("Zoe says so.", "name"),
        ("A girl called BRIEN.", "name"),
        ("Ring 07700 900 123.", "number"),
        ("Ring +44 (0)7700-900123.", "number"),
        ("Wrote from Zoe@Okapi.example.", "email"),
        ("Lives at 14 Harbour Street.", "address"),
        ("Lives near se58aa.", "address"),
    ],
)
def test_what_is_known_of_the_source_is_found(sanitised: str, kind: str) -> None:
    assert kind in {leak.kind for leak in leaks_in([("", sanitised)], [SOURCE])}


@pytest.mark.parametrize(
    "sanitised",
    [
        "A white van at the harbour, on the street.",
        "Zoetrope and briens are words of their own.",
        "07700 900124",
    ],
)
def test_what_only_looks_like_it_is_not(sanitised: str) -> None:
    assert leaks_in([("", sanitised)], [SOURCE]) == []


def test_numbers_addresses_and_e_mails_of_the_original_are_found_in_the_sanitised_text() -> None:
    told = "Ring my sister on 07700 900 555 or sis@okapi.example, she is at SW1A 1AA."
    read = "A sister is on 07700900555, sis@okapi.example, near SW1A1AA."
    assert [(leak.kind, leak.line) for leak in leaks_in([("", ""), (told, read)], [])] == [
        ("number", 2),
        ("email", 2),
        ("address", 2),
    ]


def test_a_clean_text_and_an_unknown_source_leave_nothing_to_warn_of() -> None:
    assert leaks_in([("My number is 07700 900555", "A girl is in danger.")], [Identity()]) == []
    assert leaks_in([("", "Zoe, Zoe")], [Identity(names=("Zoe",))]) == [Leak(1, "name", "zoe")]
