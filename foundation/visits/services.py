"""What happens to a visit, whoever's it is: the service has shown that it may, and holds it locked.

Each verb runs in the caller's transaction. `Kind` says which service's visits these are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.utils import timezone

from foundation.actors import Actor
from foundation.exceptions import Invalid
from foundation.messaging import services as messaging
from foundation.states import StateTable, move
from foundation.visits.deadlines import LONGEST, alarm_at
from foundation.visits.enums import VisitMarker, VisitStatus
from foundation.visits.models import LoneVisit

V = TypeVar("V", bound=LoneVisit)
_V = VisitStatus


@dataclass(frozen=True, slots=True)
class Kind:
    """One service's visits: their table, and the label by which messaging knows their calls."""

    label: str
    table: StateTable


@dataclass(frozen=True, slots=True)
class Plan:
    """Where somebody goes alone, whom they meet, and when they are back."""

    place: str
    with_whom: str
    starts_at: datetime
    ends_at: datetime
    markers: Sequence[str] = ()
    safety_note: str = ""

    def fields(self, *, minutes: int) -> dict[str, object]:
        """The columns of a visit that calls when it is `minutes` late."""
        return {
            "place": self.place.strip(),
            "with_whom": self.with_whom.strip(),
            "markers": list(self.markers),
            "safety_note": self.safety_note.strip(),
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "alarm_at": alarm_at(self.starts_at, minutes=minutes),
        }


def check(plan: Plan) -> None:
    """Raise `Invalid` by field for a plan that would leave somebody unfindable."""
    problems: dict[str, str] = {}
    if not plan.place.strip():
        problems["place"] = "Say where you will be, so that somebody can come."
    if not plan.with_whom.strip():
        problems["with_whom"] = "Say whom you will meet."
    if plan.starts_at < timezone.now() - timedelta(hours=1):
        problems["starts_at"] = "Plan a visit before it begins."
    if not timedelta(0) < plan.ends_at - plan.starts_at <= LONGEST:
        problems["ends_at"] = "Give an end after the beginning, at most eight hours later."
    if any(one not in VisitMarker.values for one in plan.markers):
        problems["markers"] = "Choose from the listed values."
    if problems:
        raise Invalid(problems)


def begin(visit: V, kind: Kind, *, actor: Actor, minutes: int) -> V:
    """They are there. From now on the visit's end is watched."""
    now = timezone.now()
    watched = alarm_at(max(visit.ends_at, now), minutes=minutes)
    return _moved(visit, kind, _V.UNDER_WAY, actor, {"checked_in_at": now, "alarm_at": watched})


def finish(visit: V, kind: Kind, *, actor: Actor) -> V:
    """They are away and safe. Where calls went out already a manager still says what it was."""
    return _moved(visit, kind, _V.ENDED, actor, {"checked_out_at": timezone.now(), "alarm_at": None})


def call_off(visit: V, kind: Kind, *, actor: Actor, reason: str) -> V:
    """They are not going."""
    return _moved(visit, kind, _V.CANCELLED, actor, {"alarm_at": None}, reason=reason)


def settle(visit: V, kind: Kind, *, actor: Actor, resolution: str) -> V:
    """A manager says what became of somebody who was not heard of. Raises `Invalid` without words."""
    if not resolution.strip():
        raise Invalid({"resolution": "Say what you found out and did. This is kept with the record."})
    changes = {
        "resolution": resolution.strip(),
        "resolved_at": timezone.now(),
        "resolved_by_id": actor.user_id,
        "alarm_at": None,
    }
    return _moved(visit, kind, _V.RESOLVED, actor, changes)


def _moved(visit: V, kind: Kind, to: str, actor: Actor, changes: dict[str, object], *, reason: str = "") -> V:
    """Whatever is said of a visit takes back the calls that wait."""
    moved = move(visit, kind.table, to, actor=actor, reason=reason, changes=changes)
    messaging.cancel_for_owner(actor=actor, owner_label=kind.label, owner_ids=[visit.pk], cause="taken_up")
    return moved
