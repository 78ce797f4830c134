"""What a check-in may hold: references of placements, and the time at the player. Nothing else is kept."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from foundation.problems import Problem

LARGEST = 64 * 1024
MOST = 1000
_REFERENCE = re.compile(r"PL-[0-9A-Z-]{4,13}")
_REFERENCES = f"Send a list of at most {MOST} references, as the playlist gives them."


def read(request: HttpRequest) -> dict[str, Any]:
    """The check-in. Raises `Problem`, and then nothing is kept."""
    given = _object(request)
    errors = {
        name: _REFERENCES for name in ("showing", "dropped") if not _are_references(given.get(name, []))
    }
    if "showing" not in given:
        errors["showing"] = "Say what is shown; an empty list for nothing."
    if not _is_time(given.get("at")):
        errors["at"] = "Send the time at the player as 2026-11-28T18:00:00Z, or leave it out."
    if unknown := sorted(set(given) - {"showing", "dropped", "at"}):
        errors[unknown[0][:40]] = "This is not read here."
    if errors:
        raise Problem(422, "invalid", "Nothing of it was kept.", errors=errors)
    return {"showing": given["showing"], "dropped": given.get("dropped", []), "at": given.get("at") or ""}


def _object(request: HttpRequest) -> dict[str, Any]:
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = LARGEST + 1
    if length > LARGEST:
        raise Problem(413, "too_large", f"Send at most {LARGEST // 1024} kilobytes.")
    try:
        given = json.loads(request.body)
    except RequestDataTooBig:
        raise Problem(413, "too_large", f"Send at most {LARGEST // 1024} kilobytes.") from None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise Problem(400, "not_json", 'Send JSON such as {"showing": [], "dropped": []}.')
    return given


def _are_references(given: object) -> bool:
    return (
        isinstance(given, list)
        and len(given) <= MOST
        and all(isinstance(one, str) and _REFERENCE.fullmatch(one) for one in given)
    )


def _is_time(given: object) -> bool:
    if given is None:
        return True
    try:
        return isinstance(given, str) and len(given) <= 40 and datetime.fromisoformat(given) is not None
    except ValueError:
        return False
