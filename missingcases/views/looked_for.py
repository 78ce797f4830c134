"""What somebody looked for: kept in their session under a key, so that the address holds the key alone."""

from __future__ import annotations

import secrets

from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict

# Answers that may name somebody.
WORDS = ("q", "phone", "place", "words")
KEY = "find"
DROPPED = "less"  # names of answers that were taken away again
_PLACE = "looked_for"
_MOST = 10  # a few windows side by side
_OF_THE_ADDRESS = (KEY, DROPPED, "view", "csrfmiddlewaretoken", "after", "before")
_NEVER_IN_ADDRESS = (*WORDS, KEY, DROPPED, "csrfmiddlewaretoken", "after", "before")


def keep(session: SessionBase, posted: QueryDict) -> QueryDict:
    """Keep the words that were posted, and return what may stand in the address instead of them."""
    address = posted.copy()
    for name in _NEVER_IN_ADDRESS:
        address.pop(name, None)
    for name in [name for name, value in address.items() if not value]:
        address.pop(name)
    words = {name: said for name in WORDS if (said := posted.get(name, "").strip())}
    if words:
        address[KEY] = secrets.token_urlsafe(6)
        earlier = list(session.get(_PLACE, {}).items())[1 - _MOST :]
        session[_PLACE] = dict([*earlier, (address[KEY], words)])
    return address


def given(session: SessionBase, address: QueryDict) -> QueryDict:
    """The answers of the filter form: those of the address, with the words its key stands for."""
    answers = address.copy()
    found = session.get(_PLACE, {}).get(address.get(KEY, ""), {})
    found = {"q": found} if isinstance(found, str) else found  # of a session older than this shape
    for name in WORDS:
        answers[name] = "" if name in address.getlist(DROPPED) else found.get(name, "")
    return answers


def without(session: SessionBase, address: QueryDict, name: str) -> QueryDict:
    """The address with one answer taken away."""
    left = address.copy()
    for gone in ("after", "before", *({name} - set(WORDS))):
        left.pop(gone, None)
    if name in WORDS:
        answers = given(session, address)
        if any(answers[word] for word in WORDS if word != name):
            left.appendlist(DROPPED, name)
        else:
            left.pop(KEY, None)
            left.pop(DROPPED, None)
    return left


def said(answers: QueryDict) -> dict[str, str]:
    """What was answered, by name, without where in the list somebody is: to be kept as a view."""
    return {name: str(value) for name, value in answers.items() if value and name not in _OF_THE_ADDRESS}


def address_of(session: SessionBase, answers: dict[str, str]) -> str:
    """The query of an address that stands for these answers."""
    posted = QueryDict(mutable=True)
    posted.update(answers)
    return keep(session, posted).urlencode()
