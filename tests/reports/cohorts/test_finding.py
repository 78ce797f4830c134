"""Terms of a list in a text, and the lists as people write them."""

from __future__ import annotations

import pytest
from django.db import connection

from foundation.exceptions import Invalid
from reports.cohorts import services
from reports.cohorts.concepts import Term, as_stored, from_stored, read_terms
from reports.cohorts.finding import hits_in, passages
from reports.cohorts.selectors import hits_in_text, notes_with
from tests.reports.cohorts import making

MANY = tuple(f"w{one}" for one in range(60))
STEMS = {"gangs": "gang", "gifts": "gift", "lines": "line", "counties": "counti", "county": "counti"}


def found(text: str, terms: str, *, negation: bool = True) -> list[tuple[str, str]]:
    hits = hits_in(text, read_terms(terms), STEMS, negation=negation)
    return [(text[hit.start : hit.end], hit.denial) for hit in hits]


def test_a_list_is_read_as_it_is_written_and_written_as_it_is_read() -> None:
    terms = read_terms("Gang, gang-related\n\nboyfriend near older, gifts within 4")
    assert terms == (Term(("gang", "gang related")), Term(("boyfriend",), ("older", "gifts"), 4))
    assert from_stored(as_stored(terms)) == terms
    assert read_terms("\n".join(term.line for term in terms)) == terms


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "at least one term"),
        ("ok\n...", "Line 2"),
        ("a near b within 11", "within 1 to 10"),
        ("one two three four five six seven", "at most 6 words"),
        ("\n".join(["gang"] * 201), "at most 200 lines"),
        (f"{', '.join(MANY)} near {', '.join(MANY)} within 10", "3,600 pairs"),
        ("\n".join(["a, b, c near d, e within 2"] * 34), "204 pairs"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_terms(text)
    assert said in refused.value.problems["terms"]


def test_forms_and_phrases_are_found_whatever_joins_them() -> None:
    assert found("County-lines; CSE/gangs. The gang's car", "county lines\ngang") == [
        ("County-lines", ""),
        ("gangs", ""),
        ("gang's", ""),
    ]
    assert found("In this county. Lines were drawn.", "county lines") == []


def test_near_words_stand_at_most_that_far_on_either_side() -> None:
    term = "boyfriend near gift, older within 2"
    assert [word for word, _ in found("Her older new boyfriend", term)] == ["boyfriend"]
    assert [word for word, _ in found("Her boyfriend gives gifts", term)] == ["boyfriend"]
    assert found("Her boyfriend often brings her gifts", term) == []


def test_of_terms_that_overlap_the_longest_is_a_hit() -> None:
    assert found("A gang member", "gang\ngang member") == [("gang member", "")]


def test_a_denied_hit_is_a_hit_that_says_so() -> None:
    text = "No concerns of gang involvement, but gang members wait outside."
    assert found(text, "gang") == [("gang", "no concerns"), ("gang", "")]
    assert found(text, "gang", negation=False) == [("gang", ""), ("gang", "")]


def test_a_passage_is_the_paragraph_and_of_a_long_one_what_is_around() -> None:
    text = "First.\n\nThen a gang came.\n\n" + "word " * 300 + "gang " + "word " * 300
    shown = passages(text, hits_in(text, read_terms("gang"), {}, negation=True))
    assert next("".join(piece.words for piece in one.pieces).strip() for one in shown) == "Then a gang came."
    assert (shown[1].cut_before, shown[1].cut_after) == (True, True)
    assert sum(piece.hit is not None for one in shown for piece in one.pieces) == 2
    assert len("".join(piece.words for piece in shown[1].pieces)) < 900


@pytest.mark.django_db
def test_the_search_goes_by_the_index_and_asks_each_form_by_its_beginning(
    met_officer, met_coordinator
) -> None:
    notes = {
        making.note(met_officer, making.child(met_officer), text).pk: text
        for text in (
            "Counties line up",
            "county-LINES/debt",
            "in the county. A line was drawn",
            "the line of the county",
            "He is dying. His boyfriend, an older man, came",
            "His boyfriend came with some man who is older",
            "Relatives of gang’s victims",
        )
    }
    terms = "county lines\ndie\nboyfriend near older man within 3\ngang"
    version = services.write_list(actor=met_coordinator.actor, name="All", language="en", terms=terms)
    found = {notes[pk] for pk in notes_with(met_coordinator.actor, [version]).values_list("pk", flat=True)}
    shown = {text for text in notes.values() if hits_in_text(text, [version])}
    assert (
        found
        == shown
        == set(notes.values())
        - {
            "in the county. A line was drawn",
            "the line of the county",
            "His boyfriend came with some man who is older",
        }
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "note_by_words" in notes_with(met_coordinator.actor, [version]).order_by().explain()
