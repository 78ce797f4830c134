"""A force's system asks for publicity and follows it; a partner's system reads what is published to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from appeals.enums import Origin, Sharing
from appeals.models import Appeal, SharingPolicy
from tests.api.conftest import System
from tests.appeals import making

pytestmark = pytest.mark.django_db


def asked(**given: Any) -> dict[str, Any]:
    content = {
        "first_name": "Robin",
        "age": 46,
        "missing_since": "2026-11-01",
        "area": making.area().code,
        "wordings": [{"description": making.DESCRIPTION, "headline": "Have you seen Robin?"}],
    }
    return {"reason": "No lead so far.", "content": content | given.pop("content", {})} | given


@pytest.fixture
def reference(met: Any, charity: Any, met_system: System) -> str:
    found: str = met_system.post("/incidents", {"person": {"estimated_age": 46}}).json()["reference"]
    return found


def test_asking_twice_is_one_draft_at_the_charity(met_system: System, reference: str) -> None:
    at = f"/incidents/{reference}/appeals"
    first = met_system.post(at, asked(), key="appeal-0001")
    assert first.status_code == 201, first.content
    assert met_system.post(at, asked(), key="appeal-0001").content == first.content
    row = Appeal.objects.get()
    assert (row.status, row.origin, row.requested_by_id) == ("requested", Origin.SYSTEM, None)
    assert {"authorised", "consent", "risk_checked"} <= set(first.json()["to_do"])
    assert met_system.get(at).json()["appeals"][0]["reference"] == row.reference


def test_what_the_force_calls_it_makes_it_the_same_appeal(met_system: System, reference: str) -> None:
    at = f"/incidents/{reference}/appeals"
    first = met_system.post(at, asked(external_reference="A/1"))
    again = met_system.post(at, asked(external_reference="A/1"))
    assert (again.status_code, again.json()["reference"]) == (201, first.json()["reference"])


def test_other_forces_and_authorities_read_none_of_it(
    met_system: System, kent_system: System, lambeth_system: System, reference: str
) -> None:
    made = met_system.post(f"/incidents/{reference}/appeals", asked()).json()
    for other in (kent_system, lambeth_system):
        assert other.get(f"/appeals/{made['reference']}").status_code == 404
        assert other.get(f"/incidents/{reference}/appeals").status_code == 404
        body = {"reason": "Not ours."}
        assert other.post(f"/appeals/{made['reference']}/withdraw", body).status_code == 404
        assert other.get("/placements").json()["placements"] == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"content": {"area": "E99999999"}}, "content.area"),
        ({"content": {"first_name": ""}}, "content.first_name"),
        ({"content": {"age": 300}}, "content.age"),
        ({"content": {"wordings": []}}, "content.wordings"),
        ({"content": {"missing_since": "2999-01-01"}}, "missing_since"),
        ({"content": {"health": "ill"}}, "content.health"),
        ({"kind": "loud"}, "kind"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_cannot_be_taken_is_named_and_changes_nothing(
    met_system: System, reference: str, given: dict[str, Any], field: str
) -> None:
    refused = met_system.post(f"/incidents/{reference}/appeals", asked(**given))
    assert (refused.status_code, [one["field"] for one in refused.json()["errors"]]) == (422, [field])
    assert not Appeal.objects.exists()


def test_a_found_person_gets_no_appeal_and_a_withdrawn_one_is_not_withdrawn_again(
    met_system: System, reference: str
) -> None:
    made = met_system.post(f"/incidents/{reference}/appeals", asked()).json()
    gone = met_system.post(f"/appeals/{made['reference']}/withdraw", {"reason": "A lead."})
    assert (gone.status_code, gone.json()["status"], gone.json()["cause"]) == (
        200,
        "withdrawn",
        "police_veto",
    )
    again = met_system.post(f"/appeals/{made['reference']}/withdraw", {"reason": "A lead."})
    assert again.status_code == 409
    found = {"located_at": datetime.now(UTC).isoformat(), "found_by": "police", "source": "At home."}
    met_system.post(f"/incidents/{reference}/located", found)
    refused = met_system.post(f"/incidents/{reference}/appeals", asked())
    assert (refused.status_code, refused.json()["code"]) == (403, "not_open")


def test_a_force_that_switched_sharing_off_is_told_whom_to_ask(
    met: Any, met_system: System, reference: str
) -> None:
    SharingPolicy.objects.create(organisation=met, sharing=Sharing.OFF)
    refused = met_system.post(f"/incidents/{reference}/appeals", asked())
    assert (refused.status_code, refused.json()["code"]) == (403, "sharing_off")
    assert "inspector of your force" in refused.json()["detail"]
    assert not Appeal.objects.exists()
