"""The reading loads at a small size: what each costs in statements and buffers, whoever else is busy.

A change settles once no earlier transaction of the server runs, so `pull_500_changed` is not here.
"""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.db import connection
from django.urls import clear_url_caches, set_urlconf

from benchmarks.loading import named
from benchmarks.seeded import fill
from tests.processes import wait_until

# What settles waits for every transaction of the server: not beside the demonstration's, which takes minutes.
pytestmark = pytest.mark.xdist_group("settling")
ROWS = 3000
# Statements and buffers of our side. Raise one only with a reason.
GATES = {
    "api_list": (2, 500),
    "api_list_deep": (2, 500),
    "list_page": (13, 1500),  # each row has its reviews and flags, which the page tells of
    "pull_nothing_new": (1, 30),
    "name_search": (3, 300),
    "wall_list": (2, 150),
    "wall_intake": (2.5, 250),  # a name that few sound like is looked up once more
    "wall_search": (1, 400),
    "wall_timeline": (1, 110),
}


@pytest.fixture
def national(committing_db: str, redis_url: str, settings: LazySettings) -> None:
    """A small national table, committed, and the peers' views beside the site's own."""
    settings.ROOT_URLCONF = "benchmarks.urls"
    settings.API_REQUESTS_A_MINUTE = 100_000
    clear_url_caches()
    set_urlconf(None)
    fill(ROWS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        filled = cursor.fetchone()[0]
    wait_until(lambda: settled() > filled, "the transactions of others that began before", seconds=180)


def settled() -> int:
    """Below this number nothing runs any more; above it a pull looks at every row that was written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def test_every_side_tells_the_same_and_ours_stays_below_its_gates(national: None) -> None:
    seen, missed = {}, []
    for name in GATES:
        ready = named(name).prepare(ROWS)
        try:
            counts = ready.counters()
            seen[name] = (counts["queries"], counts["buffers"])
            if name != "name_search":  # how well it finds is held elsewhere (tests/missingcases/matching)
                missed += [f"{name}: {check}" for check in ready.checks() if not check.reached]
        finally:
            ready.close()
    assert missed == []
    above = {name: pair for name, pair in seen.items() if not within(pair, GATES[name])}
    assert above == {}


def within(seen: tuple[float, float], gates: tuple[float, float]) -> bool:
    return all(one <= gate for one, gate in zip(seen, gates, strict=True))
