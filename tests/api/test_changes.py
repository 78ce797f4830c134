"""Changes since a cursor: none passed over and none told twice, whoever writes meanwhile."""

from __future__ import annotations

import json
import threading
import time
from typing import Any

import pytest
from django.db import connection, transaction

from foundation.actors import Actor
from missingcases import selectors, services
from missingcases.models import Incident
from tests.api.conftest import System
from tests.missingcases import making

# What settles waits for every transaction of the server: not beside the demonstration's, which takes minutes.
pytestmark = pytest.mark.xdist_group("settling")
WRITERS, EACH = 6, 8
PATIENCE = 180
# A name that nobody had before is written once: a second writer of the same one waits for the first.
OTHER_NAME = {"given_names": "Kit", "family_name": "Early"}


def test_a_revoked_sight_leaves_a_tombstone(
    committing_db: str, met_system: System, lambeth_system: System, met_supervisor: Any
) -> None:
    made = met_system.post("/incidents", {"placing_authority": "la-lambeth"}).json()
    reference = made["reference"]
    told, cursor = pulled(lambeth_system, 1)
    assert [one["standing"] for one in told] == ["record"]
    met_system.patch(f"/incidents/{reference}", {"version": made["version"], "placing_authority": None})
    told, cursor = pulled(lambeth_system, 1, cursor)
    assert [(one["reference"], one["standing"], one["incident"]) for one in told] == [
        (reference, "revoked", None)
    ]
    assert lambeth_system.get(f"/incidents/{reference}").status_code == 404
    assert lambeth_system.get(f"/changes?cursor={cursor}").json()["changes"] == []


def test_a_release_is_told_as_a_release(
    committing_db: str, met_system: System, charity_system: System, met_officer: Any, charity: Any
) -> None:
    incident = making.report(met_officer.actor)
    services.create_release(
        actor=met_officer.actor,
        incident_id=incident.pk,
        to_organisation_id=charity.pk,
        kind="service_request",
        fields={"wanted": "A grey hooded top"},
        purpose="For an appeal",
        lawful_basis="vital_interests",
        reason="To find them.",
    )
    told, _ = pulled(charity_system, 1)
    assert [(one["reference"], one["standing"], one["incident"]) for one in told] == [
        (incident.reference, "release", None)
    ]
    assert charity_system.get("/incidents").json()["incidents"] == []
    assert charity_system.get(f"/incidents/{incident.reference}").json() == {
        "reference": incident.reference,
        "standing": "release",
    }
    found = charity_system.get(f"/incidents/{incident.reference}/releases").json()["releases"]
    assert found[0]["fields"] == {"wanted": "A grey hooded top"}


@pytest.mark.django_db
def test_wrong_cursors_are_named(met_system: System) -> None:
    for wrong in ("x", "1", "1.2.3.4", "-1.2", "1..2", "9" * 30 + ".1"):
        answer = met_system.get(f"/changes?cursor={wrong}")
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")
    for wrong in ("1.x", "", "٣.٣"):
        with pytest.raises(ValueError, match="cursor"):
            selectors.changes_since(Actor.nobody(), wrong)


def pulled(system: System, wanted: int, cursor: str = "0.0", limit: int = 500) -> tuple[list[Any], str]:
    """Pull until so many changes came. Other writers of the same server may hold the settled part back."""
    told: list[Any] = []
    until = time.monotonic() + PATIENCE
    while len(told) < wanted and time.monotonic() < until:
        page = system.get(f"/changes?cursor={cursor}&limit={limit}").json()
        told, cursor = told + page["changes"], page["cursor"]
        if len(told) < wanted:
            time.sleep(0.2)  # a pull too many would be refused
    return told, cursor


def parsed(text: str) -> Any:
    return json.loads(text)


class Committed(threading.Thread):
    """Runs `work` with a connection of its own and keeps what it raised."""

    def __init__(self, work: Any) -> None:
        super().__init__(daemon=True)
        self.work, self.error = work, None

    def run(self) -> None:
        try:
            self.work()
        except BaseException as error:
            self.error = error
        finally:
            connection.close()


def test_an_incident_seen_through_two_rows_is_told_once(
    committing_db: str, met_system: System, lambeth_system: System
) -> None:
    both = {"placing_authority": "la-lambeth", "host_authority": "la-lambeth"}
    made = [met_system.post("/incidents", both).json()["reference"] for _ in range(3)]
    told, cursor = pulled(lambeth_system, 3, limit=2)
    assert [one["reference"] for one in told] == made
    assert lambeth_system.get(f"/changes?cursor={cursor}").json()["changes"] == []


def test_a_late_commit_below_a_seen_number_is_not_passed_over(
    committing_db: str, met_officer: Any, api_client: Actor
) -> None:
    """The writer that began first commits last: a reader by number alone would never tell of it."""
    begun, go = threading.Event(), threading.Event()
    early: list[str] = []

    def slow() -> None:
        with transaction.atomic():
            early.append(making.report(met_officer.actor, **OTHER_NAME).reference)
            begun.set()
            assert go.wait(20)

    writer = Committed(slow)
    writer.start()
    assert begun.wait(20)
    quick = making.report(met_officer.actor).reference
    between = selectors.changes_since(api_client)
    tag = selectors.version_of(api_client)
    assert early[0] not in between.json
    go.set()
    writer.join(20)
    assert writer.error is None
    told = [one["reference"] for one in parsed(between.json)]
    cursor, until = between.cursor, time.monotonic() + PATIENCE
    while len(told) < 2 and time.monotonic() < until:
        after = selectors.changes_since(api_client, cursor)
        told += [one["reference"] for one in parsed(after.json)]
        cursor = after.cursor
    assert sorted(told) == sorted([early[0], quick])
    assert selectors.version_of(api_client) != tag


def test_a_list_made_while_a_writer_runs_is_not_called_unchanged(
    committing_db: str, met_officer: Any, api_client: Actor
) -> None:
    begun, go = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            making.report(met_officer.actor, **OTHER_NAME)
            begun.set()
            assert go.wait(20)

    writer = Committed(slow)
    writer.start()
    assert begun.wait(20)
    before = selectors.version_of(api_client)
    making.report(met_officer.actor)
    between = selectors.version_of(api_client)
    assert between != before, "committed above the settled part: seen in the list, so told by the tag"
    go.set()
    writer.join(20)
    assert selectors.version_of(api_client) != between


def test_no_gap_and_no_repeat_under_many_writers(
    committing_db: str, met_officer: Any, api_client: Actor
) -> None:
    """Every incident is told while eight hands write and one reads; each change at most once."""
    made: list[str] = []
    told: list[tuple[str, str]] = []
    done = threading.Event()

    def write() -> None:
        for number in range(EACH):
            with transaction.atomic():
                incident = making.report(met_officer.actor)
                making_edit(incident, number)
            made.append(incident.reference)

    def making_edit(incident: Incident, number: int) -> None:
        services.edit_incident(
            actor=met_officer.actor,
            incident_id=incident.pk,
            version=incident.version,
            changes={"last_seen_place": f"Place {number}"},
        )

    def read() -> None:
        cursor = selectors.START
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            page = selectors.changes_since(api_client, cursor, size=3)
            told.extend((one["reference"], one["changed_at"]) for one in parsed(page.json))
            cursor = page.cursor
            if done.is_set() and len(told) >= len(made):
                return

    reader = Committed(read)
    writers = [Committed(write) for _ in range(WRITERS)]
    reader.start()
    for one in writers:
        one.start()
    for one in writers:
        one.join(120)
    done.set()
    reader.join(PATIENCE)
    assert [one.error for one in (*writers, reader)] == [None] * (WRITERS + 1)
    assert {reference for reference, _ in told} == set(made)
    assert len(told) == len(set(told)) == WRITERS * EACH
