"""Invented subscribers, to try the system with: never in production.

There are a thousand mobile numbers that belong to nobody, so those by text share them: each subscriber has a
key of its own, as if its number were. E-mail addresses are each one's own, below a domain that can have none.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from alerts.audience.enums import Source
from alerts.audience.models import Subscriber
from alerts.audience.newcomers import Newcomer
from alerts.audience.services.writing import write
from alerts.enums import AudienceChannel, Language
from foundation.access import Refusal, Refused
from foundation.fields import blind_index
from foundation.places import selectors as places
from foundation.places.models import Area, AreaKind

CHUNK = 10_000
SECOND_PLACE = 0.2  # of them ask for two places
IN_WELSH = 0.02
_HOMES = (AreaKind.BOROUGH, AreaKind.DISTRICT)


def make(*, count: int, seed: int, channel: str, is_test: bool = False) -> Iterator[int]:
    """Add `count` of them over today's boroughs and districts; yields how many there are after each chunk.

    The same seed gives the same ones; those made before are counted on, never made twice. Raises `Refused` in
    production and where there are no areas.
    """
    if settings.IS_PRODUCTION:
        raise Refused(Refusal("production", "Subscribers are not invented in production."))
    areas = list(
        Area.objects.filter(places.running_on(timezone.localdate()), kind__in=_HOMES).order_by("code")
    )
    if not areas:
        raise Refused(Refusal("no_areas", "There are no boroughs and districts yet; load them first."))
    ids = [area.pk for area in areas]
    before = Subscriber.objects.filter(source=Source.MADE, channel=channel, is_test=is_test).count()
    chance, made, now = random.Random(f"{seed}:{before}"), 0, timezone.now()  # noqa: S311 - no secret
    while made < count:
        size = min(CHUNK, count - made)
        first = before + made
        chunk = [_one(chance, f"{seed}.{first + n}", first + n, channel, ids, now) for n in range(size)]
        write(chunk, source=Source.MADE, is_test=is_test)
        made += size
        yield made


def _one(
    chance: random.Random, name: str, number: int, channel: str, areas: list[int], now: datetime
) -> Newcomer:
    home = chance.choice(areas)
    chosen = {home, chance.choice(areas)} if chance.random() < SECOND_PLACE else {home}
    to = f"+447700900{number % 1000:03d}" if channel == AudienceChannel.SMS else f"made.{name}@people.test"
    return Newcomer(
        channel=channel,
        to=to,
        to_key=blind_index(
            f"made.{name}" if channel == AudienceChannel.SMS else to, purpose=f"messaging.{channel}"
        ),
        language=Language.WELSH if chance.random() < IN_WELSH else Language.ENGLISH,
        area_ids=tuple(sorted(chosen)),
        consent="made to try the system",
        consented_at=now - timedelta(days=chance.randrange(700)),
    )
