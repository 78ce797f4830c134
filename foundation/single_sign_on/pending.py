"""Somebody whom a provider knows and we do not yet, until they show which account is theirs."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass

from django.contrib.sessions.backends.base import SessionBase

PENDING = "single_sign_on_pending"
LASTS_SECONDS = 15 * 60


@dataclass(frozen=True, slots=True)
class Pending:
    """Who came back from which organisation's sign-in; `known_as` is the address it gave, to be shown."""

    organisation_id: int
    issuer: str
    subject: str
    known_as: str
    at: float


def keep_pending(session: SessionBase, pending: Pending) -> None:
    """Remember them in this browser."""
    session[PENDING] = asdict(pending)


def pending_in(session: SessionBase) -> Pending | None:
    """Who is waiting in this browser, if it was not long ago."""
    found = session.get(PENDING)
    if found is None or time.time() - found["at"] > LASTS_SECONDS:
        return None
    return Pending(**found)


def forget_pending(session: SessionBase) -> None:
    """They are known now, or start again."""
    session.pop(PENDING, None)
