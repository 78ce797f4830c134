"""Whether the keys and senders of CAP make sense; asked before anything starts."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from alerts.cap.senders import why_unfit


@register(Tags.security)
def check_cap(**_: Any) -> list[CheckMessage]:
    """A key that fits no certificate would make every alert unreadable for partners: better not to start."""
    return [Error(words, hint="See docs/cap.md.", id="cap.E001") for words in why_unfit()]
