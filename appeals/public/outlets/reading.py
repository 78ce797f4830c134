"""What one outlet may read now: through the window that tests at each read whether it may be shown.

One statement finds the outlet by its token and its rows, newest change first; of an outlet that is switched
off all rows are ends. Nothing is kept between two
requests, so a stop depends on no subscriber and nothing can be stale.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from appeals.enums import Language
from foundation.prepared import fetch_all, fetch_row

PAGE = 100
MOST_ON_A_PLAYLIST = 1000
# How long it is told that something is gone.
TOLD_FOR_DAYS = 30
_BIGGEST = 2**63 - 1
FEED_PICTURE = "size960"
_IN_ORDER = tuple(Language.values)

_OUTLET = """
    outlet AS (
        SELECT id, created_at, formats FROM appeals_outlet
        WHERE token_hash = %(token_hash)s AND channel = '{channel}'
        AND NOT EXISTS (SELECT FROM backups_holdstep WHERE step = 'public' AND released_at IS NULL)
    )
"""
_LEFT_AT = """
    COALESCE(p.gone_at, CASE WHEN p.expires_at <= now() THEN p.expires_at ELSE p.updated_at END)
"""
# An embargo that is over is none any more, and its end is a change.
_EMBARGO = "CASE WHEN p.embargo_until > now() THEN p.embargo_until END"
_CHANGED_AT = """
    GREATEST(p.updated_at, CASE WHEN p.embargo_until <= now() THEN p.embargo_until END)
"""
_MINE = f"""
    (p.is_live OR {_LEFT_AT} > now() - interval '{TOLD_FOR_DAYS} days')
"""
_BEFORE = "(p.change, p.placement_id) < (%(change)s::bigint, %(placement)s::bigint)"
_NEWEST = "ORDER BY p.change DESC, p.placement_id DESC"
_ALERTS_FIRST = "ORDER BY p.is_alert DESC, p.change DESC, p.placement_id DESC"
_PICTURE = f"""
    LEFT JOIN appeals_rendition picture
    ON picture.content_id = p.content_id AND picture.kind = '{FEED_PICTURE}' AND picture.language = 'en'
"""
# `told` names the whole page: which rows there are, how each stands, whether it has its picture, and whether
# an embargo is on it. The rows come along unless the reader knows that page, and always where it has not been
# told of an end.
_FEED = f"""
    WITH {_OUTLET.format(channel="media_feed")}, one AS MATERIALIZED (
        SELECT p.reference, p.change, p.placement_id, p.is_live, p.is_untold, p.token, p.live_at,
               {_CHANGED_AT} AS updated_at, {_EMBARGO} AS embargo_until, {_LEFT_AT} AS left_at,
               CASE WHEN p.is_live THEN p.shown END AS shown,
               CASE WHEN p.is_live THEN picture.content_type END AS picture_type, picture.size, p.page
        FROM outlet JOIN appeals_public_placement p ON p.outlet_id = outlet.id {_PICTURE}
        WHERE {_MINE} AND {_BEFORE} {_NEWEST} LIMIT {PAGE + 1}
    ), page AS (
        SELECT md5(COALESCE(string_agg(
                   concat_ws('.', change, placement_id, is_live::int, (picture_type IS NULL)::int,
                             (embargo_until IS NULL)::int), ','
                   ORDER BY change DESC, placement_id DESC), '')) AS told,
               COALESCE(bool_or(is_untold), false) AS is_untold
        FROM one
    )
    SELECT outlet.id, outlet.created_at, page.told, page.told <> %(known)s OR page.is_untold, one.*
    FROM outlet CROSS JOIN page LEFT JOIN one ON page.told <> %(known)s OR page.is_untold
    ORDER BY one.change DESC, one.placement_id DESC
"""  # noqa: S608 - the parts are constants of this file
_PLAYLIST = f"""
    WITH {_OUTLET.format(channel="billboard")}
    SELECT outlet.id, outlet.formats, one.* FROM outlet LEFT JOIN LATERAL (
        SELECT p.reference, p.is_live, p.is_untold, p.token, p.live_at, p.embargo_until, p.expires_at,
               (SELECT json_agg(json_build_array(file.kind, file.content_type, file.size, file.checksum))
                FROM appeals_rendition file WHERE p.is_live AND file.content_id = p.content_id) AS files,
               (SELECT json_agg(json_build_array(area.name, area.code) ORDER BY area.id)
                FROM places_area area WHERE p.is_live AND area.id = ANY(p.area_ids)) AS areas,
               p.is_alert
        FROM appeals_public_placement p
        WHERE p.outlet_id = outlet.id AND {_MINE}
        AND (NOT p.is_live OR p.embargo_until IS NULL OR p.embargo_until <= now())
        {_ALERTS_FIRST} LIMIT {MOST_ON_A_PLAYLIST}
    ) one ON true
"""  # noqa: S608
_ANY_OUTLET = """
    SELECT id FROM appeals_outlet
    WHERE token_hash = %(token_hash)s AND channel IN ('media_feed', 'billboard')
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
    page: str = ""

    @property
    def changed_at(self) -> datetime:
        """When readers had to look again."""
        return self.updated_at if self.is_live else self.left_at


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a feed, as it is at this moment. Of one that its reader knows only `told` is here."""

    outlet_id: int
    outlet_since: datetime
    told: str
    is_news: bool
    rows: tuple[Row, ...]
    next_cursor: Cursor | None

    @property
    def untold(self) -> list[str]:
        """What this reader is told for the first time to be gone."""
        return [row.reference for row in self.rows if row.is_untold]


def page_of(token_hash: str, cursor: Cursor, known: str = "") -> Page | None:
    """One page of an outlet's feed; None where none has that token. `known` is `told` of an earlier one."""
    given = {"token_hash": token_hash, "change": cursor.change, "placement": cursor.placement}
    found = fetch_all(_FEED, given | {"known": known})
    if not found:
        return None
    rows = [_row(values[4:]) for values in found if values[4] is not None]
    behind = Cursor(rows[PAGE - 1].change, rows[PAGE - 1].placement) if len(rows) > PAGE else None
    return Page(*(*found[0][:4], tuple(rows[:PAGE]), behind))


def _row(values: tuple[Any, ...]) -> Row:
    stored = json.loads(values[10]) if values[10] else {}
    shown = {code: stored[code] for code in _IN_ORDER if code in stored}  # stored, they have none
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
    is_alert: bool = False


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
