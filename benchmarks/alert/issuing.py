"""The issuer's click as a whole: `issue_alert` from its transaction's begin to its commit, for a million.

Five hundred places, as no statement of it is about a person. The peer does the same and writes a row for each
recipient in the same transaction; a bare commit is one row in a table of its own.
"""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import dataclass
from statistics import median

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from alerts import services
from alerts.audience.models import Bucket
from alerts.audience.services.buckets import buckets_of
from alerts.models import ChildRescueAlert, RunCost
from benchmarks.alert import audience, peer, setting
from foundation.messaging.models import BroadcastPart, Line
from foundation.places.models import Area, AreaKind, AreaParent
from tests.alerts import making

BOROUGHS = 125
TIMES = 15
WAYS = [(channel, language) for channel in ("sms", "email") for language in ("en", "cy")]


@dataclass
class Issued:
    """Milliseconds by the middle: ours, of it our processor's, a bare commit, a row per recipient as well."""

    people: int
    parts: int
    statements: int
    ours: float
    quickest: float
    processor: float
    bare: float
    a_row_each: float


@dataclass
class _Click:
    took: float
    processor: float
    alert: ChildRescueAlert
    statements: int


def measure(size: int) -> Issued:
    """Ours and a bare commit in turns, and once a row per recipient in the same transaction."""
    setting.clear()
    audience.make(size)
    peer.begin(0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_row (id bigint)")
    london, room = places(size), making.room_of_the_cast()
    _click(room, london)  # a first one warms what is kept for a process
    ours, bare = [], []
    for _ in range(TIMES):
        ours.append(_click(room, london))
        bare.append(_bare())
    runs = RunCost.objects.filter(run__notice__alert=ours[-1].alert)
    parts = BroadcastPart.objects.filter(broadcast_id__in=runs.values("run__broadcast_id"))
    took = [one.took for one in ours]
    return Issued(
        people=sum(runs.values_list("recipients", flat=True)),
        parts=parts.count(),
        statements=_click(room, london, counts=True).statements,
        ours=median(took),
        quickest=min(took),
        processor=median(one.processor for one in ours),
        bare=median(bare),
        a_row_each=_click(room, london, rows=size).took,
    )


def places(size: int) -> Area:
    """A region of so many boroughs, each with four ways to be told, that hold so many people together."""
    for channel in ("sms", "email"):
        values = {"channel": channel, "per_second": setting.UNPACED}
        Line.objects.update_or_create(name=f"bench-{channel}", defaults=values)
    london = making.area("London", "E12000007", AreaKind.REGION)
    places = []
    for number in range(BOROUGHS):
        borough = making.area(f"Borough {number}", f"E0900{number:04}", AreaKind.BOROUGH)
        AreaParent.objects.get_or_create(child=borough, parent=london)
        places += [(borough.pk, channel, language, False) for channel, language in WAYS]
    ids = buckets_of(places).values()
    Bucket.objects.filter(pk__in=ids).update(active=size // len(places))
    return london


def _click(room: making.Room, area: Area, *, rows: int = 0, counts: bool = False) -> _Click:
    """One issue of an alert that four people have brought so far."""
    ready = _ready(room, area)
    seen = CaptureQueriesContext(connection)  # keeping them costs time, so one click is for that alone
    began, worked = time.perf_counter(), time.process_time()
    with seen if counts else nullcontext(), transaction.atomic():
        services.issue_alert(actor=room.manager, alert_id=ready.pk, version=ready.version)
        if rows:
            _a_row_each(rows)
    took, processor = time.perf_counter() - began, time.process_time() - worked
    services.cancel_alert(actor=room.manager, alert_id=ready.pk, cancel_reason="stood_down")
    return _Click(took * 1000, processor * 1000, ready, len(seen) if counts else 0)


def _ready(room: making.Room, area: Area) -> ChildRescueAlert:
    child = making.missing_child(room.officer, room.superintendent)
    return making.ready(room, making.proposed(room, child, area_ids=[area.pk]))


def issued(room: making.Room, area: Area) -> ChildRescueAlert:
    """An alert that stays in force."""
    ready = _ready(room, area)
    services.issue_alert(actor=room.manager, alert_id=ready.pk, version=ready.version)
    return ready


def _a_row_each(size: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO bench_peer ("to", body, status)'
            " SELECT \"to\", 'x', 'queued' FROM bench_subscription WHERE id <= %s",
            [size],
        )


def _bare() -> float:
    began = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row VALUES (1)")
    return (time.perf_counter() - began) * 1000
