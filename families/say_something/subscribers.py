"""What Say Something does when messaging hands it a text whose number it has dropped."""

from __future__ import annotations

from datetime import datetime

from families.say_something import services


def take_text(provider_id: str, words: str, received_at: datetime) -> None:
    """A text that begins with SAY."""
    services.take_text(provider_id=provider_id, words=words, received_at=received_at)
