"""What floors that know no service may know of a Child Rescue Alert: what is public of it, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class AlertWords:
    """What a Child Rescue Alert says in one language (`en`, `cy`)."""

    language: str
    headline: str
    description: str
    instruction: str


@dataclass(frozen=True, slots=True)
class ToldAlert:
    """All that channels may know of a Child Rescue Alert that is out now, as its newest notice froze it.

    `notice_id` is the first notice that said just this, `page` is the path of its public page, `picture`
    where its picture is stored, or empty. Times are UTC. `clothing`, `place`, `suspect` and `vehicle` are in
    English.
    """

    alert_id: int
    notice_id: int
    reference: str
    incident_id: int
    area_ids: tuple[int, ...]
    page: str
    expires_at: datetime
    first_name: str
    age: int | None
    clothing: str
    place: str
    seen_at: datetime | None
    proposed_at: datetime
    suspect: str
    vehicle: str
    words: tuple[AlertWords, ...]
    picture: str
    alt_text: str
    alt_text_cy: str


# An alert by its id; None for one that is not out now, and for every rehearsal.
AlertTeller = Callable[[int], ToldAlert | None]
# What every page of the public site says at its top, as HTML in a language; empty while there is nothing.
Announcer = Callable[[str], SafeString]
