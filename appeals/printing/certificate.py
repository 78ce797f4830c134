"""What the closing certificate says: where an appeal was shown, and that it is gone.

It is for the person who was looked for. It names nobody, so that it tells nothing to whoever finds it, and
it never says why the appeal ended: the words are the same whatever the cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from appeals.printing.words import day
from foundation.clock import in_london

CANNOT_BE_CONFIRMED = "Told. It cannot be confirmed."
NOT_YET = "Told. Not confirmed yet."
NOT_TOLD = "Not told yet."

COLUMNS = ("Outlet", "First shown", "Told to remove it", "Gone")
OPENING = (
    "An appeal with this reference was published. It has been withdrawn. This page shows everywhere we "
    "published it, and what has been done to take it down.",
    "Our own pages, pictures and posters stopped being served at the moment the appeal was withdrawn.",
)
NOTHING = "This appeal was not published anywhere."
MEANING = (
    "“Confirmed” means that the outlet told us it is gone, or that we looked and it was gone.",
    "“It cannot be confirmed” means that we asked for it to be removed, and nobody can check every copy. "
    "This is so for some social networks and archives. We cannot promise that every copy is gone.",
)
HELP = (
    "If you see it anywhere, call or text 116 000, free, day or night, or tell us by e-mail, and give the "
    "reference above. You do not have to say why you ask. We will ask for it to be removed.",
    "You can also ask a search engine to remove a result that has your name in it.",
)


@dataclass(frozen=True, slots=True)
class Outlet:
    """One line of the takedown ledger. Posts and archives, say, can be told and never confirmed."""

    name: str
    published_at: datetime
    told_at: datetime | None
    confirmed_at: datetime | None
    can_be_confirmed: bool = True

    def gone(self) -> str:
        """What may truly be said of it."""
        if self.told_at is None and self.confirmed_at is None:
            return NOT_TOLD
        if not self.can_be_confirmed:
            return CANNOT_BE_CONFIRMED
        return f"Confirmed {_moment(self.confirmed_at)}" if self.confirmed_at else NOT_YET


def words_of(*, reference: str, issued: date, outlets: Sequence[Outlet]) -> dict[str, Any]:
    """All that the certificate says."""
    return {
        "title": "Certificate: your appeal has been withdrawn",
        "reference": reference,
        "issued": day(issued, "en"),
        "opening": OPENING,
        "table_heading": "Where it was shown",
        "columns": COLUMNS,
        "rows": [_row(outlet) for outlet in outlets],
        "nothing": NOTHING,
        "meaning_heading": "What the words mean",
        "meaning": MEANING,
        "help_heading": "If you see it again",
        "help": HELP,
    }


def _row(outlet: Outlet) -> tuple[str, ...]:
    return (
        outlet.name,
        _moment(outlet.published_at),
        _moment(outlet.told_at) if outlet.told_at else "–",
        outlet.gone(),
    )


def _moment(moment: datetime) -> str:
    local = in_london(moment)
    return f"{day(local, 'en')}, {local:%H:%M}"
