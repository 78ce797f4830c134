"""What somebody looked for: kept in their session under a key, so that the address holds the key alone."""

from __future__ import annotations

import secrets

from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict

WORDS, KEY = "q", "find"
_PLACE = "looked_for"
_MOST = 10  # a few windows side by side
_NEVER_IN_ADDRESS = (WORDS, KEY, "csrfmiddlewaretoken", "after", "before")


def keep(session: SessionBase, posted: QueryDict) -> QueryDict:
    """Keep the words that were posted, and return what may stand in the address instead of them."""
    address = posted.copy()
    for name in _NEVER_IN_ADDRESS:
        address.pop(name, None)
    for name in [name for name, value in address.items() if not value]:
        address.pop(name)
    words = posted.get(WORDS, "").strip()
    if words:
        address[KEY] = secrets.token_urlsafe(6)
        earlier = list(session.get(_PLACE, {}).items())[1 - _MOST :]
        session[_PLACE] = dict([*earlier, (address[KEY], words)])
    return address


def given(session: SessionBase, address: QueryDict) -> QueryDict:
    """The answers of the filter form: those of the address, with the words its key stands for."""
    answers = address.copy()
    answers[WORDS] = session.get(_PLACE, {}).get(address.get(KEY, ""), "")
    return answers
