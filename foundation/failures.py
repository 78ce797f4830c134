"""What a kept failure means, in words for whoever looks after it. Its own text may name people: not kept."""

from __future__ import annotations

_DATABASE = "The database did not answer, or another change was in the way. Trying again usually helps."
_SILENT = "Something it had to ask did not answer."
_WORDS = {
    "OperationalError": _DATABASE,
    "InterfaceError": _DATABASE,
    "DoesNotExist": "A record that it needs is not there, or is no longer there.",
    "IntegrityError": "What it would have written contradicts what is already kept.",
    "IllegalMove": "The record has moved on, and this can no longer be done to it.",
    "Refused": "One of our own rules forbids it as things stand.",
    "NobodyTakesIt": "The part of the service that would do this is not there.",
    "Undeclared": "It would have set off something that was not agreed beforehand.",
    "ConnectionError": _SILENT,
    "TimeoutError": _SILENT,
}
_OURS = "It met a fault in our own software. Whoever maintains the service has to mend it first."


class NobodyTakesIt(LookupError):
    """What is owed names a part of the product that is no longer there."""


def in_words(kind: str) -> str:
    """What an exception class called `kind` means to a person; nothing where nothing failed."""
    return _WORDS.get(kind, _OURS) if kind else ""
