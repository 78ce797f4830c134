"""The playlist of a billboard player: what to show, where, how long, and what to drop."""

from __future__ import annotations

import json
from typing import Any

from appeals.deadlines import PICTURE_ADDRESS_LASTS
from appeals.public.addresses import ENDINGS, absolute, picture_path, signed_until
from appeals.public.outlets.entries import stamp
from appeals.public.outlets.reading import Board, Item

CONTENT_TYPE = "application/json"
SECONDS_ON_SCREEN = 10
# What a screen shows, to the kind of file that is made for it (`appeals.services.renditions`).
KINDS = {"1920x1080": "landscape", "1080x1920": "portrait", "1200x1800": "six-sheet"}


def written(board: Board, now: float) -> bytes:
    """The document. An item whose pictures are not made yet, or not in the player's formats, is left out."""
    formats = board.formats or tuple(KINDS)
    items = [_item(one, formats, now) for one in board.items if one.is_live]
    told = {
        # Without a fresh playlist for so long a player shows none of it: it may have been withdrawn.
        "good_for_seconds": int(PICTURE_ADDRESS_LASTS.total_seconds()),
        "items": [item for item in items if item["creatives"]],
        "drop": [one.reference for one in board.items if not one.is_live],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _item(one: Item, formats: tuple[str, ...], now: float) -> dict[str, Any]:
    files = {kind: (content_type, size, checksum) for kind, content_type, size, checksum in one.files or ()}
    signed = signed_until(one.token, now)
    creatives = []
    for shape in formats:
        kind = KINDS.get(shape, "")
        if kind in files and files[kind][0] in ENDINGS:
            content_type, size, checksum = files[kind]
            creatives.append(
                {
                    "format": shape,
                    "url": absolute(picture_path(one.token, kind, content_type, signed)),
                    "content_type": content_type,
                    "size_in_bytes": size,
                    "sha256": checksum,
                }
            )
    # A Child Rescue Alert goes before everything else that a player shows.
    ahead = {"priority": "alert"} if one.is_alert else {}
    return {
        "reference": one.reference,
        **ahead,
        "creatives": creatives,
        "areas": [{"name": name, "code": code} for name, code in one.areas or ()],
        "from": stamp(max(one.live_at, one.embargo_until or one.live_at)),
        "until": stamp(one.expires_at) if one.expires_at else None,
        "seconds": SECONDS_ON_SCREEN,
    }
