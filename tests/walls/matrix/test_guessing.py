"""A reference that is guessed: what is hidden answers as what is not there, in words, tag and statements."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from tests.walls.matrix import attempts, walking

pytestmark = pytest.mark.xdist_group("settling")
# The strongest of each side, the strangers, and those of the same house who are not told.
GUESSERS = (
    "police_superintendent@kent",
    "api_client@kent",
    "police_superintendent@metropolitan",
    "charity_manager@missing-people",
    "rhi_interviewer@missing-people",
    "local_authority@la-croydon",
)
# The force's own incident, to which nobody offers the transfer that the page is about; its own concern, at
# which this step is not offered: nothing is hidden.
OWN = ("missingcases:transfer_", "routes:act")


@pytest.mark.parametrize("name", GUESSERS)
def test_what_is_hidden_answers_as_what_is_not_there(matrix, any_database, name) -> None:
    walk = walking.Walk(matrix.viewer(name))
    open_to_them = [
        one
        for one in matrix.interfaces
        if not walk.is_shut_out(one)
        and not (walk.viewer.place == "metropolitan" and one.name.startswith(OWN))
    ]
    assert list(attempts.told_by_guessing(walk, open_to_them)) == []


def test_the_guesses_are_many(matrix) -> None:
    assert sum(attempts.nobodys(one.path) is not None for one in matrix.interfaces) > 300


def test_a_difference_is_seen() -> None:
    """The comparison itself: a word more, another status, another tag, and none of what passes."""
    plain = HttpResponse("<p>Page not found MI-ZZZZZZZZ at 10:41</p>", status=404)
    same = HttpResponse("<p>Page not found MI-0123ABCD at 10:42</p>", status=404)
    longer = HttpResponse("<p>Page not found MI-0123ABCD at 10:42, ask Kent</p>", status=404)
    tagged = HttpResponse(same.content, status=404, headers={"ETag": '"7"'})
    base = attempts.comparable(plain, "MI-ZZZZZZZZ")
    assert attempts.comparable(same, "MI-0123ABCD") == base
    assert attempts.comparable(longer, "MI-0123ABCD") != base
    assert attempts.comparable(tagged, "MI-0123ABCD") != base
    assert attempts.comparable(HttpResponse(same.content, status=403), "MI-0123ABCD") != base


def test_the_last_thing_an_address_names_is_changed() -> None:
    assert attempts.nobodys("/incidents/MI-0123ABCD/notes/") == "/incidents/MI-ZZZZZZZZ/notes/"
    assert attempts.nobodys("/a/MI-0123ABCD/b/RL-0123ABCD/") == "/a/MI-0123ABCD/b/RL-ZZZZZZZZ/"
    assert attempts.nobodys("/owed/17/") == "/owed/999999/"
    assert attempts.nobodys("/families/") is None
