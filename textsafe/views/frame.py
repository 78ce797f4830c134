"""The frame of the charity's desk: its parts, with what waits in each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from foundation.requests import actor_of
from textsafe import selectors
from textsafe.selectors.conversations import new_triage, open_escalations

_PARTS = (
    ("queue", "Screening"),
    ("conversations", "Conversations"),
    ("triage", "Unknown numbers"),
    ("concerns", "Concerns"),
    ("wordings", "Wordings"),
    ("policies", "Automatic texts"),
    ("switch", "Stop switch"),
    ("figures", "Figures"),
)


def desk(request: HttpRequest, current: str, **more: Any) -> dict[str, Any]:
    """The context of a page of the charity's desk."""
    actor = actor_of(request)
    now = timezone.now()
    counts = {
        "queue": selectors.screening_queue(actor, now=now).count(),
        "conversations": selectors.conversations_visible_to(actor).filter(reply_due_at__isnull=False).count(),
        "triage": new_triage(actor).count(),
        "concerns": open_escalations(actor).count(),
    }
    items = [
        {
            "label": label,
            "href": reverse(f"textsafe:{name}"),
            "current": name == current,
            "count": counts.get(name, 0),
        }
        for name, label in _PARTS
    ]
    return {"desk_items": items, "now": now, **more}
