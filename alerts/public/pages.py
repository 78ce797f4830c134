"""The page of one alert, the page of all that are live, and the same for systems: from `Shown` alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from alerts.enums import Language
from alerts.public import addresses
from alerts.public.selectors import Shown, State
from foundation.clock import in_london
from foundation.ui.languages import WELSH, path_in, speaking

EVENT = "Child Rescue Alert"
HELPLINE = "116 000"
_MONTHS = (
    *("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin"),
    *("Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
)


def page(one: Shown, language: str, now: float | None = None) -> str:
    """The page of an alert in a language that it has words in."""
    other = Language.ENGLISH if language == WELSH else Language.WELSH
    given = {
        **_chrome(),
        **_card(one, language, now),
        "list_href": addresses.list_path(language=language),
        "other_href": addresses.page_path(one.token, language=other) if other in one.words else "",
        "page_address": addresses.page_address(one.token, language=language),
    }
    return _rendered("alerts_public/alert.html", given, language)


def everything(found: Sequence[Shown], language: str, now: float | None = None) -> str:
    """The page of all alerts that are live, or that none is."""
    welsh = language == WELSH
    given = {
        **_chrome(),
        "cards": [_card(one, _best(one, language), now, spoken=language) for one in found],
        "other_href": path_in(addresses.LIST, welsh=not welsh),
    }
    return _rendered("alerts_public/list.html", given, language)


def as_json(found: Sequence[Shown], now: float | None = None) -> str:
    """Every live alert for systems, with addresses in full. Times are in UTC."""
    return json.dumps({"alerts": [_entry(one, now) for one in found]}, ensure_ascii=False)


def banner(language: str) -> str:
    """That an alert is in force: it names neither a child nor a place, as pages are kept for minutes."""
    return _rendered("alerts_public/banner.html", {"href": addresses.list_path(language=language)}, language)


def states_of(found: Sequence[Shown]) -> frozenset[State]:
    """How the alerts stand that something is made of, as `selectors.states` tells it."""
    return frozenset(one.state for one in found)


def _best(one: Shown, language: str) -> str:
    return language if language in one.words else next(iter(one.words), Language.ENGLISH)


def _card(one: Shown, language: str, now: float | None, *, spoken: str = "") -> dict[str, object]:
    """What both pages show of one alert. `spoken` is the language of a page that is in another one."""
    said = spoken or language
    return {
        "one": one,
        "words": one.words.get(language),
        "written": "en-GB" if said == WELSH else "",
        "is_foreign": said == WELSH and language == Language.ENGLISH,
        "issued": said_moment(one.issued_at, said),
        "changed": said_moment(one.changed_at, said) if one.changed_at > one.issued_at else "",
        "seen": said_moment(one.seen_at, said) if one.seen_at else "",
        "areas": ", ".join(name for name, _ in one.areas),
        "alt_text": one.alt_text.get(said, ""),
        "picture": addresses.picture_path(one.token, now) if one.has_picture else "",
        "href": addresses.page_path(one.token, language=language),
    }


def _entry(one: Shown, now: float | None) -> dict[str, object]:
    return {
        "event": EVENT,
        "reference": one.reference,
        "issued_at": _stamp(one.issued_at),
        "updated_at": _stamp(one.changed_at),
        "expires_at": _stamp(one.expires_at),
        "areas": [{"name": name, "code": code} for name, code in one.areas],
        "polygon": one.polygon or None,
        "first_name": one.first_name,
        "age": one.age,
        "clothing": one.clothing,
        "last_seen_place": one.place,
        "last_seen_at": _stamp(one.seen_at) if one.seen_at else None,
        "suspect": one.suspect,
        "vehicle": one.vehicle,
        "words": {
            code: {
                "headline": said.headline,
                "description": said.description,
                "instruction": said.instruction,
                "page": addresses.page_address(one.token, language=code),
            }
            for code, said in one.words.items()
        },
        "picture": {
            "url": addresses.absolute(addresses.picture_path(one.token, now)),
            "content_type": "image/jpeg",
            "alt_text": one.alt_text,
        }
        if one.has_picture
        else None,
        "emergency": "999",
        "helpline": HELPLINE,
    }


def said_moment(moment: datetime, language: str) -> str:
    """A time as people say it, London's."""
    there = in_london(moment)
    if language == WELSH:
        return f"{there.day} {_MONTHS[there.month - 1]} {there.year} am {there:%H:%M}"
    return f"{there.day} {there:%B %Y} at {there:%H:%M}"


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _chrome() -> dict[str, object]:
    """What the skeleton needs where there is no request."""
    return {
        "product_name": settings.PRODUCT_NAME,
        "is_demo": not settings.IS_PRODUCTION,
        "helpline": HELPLINE,
        "helpline_href": HELPLINE.replace(" ", ""),
    }


def _rendered(template: str, given: dict[str, object], language: str) -> str:
    with speaking(language):
        return render_to_string(template, given)
