"""What may be shown is an allow-list: nothing else of a record can reach a channel."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from appeals.models import Appeal, Content, Wording
from appeals.projection import Published, languages_of, published
from foundation.places.models import Area

ALLOWED = {
    "reference",
    "language",
    "name",
    "first_name",
    "age",
    "missing_since",
    "area",
    "headline",
    "description",
    "clothing",
    "alt_text",
    "helpline",
    "is_alert",
}


def content(**given: object) -> Content:
    values = {
        "appeal": Appeal(reference="AP-7KQ2M9XD"),
        "area": Area(name="Camden"),
        "first_name": "Robin",
        "surname": "Moor",
        "age": 46,
        "missing_since": date(2026, 11, 1),
        "alt_text": "Robin smiles.",
        "alt_text_cy": "Mae Robin yn gwenu.",
    }
    return Content(**values | given)


EVERYBODY = Wording(
    audience="public", language="en", headline="Seen?", description="For all.", clothing="Red"
)
SOCIAL = Wording(audience="social", language="en", description="Short.")
NORTH = Wording(audience="public", language="en", region_id=9, headline="Seen up north?")
WELSH = Wording(audience="public", language="cy", description="I bawb.")
ALL = [EVERYBODY, SOCIAL, NORTH, WELSH]


def test_a_channel_knows_these_fields_and_no_others() -> None:
    assert {one.name for one in fields(Published)} == ALLOWED


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ("Seen?", "For all.", "Red")),
        ({"audience": "social"}, ("Seen?", "Short.", "Red")),
        ({"audience": "poster"}, ("Seen?", "For all.", "Red")),
        ({"region_ids": frozenset({9})}, ("Seen up north?", "For all.", "Red")),
        ({"region_ids": frozenset({8})}, ("Seen?", "For all.", "Red")),
        ({"language": "cy"}, ("", "I bawb.", "")),
    ],
)
def test_the_most_particular_wording_goes_first_and_gaps_are_filled(asked, expected) -> None:
    found = published(content(), ALL, **asked)
    assert (found.headline, found.description, found.clothing) == expected


def test_the_surname_is_shown_only_where_it_may_be() -> None:
    assert published(content(), ALL).name == "Robin"
    assert published(content(show_surname=True), ALL).name == "Robin Moor"


def test_welsh_has_its_own_words_for_the_photo_and_english_where_there_are_none() -> None:
    assert published(content(), ALL, language="cy").alt_text == "Mae Robin yn gwenu."
    assert published(content(alt_text_cy=""), ALL, language="cy").alt_text == "Robin smiles."


def test_what_is_stored_is_what_is_read() -> None:
    shown = published(content(age=None), ALL)
    assert Published.from_json(shown.as_json()) == shown


def test_languages_are_those_with_words_for_everybody() -> None:
    assert languages_of(ALL) == ["en", "cy"]
    assert languages_of([SOCIAL, Wording(audience="public", language="cy", headline="Seen?")]) == []
