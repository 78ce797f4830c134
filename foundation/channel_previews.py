"""What channels would show of a Child Rescue Alert that is not out yet: offered by whoever has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foundation.alerting import ToldAlert
from foundation.contributions import listed


@dataclass(frozen=True, slots=True)
class ChannelPreview:
    """What one channel would show of an alert in a language (`en`, `cy`): made by the functions that publish.

    `source` is as systems read it. `is_drawn`: there is a picture of this `key` to be drawn.
    """

    key: str
    label: str
    language: str
    words: str = ""
    source: str = ""
    is_drawn: bool = False


# What channels would show of an alert that may not be out yet; nothing of it is kept or sent.
AlertPreviewer = Callable[[ToldAlert], Sequence[ChannelPreview]]
# The PNG of one preview that is drawn. Raises `KeyError` for a key that is not.
AlertDrawer = Callable[[ToldAlert, str], bytes]


def alert_previews(told: ToldAlert) -> list[ChannelPreview]:
    """What channels would show of an alert, in the listed order."""
    return [one for previewer in listed("ALERT_PREVIEWS") for one in previewer(told)]


def alert_drawing(told: ToldAlert, key: str) -> bytes:
    """The PNG of one preview of a channel. Raises `KeyError` where none draws that."""
    for drawer in listed("ALERT_DRAWERS"):
        drawn: bytes = drawer(told, key)
        return drawn
    raise KeyError(key)
