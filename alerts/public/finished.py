"""Finished answers, kept in this process by what they depend on and never by time.

A notice is frozen, so what is made of it is true for as long as the alert is live; and that is asked of the
database at every read, before anything from here is given out (docs/adr/0103).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from hashlib import sha256

from alerts.public.selectors import State
from foundation.files.signing import STEP_SECONDS

# Pages of a few alerts in two languages. What is older than a step of pictures' addresses is of no use.
MOST = 200
# What it is, in which language, how the alerts stand, and the step of the addresses of their pictures.
Key = tuple[str, str, frozenset[State], int]


@dataclass(frozen=True, slots=True)
class Finished:
    """The body of an answer and the tag by which a reader knows it again."""

    body: bytes
    tag: str
    content_type: str


_kept: dict[Key, Finished] = {}


def key_of(kind: str, language: str, states: frozenset[State], now: float | None = None) -> Key:
    """By what an answer is known at this moment."""
    return kind, language, states, int(time.time() if now is None else now) // STEP_SECONDS


def kept(key: Key) -> Finished | None:
    """The answer that was made for this, if this process made it."""
    return _kept.get(key)


def keep(key: Key, body: str, *, content_type: str = "text/html; charset=utf-8") -> Finished:
    """Keep an answer that was just made."""
    if len(_kept) >= MOST:
        _kept.clear()
    raw = body.encode()
    made = Finished(raw, f'"{sha256(raw).hexdigest()[:32]}"', content_type)
    _kept[key] = made
    return made
