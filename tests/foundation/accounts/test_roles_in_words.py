"""A refusal says whose it is, in words."""

from __future__ import annotations

import pytest

from foundation.accounts.enums import INSPECTORS, POLICE, SUPERINTENDENTS, Role, at_least, words_for
from foundation.states import wrong_role


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (at_least(Role.POLICE_SUPERVISOR), "police supervisor or above"),
        (INSPECTORS | {Role.SYSTEM}, "police inspector or above"),
        (SUPERINTENDENTS, "police superintendent"),
        (POLICE, "police officer or missing person coordinator"),
        ({Role.CHARITY_CASEWORKER, Role.CHARITY_MANAGER}, "charity caseworker or charity duty manager"),
        ({Role.SYSTEM, Role.API_CLIENT}, ""),
    ],
)
def test_roles_in_words(roles: set[Role], words: str) -> None:
    assert words_for(frozenset(roles)) == words


def test_what_no_person_does_says_so() -> None:
    assert wrong_role(frozenset({Role.SYSTEM})).message == "The service does this by itself."
    assert wrong_role(INSPECTORS).message == "This is for a police inspector or above."
