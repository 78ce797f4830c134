"""What a feed is read as: three formats alike, and nothing of what makes XML or JSON dangerous."""

from __future__ import annotations

from typing import Any

import pytest

from appeals.feeds.asking import asked_of, fingerprint_of, reference_of
from appeals.feeds.documents import MOST_ITEMS, document_of
from appeals.feeds.problems import ITEM_WORDS, NotRead, NotTaken, feed_words, item_words
from tests.appeals import making
from tests.appeals.feeds import written

ITEM = "tag:met.example,2026:1"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><feed xmlns="http://www.w3.org/2005/Atom"><id>&c;</id></feed>"""
OUTSIDE = b"""<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]><feed xmlns="http://www.w3.org/2005/Atom">
<entry><id>&x;</id></entry></feed>"""


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_three_formats_ask_for_the_same(form: str) -> None:
    area = making.area()
    body = {
        "atom": written.one("MI-1", ITEM),
        "rss": written.rss((ITEM, written.part("MI-1"))),
        "json": written.json_feed(written.json_item(ITEM, "MI-1")),
    }[form]
    (item,) = document_of(body).items
    assert item.id == ITEM
    assert item.said is not None
    asked = asked_of(item.said, kind="poster")
    assert (asked.incident, asked.kind, asked.area_ids) == ("MI-1", "poster", (area.pk,))
    assert (asked.content.first_name, asked.content.age, asked.content.show_surname) == ("Robin", 46, False)
    assert asked.content.missing_since.isoformat() == "2026-11-01"
    (words,) = asked.content.wordings
    assert (words.language, words.headline) == ("en", "Have you seen Robin?")


@pytest.mark.django_db
def test_json_may_say_a_number_and_a_yes_as_what_they_are() -> None:
    making.area()
    asked = asked_of(said(age=46, show_surname=True), kind="standard")
    assert (asked.content.age, asked.content.show_surname) == (46, True)


@pytest.mark.django_db
def test_what_an_item_may_say_beside_is_taken() -> None:
    camden, kent = making.area(), making.area("Kent", "E10000016")
    more = (
        "<h:aimed_at>E10000016</h:aimed_at><h:aimed_at>E09000007</h:aimed_at>"
        '<h:words language="cy" audience="social"><h:description>Byr.</h:description></h:words>'
    )
    part = written.part("MI-1", more, kind="regional", reason="Somebody may know.", show_surname="true")
    (item,) = document_of(written.atom(written.entry(ITEM, part))).items
    asked = asked_of(item.said or {}, kind="poster")
    assert (asked.kind, asked.reason, asked.area_ids) == (
        "regional",
        "Somebody may know.",
        (kent.pk, camden.pk),
    )
    assert asked.content.show_surname
    assert [(one.language, one.audience) for one in asked.content.wordings] == [
        ("en", "public"),
        ("cy", "social"),
    ]


def test_tombstones_are_read_and_win_over_an_entry_of_the_same_id() -> None:
    xml = document_of(written.atom(written.entry("1"), written.entry("2"), deleted=("2", "3", "")))
    told = document_of(
        written.json_feed(written.json_item("1", "MI-1"), written.json_item("2", "MI-1"), deleted=("2", "3"))
    )
    for document in (xml, told):
        assert [item.id for item in document.items] == ["1"]
        assert document.deleted == {"2", "3"}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (BOMB, "forbidden"),
        (OUTSIDE, "forbidden"),
        (b"<!DOCTYPE html><html></html>", "forbidden"),
        (b"<html><body>Not found</body></html>", "not_a_feed"),
        (b"<rss/>", "not_a_feed"),
        (b"<feed>", "not_a_feed"),
        (b"", "not_a_feed"),
        (b"\x00\xff\xfe", "not_a_feed"),
        (b'<?xml version="1.0" encoding="klingon"?><feed/>', "not_a_feed"),
        (b"<feed>&nothing;</feed>", "not_a_feed"),
        (b"<a>" * 100_000, "not_a_feed"),
        (b"<a>" + b"<b/>" * 100_001 + b"</a>", "not_a_feed"),
        (b"{", "not_a_feed"),
        (b"{}", "not_a_feed"),
        (b'{"items": 5, "version": "https://jsonfeed.org/version/1.1"}', "not_a_feed"),
        (b'{"a":' * 200_000, "not_a_feed"),
        (b'{"items": [], "n": ' + b"9" * 5000 + b"}", "not_a_feed"),
        (b'{"\xff": 1}', "not_a_feed"),
    ],
)
def test_what_is_no_feed_or_is_dangerous_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(NotRead) as refused:
        document_of(body)
    assert refused.value.code == code


def test_strange_items_are_items_without_a_part_for_us() -> None:
    items = ["text", 5, {"id": 7}, {"id": ["a"], "_harbour": 1}, {"_harbour": {"incident": "MI-1"}}]
    told = {"version": "https://jsonfeed.org/version/1.1", "items": items, "_harbour": {"deleted": 5}}
    document = document_of(written.json.dumps(told).encode("utf-8-sig"))
    assert [(item.id, item.said) for item in document.items] == [
        ("7", None),
        ("", None),
        ("", {"incident": "MI-1"}),
    ]


def test_too_many_items_are_cut_and_said() -> None:
    document = document_of(written.atom(*[written.entry(str(number)) for number in range(MOST_ITEMS + 1)]))
    assert (len(document.items), document.whole) == (MOST_ITEMS, False)


def said(**given: Any) -> dict[str, Any]:
    content = {name: value for name, value in given.items() if name != "incident"}
    part = written.json_item("1", "MI-1", **content)["_harbour"]
    return {"incident": part["incident"], **part["content"]} | {
        name: value for name, value in given.items() if name in {"areas", "wordings", "incident"}
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "code", "fields"),
    [
        ({"incident": ""}, "no_appeal", []),
        ({"area": "E99999999"}, "area", []),
        ({"areas": ["E99999999"]}, "area", []),
        ({"area": ""}, "fields", ["area"]),
        ({"area": None}, "fields", ["area"]),
        ({"areas": "E09000007"}, "fields", ["areas"]),
        ({"areas": ["E09000007"] * 51}, "fields", ["areas"]),
        ({"first_name": "<b>Robin</b>"}, "markup", []),
        ({"surname": "Moor<script>"}, "markup", []),
        ({"headline": "&lt;i&gt;"}, "markup", []),
        ({"description": "<!-- -->"}, "markup", []),
        ({"first_name": "Ro\x00bin"}, "fields", ["first_name"]),
        ({"first_name": "Ro\ud800bin"}, "fields", ["first_name"]),
        ({"first_name": ["Robin"]}, "fields", ["first_name"]),
        ({"first_name": "R" * 61}, "fields", ["first_name"]),
        ({"age": "forty"}, "fields", ["age"]),
        ({"age": "-1"}, "fields", ["age"]),
        ({"age": 4.5}, "fields", ["age"]),
        ({"age": True}, "fields", ["age"]),
        ({"age": 10**30}, "fields", ["age"]),
        ({"first_name": 5}, "fields", ["first_name"]),
        ({"surname": True}, "fields", ["surname"]),
        ({"area": 5}, "fields", ["area"]),
        ({"areas": [5]}, "fields", ["area"]),
        ({"show_surname": 1}, "fields", ["show_surname"]),
        ({"missing_since": "yesterday"}, "fields", ["missing_since"]),
        ({"missing_since": None}, "fields", ["missing_since"]),
        ({"show_surname": "perhaps"}, "fields", ["show_surname"]),
        ({"health": "ill"}, "fields", ["health"]),
        ({"<b>Robin Moor</b>": "x"}, "fields", ["unknown"]),
        ({"wordings": []}, "fields", ["wordings"]),
        ({"wordings": "words"}, "fields", ["wordings"]),
        ({"wordings": ["words"]}, "fields", ["wordings"]),
        ({"wordings": [{"description": "Tall.", "colour": "red"}]}, "fields", ["colour"]),
    ],
)
def test_a_value_that_cannot_be_taken_is_named_and_never_repeated(
    given: dict[str, Any], code: str, fields: list[str]
) -> None:
    making.area()
    with pytest.raises(NotTaken) as refused:
        asked_of(said(**given), kind="standard")
    assert (refused.value.code, refused.value.fields) == (code, fields)
    assert item_words(code, fields)


@pytest.mark.django_db
def test_elements_within_a_text_are_markup() -> None:
    making.area()
    body = written.one("MI-1").replace(b">Robin<", b"><b>Robin</b><")
    (item,) = document_of(body).items
    with pytest.raises(NotTaken) as refused:
        asked_of(item.said or {}, kind="standard")
    assert refused.value.code == "markup"


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["5 < 6 and 7 > 6", "Marks & Spencer", "I <3 dogs"])
def test_plain_words_are_no_markup(words: str) -> None:
    making.area()
    (item,) = document_of(written.one("MI-1", description=words)).items
    asked = asked_of(item.said or {}, kind="standard")
    assert asked.content.wordings[0].description == words


def test_an_id_that_cannot_be_kept_is_known_by_its_sum() -> None:
    assert reference_of("A/1") == "A/1"
    for strange in ("x" * 81, "a\nb", "\ud800"):
        assert reference_of(strange) == reference_of(strange)
        assert reference_of(strange).startswith("sha256-")
        assert len(reference_of(strange)) <= 80


def test_the_same_is_known_in_whatever_order_it_is_written() -> None:
    assert fingerprint_of({"a": 1, "b": "\ud800"}) == fingerprint_of({"b": "\ud800", "a": 1})


def test_every_code_has_words() -> None:
    assert feed_words("503") == "It answered with the status 503."
    assert "another" in feed_words("302")
    assert "2 megabytes" in feed_words("too_large")
    assert item_words("fields", ["first_name", "age"]).endswith("could not be taken: first name, age.")
    assert item_words("organisation", []) == ITEM_WORDS["refused"]
