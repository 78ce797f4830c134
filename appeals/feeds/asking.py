"""An item's part for us as a request for an appeal: every value is checked before anything is written."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from appeals.feeds.problems import NotTaken
from appeals.services import ContentDetails, Words
from foundation.places.models import Area

LONGEST_REFERENCE = 80
_LONGEST = {"incident": 60, "kind": 18, "reason": 5_000, "police_view": 5_000}
_WORDS = frozenset({"language", "audience", "headline", "description", "clothing"})
_CONTENT = frozenset({"first_name", "surname", "show_surname", "age", "missing_since", "area", "wordings"})
_KNOWN = _CONTENT | _LONGEST.keys() | {"areas"}
_YES = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False, "": False}
_MARKUP = re.compile(r"<[a-z/!?]|&(?:#\d+|#x[0-9a-f]+|[a-z]+);", re.IGNORECASE)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Where an item gives no reason, its record says at least how it came.
_REASON = "The force shares its appeals by its feed."


@dataclass(frozen=True, slots=True)
class Asked:
    """What one item asks for."""

    incident: str
    kind: str
    reason: str
    police_view: str
    content: ContentDetails
    area_ids: tuple[int, ...]


def reference_of(item_id: str) -> str:
    """What an item is called here. One too long, or of signs that cannot be kept, is called by its sum."""
    if len(item_id) <= LONGEST_REFERENCE and item_id.isprintable():
        return item_id
    return "sha256-" + hashlib.sha256(item_id.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint_of(said: Mapping[str, Any]) -> str:
    """Of an item's part for us: the same again needs no look at the database."""
    text = json.dumps(said, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def asked_of(said: Mapping[str, Any], *, kind: str) -> Asked:
    """What an item asks for; `kind` where it says none. Raises `NotTaken`."""
    if strange := said.keys() - _KNOWN:
        raise NotTaken("fields", strange)
    plain = {name: _text(said, name, longest) for name, longest in _LONGEST.items()}
    if not plain["incident"]:
        raise NotTaken("no_appeal")
    areas = _areas(said)
    return Asked(
        incident=plain["incident"],
        kind=plain["kind"] or kind,
        reason=plain["reason"] or _REASON,
        police_view=plain["police_view"],
        content=ContentDetails(
            first_name=_text(said, "first_name", 60),
            surname=_text(said, "surname", 80),
            show_surname=_yes(said, "show_surname"),
            age=_age(said),
            missing_since=_day(said, "missing_since"),
            area_id=areas[0],
            wordings=_wordings(said),
        ),
        area_ids=areas[1:] or areas,
    )


def _text(said: Mapping[str, Any], name: str, longest: int) -> str:
    """Plain text. Raises `NotTaken`."""
    value = said.get(name, "")
    if value is None:
        return ""
    if not isinstance(value, str) or _NOT_TEXT.search(value) or len(value) > longest:
        raise NotTaken("fields", [name])
    if _MARKUP.search(value):
        raise NotTaken("markup")
    return value.strip()


def _yes(said: Mapping[str, Any], name: str) -> bool:
    value = said.get(name)
    found = value if isinstance(value, bool) else _YES.get(_text(said, name, 5).lower())
    if found is None:
        raise NotTaken("fields", [name])
    return found


def _age(said: Mapping[str, Any]) -> int | None:
    value = said.get("age")
    # JSON says it as a number; a yes is one too, to Python.
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(said, "age", 3)
    if text and not re.fullmatch(r"[0-9]{1,3}", text):
        raise NotTaken("fields", ["age"])
    return int(text) if text else None


def _day(said: Mapping[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(_text(said, name, 10))
    except ValueError:
        raise NotTaken("fields", [name]) from None


def _areas(said: Mapping[str, Any]) -> tuple[int, ...]:
    """The area that is shown, then those that it is aimed at. Raises `NotTaken` for one that is not there."""
    aimed = said.get("areas") or []
    if not isinstance(aimed, list) or len(aimed) > 50:
        raise NotTaken("fields", ["areas"])
    named = [said.get("area", ""), *aimed]
    codes = [_text({"area": code}, "area", 80) for code in named]
    if not codes[0]:
        raise NotTaken("fields", ["area"])
    known = dict(Area.objects.filter(code__in=codes).values_list("code", "pk"))
    if not known.keys() >= set(codes):
        raise NotTaken("area")
    return tuple(known[code] for code in (codes[0], *dict.fromkeys(codes[1:])))


def _wordings(said: Mapping[str, Any]) -> tuple[Words, ...]:
    rows = said.get("wordings")
    if not isinstance(rows, list) or not 0 < len(rows) <= 20:
        raise NotTaken("fields", ["wordings"])
    found = []
    for row in rows:
        if not isinstance(row, dict):
            raise NotTaken("fields", ["wordings"])
        if strange := row.keys() - _WORDS:
            raise NotTaken("fields", strange)
        texts: dict[str, Any] = {name: _text(row, name, 2_000) for name in row}
        found.append(Words(**{name: text for name, text in texts.items() if text}))
    return tuple(found)
