"""What stands between an appeal and its publication, gate by gate; clocks; what is wrong with a version."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from appeals import checks, deadlines, gates
from appeals.gates import Answer
from appeals.models import Content, Wording
from tests.appeals.test_policies import OPEN

NOW = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
READY = replace(OPEN, authorised_at=NOW, overridden=False, answers=(Answer("family", "given", True, True),))
CHILD = replace(READY, is_child=True)
PARENT = Answer("parental_responsibility", "given", True, True)


def shut(facts: gates.Facts) -> set[str]:
    return {judged.gate.code for judged in gates.judge(facts) if not judged.met}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (READY, set()),
        (replace(READY, incident_open=False), {"incident_open"}),
        (replace(READY, no_publicity=("no_photo",)), {"no_objection"}),
        (replace(READY, risk_checked=False), {"risk_checked"}),
        (replace(READY, problems=("x",)), {"content"}),
        (replace(READY, authorised_at=None), {"authorised"}),
        (replace(READY, answers=()), {"consent"}),
        (replace(READY, answers=(Answer("family", "refused", True, True),)), {"consent"}),
        (replace(READY, answers=(Answer("family", "withdrawn", True, True),)), {"consent"}),
        (replace(READY, answers=(PARENT,)), {"consent"}),
        (replace(READY, answers=(), overridden=True, has_picture=True, shows_surname=True), set()),
        (replace(READY, wishes_recorded=False), set()),
        (replace(READY, has_picture=True), set()),
        (replace(READY, has_picture=True, photo_refused=True), {"photo"}),
        (replace(READY, has_picture=True, answers=(Answer("family", "given", False, True),)), {"photo"}),
        (replace(READY, shows_surname=True), set()),
        (replace(READY, shows_surname=True, answers=(Answer("family", "given", True, False),)), {"surname"}),
        (CHILD, {"consent"}),
        (replace(CHILD, answers=(PARENT,)), set()),
        (replace(CHILD, answers=(PARENT,), wishes_recorded=False), {"wishes"}),
        (replace(CHILD, answers=(Answer("placing_authority", "given", True, True),)), set()),
        (replace(READY, family_is_danger=True), {"family_danger", "consent"}),
        (replace(CHILD, answers=(PARENT,), family_is_danger=True), {"family_danger", "consent"}),
        (
            replace(
                CHILD, answers=(Answer("placing_authority", "given", True, True),), family_is_danger=True
            ),
            set(),
        ),
        (replace(READY, answers=(), overridden=True, family_is_danger=True), set()),
        (
            replace(CHILD, answers=(PARENT, Answer("placing_authority", "refused", False, False))),
            {"consent"},
        ),
    ],
)
def test_each_gate_is_shut_by_its_own_fact(facts: gates.Facts, expected: set[str]) -> None:
    assert shut(facts) == expected
    refusal = gates.closed(facts)
    assert (refusal.code.removeprefix("gate_") in expected) if expected else refusal is None


def test_every_gate_says_who_and_what_to_do_under_a_name_of_its_own() -> None:
    every = {*gates.GATES, *gates.OF_ALERTS}
    assert len(gates.BY_CODE) == len(every)
    assert all(gate.words and gate.who and gate.todo.endswith(".") for gate in every)


def test_outlets_are_told_within_minutes_and_confirm_within_a_day() -> None:
    assert deadlines.told_by(NOW) == NOW + timedelta(minutes=5)
    assert deadlines.confirmed_by(NOW) == NOW + timedelta(hours=24)


def test_telling_is_tried_again_soon_and_then_every_quarter_of_an_hour() -> None:
    waits = [deadlines.tell_again_at(tries, now=NOW) - NOW for tries in range(1, 8)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=5)
    assert waits[-3:] == [timedelta(minutes=15)] * 3
    assert deadlines.tell_again_at(0, now=NOW) == deadlines.tell_again_at(1, now=NOW)


def test_an_outlet_is_chased_four_times_and_then_a_person_has_to() -> None:
    chases = [deadlines.chase_at(chased, told_at=NOW) for chased in range(5)]
    assert chases == [NOW + timedelta(hours=hours) for hours in (1, 4, 12, 24)] + [None]


def test_a_published_appeal_lapses_after_four_weeks_and_asks_before() -> None:
    assert deadlines.ask_at(deadlines.expires_at(NOW)) == NOW + timedelta(days=25)
    assert deadlines.review_at(NOW) == NOW + timedelta(days=14)


@pytest.mark.parametrize(
    ("immediate", "passed", "acknowledged"),
    [(True, timedelta(minutes=15), timedelta(minutes=15)), (False, timedelta(hours=4), timedelta(hours=24))],
)
def test_sightings_have_their_clocks(immediate: bool, passed: timedelta, acknowledged: timedelta) -> None:
    assert deadlines.pass_by(NOW, immediate=immediate) - NOW == passed
    assert deadlines.acknowledge_by(NOW, immediate=immediate) - NOW == acknowledged


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Robin is small. She has red hair.", ""),
        ("and so on " * 30, "Use shorter sentences: many people read this in a hurry."),
        ("Extraordinarily uncomplicated.", "Use shorter words: many people read this in a hurry."),
    ],
)
def test_what_is_hard_to_read_is_said(text: str, expected: str) -> None:
    assert checks.readability(text) == expected


def problems(*wordings: Wording, welsh: bool = False, **given: object) -> list[tuple[str, bool]]:
    found = checks.problems_of(Content(**given), wordings, welsh_needed=welsh)
    return [(one.field, one.blocks) for one in found]


ENGLISH = Wording(description="Robin is small.")
WELSH = Wording(language="cy", description="Mae Robin yn fach.")


def test_the_words_that_everybody_reads_have_to_be_there() -> None:
    assert problems(ENGLISH) == []
    assert problems(Wording(description=" ")) == [("description", True)]
    assert problems() == [("description", True)]
    assert problems(Wording(description="x", region_id=1)) == [("description", True)]


def test_welsh_stands_beside_english_where_the_area_is_welsh() -> None:
    assert problems(ENGLISH, WELSH, welsh=True) == []
    assert problems(ENGLISH, welsh=True) == [("description", True)]
    assert problems(ENGLISH, WELSH, welsh=True, picture_id=1, alt_text_cy="") == [("alt_text_cy", True)]
    assert problems(ENGLISH, WELSH, welsh=True, picture_id=1, alt_text_cy="Robin") == []


@pytest.mark.parametrize(("audience", "field"), list(checks.LONGEST))
def test_each_channel_has_its_lengths(audience: str, field: str) -> None:
    most = checks.LONGEST[audience, field]
    text = ("abc " * most)[:most]

    def blocked(words: str) -> list[str]:
        one = Wording(audience=audience, **{"description": "Robin is small.", field: words})
        around = (one,) if audience == "public" else (ENGLISH, one)
        return [name for name, blocks in problems(*around) if blocks]

    assert (blocked(text), blocked(text + "d")) == ([], [field])


def test_advice_blocks_nothing_and_comes_last() -> None:
    found = problems(Wording(description="and so on " * 30), Wording(audience="billboard", headline="x" * 41))
    assert found == [("headline", True), ("description", False)]


def test_nobody_is_told_to_ask_a_family_that_may_be_the_danger() -> None:
    todo = {one.gate.code: one.todo for one in gates.judge(replace(CHILD, family_is_danger=True))}
    assert "next of kin" not in todo["consent"]
    assert "inspector" in todo["consent"]
    assert "next of kin" in next(one.todo for one in gates.judge(CHILD) if one.gate.code == "consent")
