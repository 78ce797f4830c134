"""The walls through a running server: each role and organisation meets each part of it.

Not in the folder of the matrix, whose world stands in a transaction that stays open: here commits are real.
"""

from __future__ import annotations

from tests.walls.matrix import interfaces, over_http, viewers
from tests.walls.matrix.conftest import standing

__all__ = ["standing"]


def test_a_sample_through_a_running_server_reads_nothing_hidden(standing, processes, record_property) -> None:
    caller = over_http.Caller(processes.web("staff", "config.urls"))
    pairs = over_http.pairwise(standing.viewers, standing.interfaces)
    seen = list(caller.ask(pairs))
    run = sum(len(standing.denied.of[viewer.name]) for viewer, _ in pairs)
    record_property("walls", f"{run} cells run of {standing.generated} generated, through HTTP")
    assert standing.denied.leaks(seen) == []
    assert {(one.viewer.name, one.interface.name) for one in seen if one.status >= 500} == set()
    # Signed in and let through: those who may know do read.
    assert {one.viewer.place for one in seen if one.markers & standing.world.marks.keys()} >= {
        viewers.FORCE,
        viewers.CHARITY,
    }
    assert {one.status for one in seen} >= {200, 302, 403, 404}


def test_every_role_and_every_organisation_meets_every_part() -> None:
    people = [viewers.Viewer(place, role) for place in ("a", "b", "c") for role in ("x", "y", "z")]
    parts = [interfaces.Interface(f"{space}:{page}", "/") for space in "mnop" for page in "123"]
    pairs = over_http.pairwise(people, parts)
    met = {(over_http.space_of(one), viewer.role) for viewer, one in pairs}
    assert met == {(space, role) for space in "mnop" for role in "xyz"}
    met = {(over_http.space_of(one), viewer.place) for viewer, one in pairs}
    assert met == {(space, place) for space in "mnop" for place in "abc"}
    assert pairs == over_http.pairwise(people, parts)
    assert len(pairs) < len(people) * len(parts) / 3
