"""The takedown ledger in lines: what each outlet owes, and since when it is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from appeals import deadlines
from appeals.enums import READS_LIVE, PlacementStatus
from appeals.models import Placement, TakedownEntry
from appeals.printing.certificate import Outlet

_P = PlacementStatus
# What each line of the ledger tells, in words.
SAID = {
    "gone_with_us": "our own, gone in the same moment",
    "to_be_told": "to be told",
    "to_be_told_again": "to be told again",
    "told": "told",
    "told_again": "told again",
    "not_told": "could not be told; it is tried again",
    "published_late": "published after it was withdrawn; to be told",
    "seen_gone": "we looked, and it is gone",
    "gone_there": "gone there",
    "still_shown": "we looked, and it is shown still; to be told again",
    "never_sent": "never sent, so nothing to take down",
    "confirmed_by_staff": "confirmed gone by staff",
    "confirmed_by_link": "confirmed gone by the outlet, by its link",
    "confirmed_by_api": "confirmed gone by the outlet's system",
    "confirmed_by_check_in": "confirmed gone by the player's check-in",
    "read_without_it": "told, by our feed or playlist, which it read",
    "said_gone": "said that it is gone there; copies cannot all be checked",
    "published_again": "published there again since, so not to be taken down any more",
    "seen_again": "seen there again; to be told again",
}
TAKEN_DOWN = (_P.WITHDRAWING, _P.TOLD, _P.CONFIRMED)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One outlet: told or not by `told_by`, confirmed or not by `confirmed_by`, or beyond confirming.

    Where it `is_called` we tell it; others read our feeds and playlists by themselves.
    """

    placement: Placement
    told_by: datetime | None
    confirmed_by: datetime | None
    can_be_confirmed: bool
    is_called: bool

    @property
    def owes(self) -> bool:
        """Whether something is still to be done about it."""
        status = self.placement.status
        return status == _P.WITHDRAWING or (status == _P.TOLD and self.can_be_confirmed)


def lines_of(placements: Iterable[Placement]) -> list[LedgerLine]:
    """A line for each placement; those that were never published are left out."""
    return [_line(one) for one in placements if one.status != _P.DROPPED]


def _line(one: Placement) -> LedgerLine:
    since = None if one.status == _P.REPLACED else one.withdraw_from
    return LedgerLine(
        placement=one,
        told_by=deadlines.told_by(since) if since else None,
        confirmed_by=deadlines.confirmed_by(since) if since else None,
        can_be_confirmed=one.outlet.verifiable or one.status == _P.CONFIRMED,
        is_called=one.outlet.channel not in READS_LIVE,
    )


def outlets_of(placements: Iterable[Placement]) -> list[Outlet]:
    """What the closing certificate says: everything that was, or may have been, shown."""
    return [
        Outlet(
            name=one.outlet.name,
            published_at=one.live_at or one.claimed_at or one.planned_at,
            told_at=one.withdrawal_sent_at,
            confirmed_at=one.confirmed_gone_at,
            can_be_confirmed=one.outlet.verifiable or one.status == _P.CONFIRMED,
        )
        for one in placements
        if one.status in TAKEN_DOWN
    ]


def said_of(entry: TakedownEntry) -> str:
    """A line of the ledger in words; what no words are kept for, by its code."""
    return SAID.get(entry.what, entry.what.replace("_", " "))
