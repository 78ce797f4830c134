"""Systems give and are given the area of a last sighting by its code."""

from __future__ import annotations

from typing import Any

import pytest

from missingcases.models import Incident
from tests.api.conftest import System

pytestmark = pytest.mark.django_db
SEEN: dict[str, Any] = {"last_seen_at": "2026-11-20T11:30:00Z", "last_seen_area": "E09000022"}


def problem(answer: Any) -> tuple[int, list[dict[str, str]]]:
    return answer.status_code, answer.json()["errors"]


def test_it_is_reported_told_corrected_and_taken_back(met_system: System) -> None:
    told = met_system.post("/incidents", SEEN).json()
    assert told["last_seen_area"] == "E09000022"
    at = f"/incidents/{told['reference']}"
    changed = met_system.patch(at, {"version": told["version"], "last_seen_area": "met-central-south"}).json()
    assert changed["last_seen_area"] == met_system.get(at).json()["last_seen_area"] == "met-central-south"
    cleared = met_system.patch(at, {"version": changed["version"], "last_seen_area": None}).json()
    assert cleared["last_seen_area"] is None


@pytest.mark.parametrize("code", ["E09999999", "Lambeth", "a\u0000b", "\ud800", "x" * 9000, " "])
def test_a_code_of_no_area_is_named(met_system: System, code: str) -> None:
    status, errors = problem(met_system.post("/incidents", SEEN | {"last_seen_area": code}))
    assert (status, [one["field"] for one in errors]) == (422, ["last_seen_area"])
    assert not Incident.objects.exists()


def test_an_area_that_had_ended_is_named_with_the_day(met_system: System) -> None:
    ended = SEEN | {"last_seen_area": "met-borough-lambeth"}
    status, errors = problem(met_system.post("/incidents", ended))
    said = "Lambeth borough command ended on 1 July 2018. Choose an area of the day they were last seen."
    assert (status, errors) == (422, [{"field": "last_seen_area", "message": said}])
    then = {"last_seen_at": "2016-03-01T11:30:00Z", "reported_at": "2016-03-01T12:30:00Z"}
    assert met_system.post("/incidents", ended | then).status_code == 201


def test_another_force_cannot_ask_by_it(met_system: System, kent_system: System) -> None:
    reference = met_system.post("/incidents", SEEN).json()["reference"]
    refused = kent_system.patch(f"/incidents/{reference}", {"version": 1, "last_seen_area": "E09000022"})
    assert refused.status_code == 404
