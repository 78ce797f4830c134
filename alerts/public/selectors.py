"""Every read of the public site: through the one window, which tests at each read what may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alerts.enums import Language
from alerts.public.models import PublicAlert
from foundation.places.models import Area
from foundation.prepared import fetch_all, fetch_row

MOST = 100
_LET_GO = "NOT EXISTS (SELECT FROM backups_holdstep WHERE step = 'public' AND released_at IS NULL)"
_STATE_OF_ONE = f"""
    SELECT token, notice_id, picture_name, expires_at FROM alerts_public_alert
    WHERE token = %(token)s AND is_live AND {_LET_GO}
"""  # noqa: S608 - the parts are constants of this file
_STATES = f"""
    SELECT live.token, live.notice_id, live.picture_name, live.expires_at
    FROM (SELECT WHERE {_LET_GO}) AS let_go
    LEFT JOIN (
        SELECT * FROM alerts_public_alert WHERE is_live ORDER BY issued_at DESC, alert_id DESC LIMIT {MOST}
    ) AS live ON true
"""  # noqa: S608
_ANY_LIVE = "SELECT EXISTS (SELECT FROM alerts_public_alert WHERE is_live)"
_IN_ORDER = tuple(Language.values)

# Token, notice, picture and end of one live alert: all that what is shown of it depends on.
State = tuple[str, int, str | None, datetime]


@dataclass(frozen=True, slots=True)
class Words:
    """What an alert says in one language."""

    language: str
    headline: str
    description: str
    instruction: str


@dataclass(frozen=True, slots=True)
class Shown:
    """All that may be told of one live alert, as its newest notice froze it. Times are UTC, ages years.

    `clothing`, `place`, `suspect` and `vehicle` are as they were written, in English.
    """

    token: str
    reference: str
    state: State
    issued_at: datetime
    changed_at: datetime
    expires_at: datetime
    areas: tuple[tuple[str, str], ...]
    words: dict[str, Words]
    first_name: str
    age: int | None
    clothing: str
    place: str
    seen_at: datetime | None
    suspect: str
    vehicle: str
    alt_text: dict[str, str]
    polygon: str
    has_picture: bool
    awaits_picture: bool


def state_at(token: str) -> State | None:
    """How the live alert at an address stands; None where it may not be shown, or nothing may."""
    found = fetch_row(_STATE_OF_ONE, {"token": token})
    return None if found is None else (found[0], found[1], found[2], found[3])


def states() -> frozenset[State] | None:
    """How every live alert stands; None where the site is held."""
    found: list[Any] = fetch_all(_STATES, {})
    return frozenset(one for one in found if one[0] is not None) if found else None


def any_live() -> bool:
    """Whether any alert may be shown now."""
    found = fetch_row(_ANY_LIVE, {})
    return bool(found and found[0])


def was_issued(token: str) -> bool:
    """Whether an alert was ever shown at this address."""
    return PublicAlert.objects.filter(token=token).exists()


def shown_at(token: str) -> Shown | None:
    """The live alert at an address."""
    return next(iter(_shown(PublicAlert.objects.filter(token=token, is_live=True))), None)


def all_shown() -> list[Shown]:
    """Every live alert, the newest first."""
    return _shown(PublicAlert.objects.filter(is_live=True).order_by("-issued_at", "-alert_id")[:MOST])


def picture_of(token: str) -> str | None:
    """Where the picture of a live alert lies; empty where there is none, None where it may not be shown."""
    live = PublicAlert.objects.filter(token=token, is_live=True, has_lost_picture=False)
    row = live.values_list("picture_name", flat=True)
    found = list(row[:1])
    return (found[0] or "") if found else None


def _shown(rows: Iterable[PublicAlert]) -> list[Shown]:
    found = list(rows)
    ids = {pk for row in found for pk in row.area_ids}
    names = {
        pk: (name, code)
        for pk, name, code in Area.objects.filter(pk__in=ids).values_list("pk", "name", "code")
    }
    return [shown_from(row, row.shown, names) for row in found if row.shown is not None]


def shown_from(row: PublicAlert, said: dict[str, Any], names: dict[int, tuple[str, str]]) -> Shown:
    """One row of the window, with the names and codes of its areas."""
    seen_at = said["last_seen_at"]
    wordings = {one["language"]: one for one in said["wordings"]}
    return Shown(
        token=row.token,
        reference=row.reference,
        state=(row.token, row.notice_id, row.picture_name, row.expires_at),
        issued_at=row.issued_at,
        changed_at=row.changed_at,
        expires_at=row.expires_at,
        areas=tuple(sorted(names[pk] for pk in row.area_ids if pk in names)),
        words={code: Words(**wordings[code]) for code in _IN_ORDER if code in wordings},
        first_name=said["first_name"],
        age=said["age"],
        clothing=said["clothing"],
        place=said["last_seen_place"],
        seen_at=datetime.fromisoformat(seen_at) if seen_at else None,
        suspect=said["suspect"],
        vehicle=said["vehicle"],
        alt_text={"en": said["alt_text"], "cy": said["alt_text_cy"] or said["alt_text"]},
        polygon=said["polygon"],
        has_picture=row.picture_name is not None,
        awaits_picture=bool(said["has_picture"]) and row.picture_name is None,
    )
