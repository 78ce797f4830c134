"""What opened a session, which decides for whom the person may act in it.

A password and our own second factor open it for every organisation that takes passwords. An organisation's
own sign-in opens it for that organisation alone: no force's directory vouches for anybody at the charity.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from foundation.accounts.models import User

OPENED = "opened"


@dataclass(frozen=True, slots=True)
class Opened:
    """How the person came in.

    `through` is the organisation whose own sign-in let them in, None for a password or a passkey.
    `glass` are organisations that take no passwords but this one person's, for when their sign-in is down.
    `has_factor` says that the organisation's own second factor was given and is trusted there.
    """

    through: int | None = None
    glass: frozenset[int] = frozenset()
    has_factor: bool = False

    def admits(self, organisation_id: int, takes_passwords: bool) -> bool:
        """Whether this session may act on a role in that organisation, which takes passwords or does not."""
        if self.through is not None:
            return organisation_id == self.through
        return takes_passwords or organisation_id in self.glass


BY_PASSWORD = Opened()


def opened_of(session: SessionBase, user_id: int | None) -> Opened:
    """What opened that person's session. A note on somebody else in the same browser does not count."""
    noted = session.get(OPENED) or {}
    if user_id is None or noted.get("user") != user_id:
        return BY_PASSWORD
    return Opened(noted["through"], frozenset(noted["glass"]), noted["factor"])


def note_opened(
    session: SessionBase,
    user: User,
    *,
    through: int | None = None,
    glass: Iterable[int] = (),
    has_factor: bool = False,
) -> None:
    """Keep it with the session; whoever calls has made sure that it is so."""
    session[OPENED] = {"user": user.pk, "through": through, "glass": sorted(glass), "factor": has_factor}


def forget_opened(session: SessionBase) -> None:
    """A new sign-in begins: what opened the last one has no say in it."""
    session.pop(OPENED, None)
