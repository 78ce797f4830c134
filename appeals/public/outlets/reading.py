"""What one outlet may read now: through the window that tests at each read whether it may be shown.

One statement finds the outlet by its token and its rows, newest change first. Nothing is kept between two
requests, so a stop depends on no subscriber and nothing can be stale.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from foundation.prepared import fetch_all, fetch_row

PAGE = 100
MOST_ON_A_PLAYLIST = 1000
# How long it is told that something is gone.
TOLD_FOR_DAYS = 30
_BIGGEST = 2**63 - 1
FEED_PICTURE = "size960"

_OUTLET = """
    appeals_outlet outlet
    {join}
    WHERE outlet.token_hash = %(token_hash)s AND outlet.channel = '{channel}' AND outlet.is_active
    AND NOT EXISTS (SELECT FROM backups_holdstep WHERE step = 'public' AND released_at IS NULL)
"""
_LEFT_AT = """
    COALESCE(p.gone_at, CASE WHEN p.expires_at <= now() THEN p.expires_at ELSE p.updated_at END)
"""
_MINE = f"""
    p.outlet_id = outlet.id AND (p.is_live OR {_LEFT_AT} > now() - interval '{TOLD_FOR_DAYS} days')
"""
_BEFORE = "(p.change, p.placement_id) < (%(change)s::bigint, %(placement)s::bigint)"
_NEWEST = "ORDER BY p.change DESC, p.placement_id DESC"
_PICTURE = f"""
    LEFT JOIN appeals_rendition picture
    ON picture.content_id = p.content_id AND picture.kind = '{FEED_PICTURE}' AND picture.language = 'en'
"""
_WINDOW = f"""
    FROM appeals_public_placement p {_PICTURE} WHERE {_MINE} AND {_BEFORE} {_NEWEST} LIMIT {PAGE + 1}
"""
_ROWS = f"""
    LEFT JOIN LATERAL (
        SELECT p.reference, p.change, p.placement_id, p.is_live, p.is_untold, p.token, p.live_at,
               p.updated_at, p.embargo_until, {_LEFT_AT} AS left_at,
               CASE WHEN p.is_live THEN p.shown END AS shown,
               CASE WHEN p.is_live THEN picture.content_type END AS picture_type, picture.size
        {_WINDOW}
    ) one ON true
"""
_FEED = f"""
    SELECT outlet.id, outlet.created_at, one.* FROM {_OUTLET.format(channel="media_feed", join=_ROWS)}
    ORDER BY one.change DESC, one.placement_id DESC
"""  # noqa: S608
# The same rows, told in one line each: by this alone it is known whether anything changed.
_STATE = f"""
    SELECT outlet.id, (
        SELECT concat(string_agg(concat_ws('.', one.change, one.placement_id, one.mark), ','
                                 ORDER BY one.change DESC, one.placement_id DESC),
                      CASE WHEN bool_or(one.is_untold) THEN '!' END)
        FROM (
            SELECT p.change, p.placement_id, p.is_untold,
                   CASE WHEN NOT p.is_live THEN 'g' WHEN picture.size IS NULL THEN 'w' ELSE 'p' END AS mark
            {_WINDOW}
        ) one
    ) FROM {_OUTLET.format(channel="media_feed", join="")}
"""  # noqa: S608
_ITEMS = f"""
    LEFT JOIN LATERAL (
        SELECT p.reference, p.is_live, p.is_untold, p.token, p.live_at, p.embargo_until, p.expires_at,
               (SELECT json_agg(json_build_array(file.kind, file.content_type, file.size, file.checksum))
                FROM appeals_rendition file WHERE p.is_live AND file.content_id = p.content_id) AS files,
               (SELECT json_agg(json_build_array(area.name, area.code) ORDER BY area.id)
                FROM places_area area WHERE p.is_live AND area.id = ANY(p.area_ids)) AS areas
        FROM appeals_public_placement p
        WHERE {_MINE} AND (NOT p.is_live OR p.embargo_until IS NULL OR p.embargo_until <= now())
        {_NEWEST} LIMIT {MOST_ON_A_PLAYLIST}
    ) one ON true
"""  # noqa: S608 - the parts are constants of this file
_PLAYLIST = f"""
    SELECT outlet.id, outlet.formats, one.* FROM {_OUTLET.format(channel="billboard", join=_ITEMS)}
"""  # noqa: S608
_ANY_OUTLET = """
    SELECT id FROM appeals_outlet
    WHERE token_hash = %(token_hash)s AND is_active AND channel IN ('media_feed', 'billboard')
"""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Behind which row a page begins; the first page begins before all."""

    change: int = _BIGGEST
    placement: int = _BIGGEST

    def __str__(self) -> str:
        return f"{self.change}.{self.placement}"

    @classmethod
    def read(cls, written: str) -> Cursor:
        """What a link of ours says. Raises `ValueError` for anything else."""
        parts = written.split(".")
        if len(parts) != 2 or not all(one.isascii() and one.isdigit() and len(one) < 19 for one in parts):
            raise ValueError("no such cursor")
        return cls(int(parts[0]), int(parts[1]))


@dataclass(frozen=True, slots=True)
class Row:
    """One placement in a feed: what it shows, or since when it is gone."""

    reference: str
    change: int
    placement: int
    is_live: bool
    is_untold: bool
    token: str
    live_at: datetime
    updated_at: datetime
    embargo_until: datetime | None
    left_at: datetime
    shown: dict[str, dict[str, Any]]
    picture_type: str | None
    picture_size: int | None

    @property
    def changed_at(self) -> datetime:
        """When readers had to look again."""
        return self.updated_at if self.is_live else self.left_at

    @property
    def mark(self) -> str:
        """As the statement of the state tells it."""
        kind = "g" if not self.is_live else "w" if self.picture_size is None else "p"
        return f"{self.change}.{self.placement}.{kind}"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a feed, as it is at this moment."""

    outlet_id: int
    outlet_since: datetime
    rows: tuple[Row, ...]
    state: str
    next_cursor: Cursor | None

    @property
    def untold(self) -> list[str]:
        """What this reader is told for the first time to be gone."""
        return [row.reference for row in self.rows if row.is_untold]


def state_of(token_hash: str, cursor: Cursor) -> tuple[int, str, bool] | None:
    """The outlet, what its page would be told by, and whether it owes an answer; None for no such outlet."""
    given = {"token_hash": token_hash, "change": cursor.change, "placement": cursor.placement}
    found = fetch_row(_STATE, given)
    return None if found is None else (found[0], found[1].removesuffix("!"), found[1].endswith("!"))


def page_of(token_hash: str, cursor: Cursor) -> Page | None:
    """One page of an outlet's feed; None where no outlet has that token."""
    found = fetch_all(
        _FEED, {"token_hash": token_hash, "change": cursor.change, "placement": cursor.placement}
    )
    if not found:
        return None
    outlet_id, since = found[0][:2]
    rows = [_row(values[2:]) for values in found if values[2] is not None]
    state = ",".join(row.mark for row in rows)
    more = len(rows) > PAGE
    told = tuple(rows[:PAGE])
    behind = Cursor(told[-1].change, told[-1].placement) if more else None
    return Page(outlet_id, since, told, state, behind)


def _row(values: tuple[Any, ...]) -> Row:
    shown = json.loads(values[10]) if values[10] else {}
    return Row(*(*values[:10], shown, *values[11:]))


@dataclass(frozen=True, slots=True)
class Item:
    """One placement on a playlist; one that is gone has no files."""

    reference: str
    is_live: bool
    is_untold: bool
    token: str
    live_at: datetime
    embargo_until: datetime | None
    expires_at: datetime | None
    files: list[tuple[str, str, int, str]] | None
    areas: list[tuple[str, str]] | None


@dataclass(frozen=True, slots=True)
class Board:
    """What a player is to show and to drop."""

    outlet_id: int
    formats: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def untold(self) -> list[str]:
        """What this player is told for the first time to be gone."""
        return [item.reference for item in self.items if item.is_untold]


def board_of(token_hash: str) -> Board | None:
    """The playlist of one outlet; None where no outlet has that token."""
    found = fetch_all(_PLAYLIST, {"token_hash": token_hash})
    if not found:
        return None
    outlet_id, formats = found[0][:2]
    return Board(outlet_id, tuple(formats), tuple(Item(*one[2:]) for one in found if one[2] is not None))


def outlet_at(token_hash: str) -> int | None:
    """The outlet whose token it is."""
    found = fetch_row(_ANY_OUTLET, {"token_hash": token_hash})
    return found[0] if found else None
