"""The parts of the interviews' pages, as they are offered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.enums import Role
from foundation.requests import actor_of
from rhi import selectors
from rhi.states import ALLOCATORS


def desk(request: HttpRequest, current: str, **more: Any) -> dict[str, Any]:
    """The context of a page, with its neighbours; `current` is its name, with the namespace if not ours."""
    actor = actor_of(request)
    parts = [
        ("rhi:board", "Clocks", 0),
        ("interviews:list", "Written interviews", 0),
        ("interviews:actions", "Actions", 0),
        ("rhi:visits", "Visits", selectors.alarms_of(actor).count()),
    ]
    if actor.holds(ALLOCATORS):
        parts += [("rhi:interviewers", "Interviewers", 0), ("rhi:figures", "Figures", 0)]
    if actor.holds({Role.LOCAL_AUTHORITY}):
        parts.append(("rhi:arrangement", "Arrangement", 0))
    items = [
        {
            "label": label,
            "href": reverse(name),
            "current": name in {current, f"rhi:{current}"},
            "count": count,
        }
        for name, label, count in parts
    ]
    return {"desk_items": items, "now": timezone.now(), **more}
