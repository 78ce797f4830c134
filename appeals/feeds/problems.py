"""What can be wrong with a feed or with one item of it: a code that is kept, and words for the page."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Of the whole feed. An HTTP status stands for itself.
FEED_WORDS = {
    "no_such_host": "Its name was not found.",
    "no_connection": "It could not be connected to.",
    "no_answer": "It did not answer in time.",
    "not_trusted": "Its certificate could not be verified.",
    "not_allowed": "Its address leads into an internal network.",
    "too_large": "It is larger than 2 megabytes. Leave out what is over.",
    "redirected": "Its address leads to another one. Enter that one here.",
    "not_a_feed": "What was there is no Atom, RSS or JSON feed.",
    "broken": "Something of ours went wrong with it. Tell your administrator.",
    "forbidden": "It holds a document type or entities, which are not read. Leave them out.",
}
# Of one item.
ITEM_WORDS = {
    "no_id": "It has no id, so it could not be known again.",
    "twice": "Its id stands in the feed twice. The first was taken.",
    "no_appeal": "It has no part for us, with the reference of an incident.",
    "incident": "No open incident of your force has this reference.",
    "area": "There is no area with this code.",
    "markup": "It holds markup. Send plain text.",
    "fields": "These parts of it could not be taken:",
    "live": "It was changed while it is published. Ask the charity to withdraw it first.",
    "ended": "It was changed after it had ended. Send it under another id.",
    "not_open": "The person is not missing any more.",
    "starts_held": "A supervisor has to confirm the imported incident first.",
    "too_many": "The feed holds more than 500 items. Those behind are not read.",
    "token": "Its id was used for another incident.",
    "refused": "It was refused.",
}
MOST_KEPT = 100
_SAFE = re.compile(r"[a-z][a-z_.]{0,39}")


class NotRead(Exception):
    """A feed that could not be read at all; `code` is of `FEED_WORDS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotTaken(Exception):
    """An item that could not be taken; `code` is of `ITEM_WORDS`, `fields` are names without content."""

    def __init__(self, code: str, fields: Iterable[str] = ()) -> None:
        super().__init__(code)
        self.code = code
        # A name that somebody else chose is shown only if it looks like one.
        self.fields = sorted({name if _SAFE.fullmatch(name) else "unknown" for name in fields})


def feed_words(code: str) -> str:
    """Why a feed could not be read, for a person."""
    if code.isdecimal():
        code = "redirected" if code.startswith("3") else code
    return FEED_WORDS.get(code, f"It answered with the status {code}.")


def item_words(code: str, fields: Iterable[str]) -> str:
    """Why an item could not be taken, for a person."""
    words = ITEM_WORDS.get(code, ITEM_WORDS["refused"])
    names = ", ".join(name.replace("_", " ") for name in fields)
    return f"{words} {names}." if names and code == "fields" else words
