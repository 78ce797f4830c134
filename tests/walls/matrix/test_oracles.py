"""Asking without being shown: a search for hidden words answers as one for words that nobody wrote."""

from __future__ import annotations

import random
from itertools import product

import pytest
from django.http import HttpResponse

from tests.walls.matrix import attempts, walking
from tests.walls.matrix.attempts import Box

pytestmark = pytest.mark.xdist_group("settling")
ASKERS = (
    "police_superintendent@kent",
    "police_superintendent@metropolitan",
    "charity_manager@missing-people",
    "local_authority@la-croydon",
)
# Of a fixed seed: every box is asked for these many of the hidden fields.
SEED, HERE = 21, 3
API_LISTS = ("incidents", "changes", "releases", "intelligence", "placements")
# What an address of a list may be asked, should it listen: the names that libraries give to it.
QUESTIONS = (
    "ordering",
    "order_by",
    "sort",
    "search",
    "q",
    "person__family_name",
    "filter",
    "fields",
    "expand",
)


def hidden_from(matrix, name: str) -> list[str]:
    """One marker of every field that is hidden from them."""
    of_field = {matrix.world.marks[marker].field: marker for marker in sorted(matrix.denied.of[name])}
    return sorted(of_field.values())


@pytest.mark.parametrize("name", ASKERS)
def test_a_search_for_what_is_hidden_finds_what_a_search_for_nothing_finds(
    matrix, any_database, name
) -> None:
    walk, drawn = walking.Walk(matrix.viewer(name)), random.Random(SEED)
    hidden, told, asked = hidden_from(matrix, name), [], 0
    for one in matrix.interfaces:
        if one.is_api or attempts.nobodys(one.path) is not None or walk.is_shut_out(one):
            continue
        for box in attempts.boxes(walk.get(one.path)):
            for marker in drawn.sample(hidden, HERE):
                told.append(attempts.told_by_asking(walk, one.path, box, marker))
                asked += 1
    assert [one for one in told if one] == []
    assert asked >= 2 * HERE


def test_a_search_for_what_they_may_know_does_find_it(matrix, any_database) -> None:
    """The comparison itself: the force's own name in the force's own search is seen to differ."""
    walk = walking.Walk(matrix.viewer("police_superintendent@metropolitan"))
    name = next(
        mark.marker
        for mark in matrix.world.marks.values()
        if mark.field.endswith("MissingPerson.family_name")
    )
    assert attempts.told_by_asking(walk, "/search/", Box("q", True), name)


@pytest.mark.parametrize(("client", "listing"), list(product(("kent", "missing-people"), API_LISTS)))
def test_a_question_that_a_list_does_not_know_is_refused_or_changes_nothing(
    matrix, any_database, client, listing
) -> None:
    walk = walking.Walk(matrix.viewer(f"api_client@{client}"))
    path = f"/api/v1/{listing}"
    assert path in {one.path for one in matrix.interfaces}
    plain = attempts.comparable(walk.get(path))
    hidden = hidden_from(matrix, walk.viewer.name)[0]
    for question in QUESTIONS:
        of_it = walk.get(f"{path}?{question}={hidden}")
        of_nothing = walk.get(f"{path}?{question}={attempts.NOBODYS_WORD}")
        told = attempts.comparable(of_it, hidden)
        assert told == attempts.comparable(of_nothing, attempts.NOBODYS_WORD), question
        assert told == plain or of_it.status_code in {400, 422}, question
        assert walking.markers_of(of_it) <= {hidden}


def test_the_boxes_of_a_page_are_found() -> None:
    page = (
        '<form method="post" role="search"><input type="text" name="q">'
        '<input type="checkbox" name="mine"></form>'
        '<form method="get"><input type="search" name="words"></form>'
        '<form method="post"><input type="text" name="note"></form>'
    )
    assert attempts.boxes(HttpResponse(page)) == [Box("q", True), Box("words", False)]
