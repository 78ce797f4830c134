"""The walls, all of them through running servers: what no door refuses by role alone, asked over HTTP."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

from foundation.audit.models import AuditEvent
from tests.faults.counting import seal_everything
from tests.faults.table import BROKEN, HOLDS, write_row
from tests.processes import Processes
from tests.walls.matrix import over_http
from tests.walls.matrix.conftest import standing
from tests.walls.matrix.walking import Seen, Walk
from tests.walls.matrix.whole import Matrix

__all__ = ["standing"]
FAULT = "everybody tries every wall"
SITES = 2


def left_by_the_sample(matrix: Matrix) -> list[over_http.Pair]:
    """Every viewer and address but those of the sample, and those that a door shuts by role alone."""
    sample = {
        (viewer.name, one.name) for viewer, one in over_http.pairwise(matrix.viewers, matrix.interfaces)
    }
    found = []
    for viewer in matrix.viewers:
        walk = Walk(viewer)
        for one in matrix.interfaces:
            if (viewer.name, one.name) not in sample and not walk.is_shut_out(one):
                found.append((viewer, one))
    return found


def test_every_wall_holds_through_running_servers(
    standing: Matrix, processes: Processes, record_property: Any
) -> None:
    pairs = left_by_the_sample(standing)
    bases = [processes.web(f"staff-{number}", "config.urls") for number in range(SITES)]
    takes_no_look: set[str] = set()
    callers = [over_http.Caller(base) for base in bases]

    def round_of(number: int) -> list[Seen]:
        """Half of them, by one of the sites. What takes no look from one, takes none from anybody."""
        found: list[Seen] = []
        try:
            for viewer, one in pairs[number::SITES]:
                if one.name not in takes_no_look:
                    found += callers[number].ask([(viewer, one)])
                    if found[-1].status == 405:
                        takes_no_look.add(one.name)
        finally:
            connections.close_all()
        return found

    with ThreadPoolExecutor(SITES) as pool:
        seen = [one for part in pool.map(round_of, range(SITES)) for one in part]
    leaks = standing.denied.leaks(seen)
    broken = [one for one in seen if one.status >= 500]
    run = sum(len(standing.denied.of[one.viewer.name]) for one in seen)
    record_property("walls", f"{run} cells run of {standing.generated} generated, through HTTP")
    sealed = seal_everything()
    holds = not leaks and not broken and sealed and len(seen) > 1000
    row = {
        "fault": FAULT,
        "hit": len(seen),
        "intended": standing.generated,
        "accepted": run,
        "unknown": len(broken),
        "doubled": 0,
        "mistaken": len(leaks),
        "audit rows": AuditEvent.objects.count(),
        "sealed": "yes" if sealed else "NO",
        "verdict": HOLDS if holds else BROKEN,
    }
    write_row(row)
    assert holds, (leaks[:20], broken[:5])
