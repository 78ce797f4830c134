"""A force's system asks for a text and learns what an officer would, no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from foundation.audit.models import AuditEvent
from missingcases.models import Release
from tests.api.conftest import System
from textsafe.enums import Origin
from textsafe.models import Request

pytestmark = pytest.mark.django_db
ASKED: dict[str, Any] = {
    "number": "07700 900123",
    "answers": {
        "verified": "yes",
        "place": "with_person",
        "held_by": "person",
        "read_by_others": "no",
        "wants_no_contact": "no",
    },
}


@pytest.fixture
def reference(met: Any, charity: Any, met_system: System) -> str:
    found: str = met_system.post("/incidents", {"person": {"estimated_age": 30}}).json()["reference"]
    return found


def test_asking_twice_is_one_text(met_system: System, reference: str) -> None:
    at = f"/incidents/{reference}/textsafe"
    first = met_system.post(at, ASKED, key="text-0001")
    assert first.status_code == 201, first.content
    assert met_system.post(at, ASKED, key="text-0001").content == first.content
    assert met_system.post(at, ASKED, key="text-0002").json()["reference"] == first.json()["reference"]
    row = Request.objects.get()
    assert (row.origin, row.requested_by_id) == (Origin.SYSTEM, None)
    made = AuditEvent.objects.get(action="textsafe.request_made")
    assert made.client_id == met_system.client.pk
    assert Release.objects.get(incident=row.incident).to_organisation_id == row.charity_id
    assert met_system.get(at).json()["requests"][0]["status"] == "waiting"


def test_not_sent_has_one_form_whatever_the_reason(met_system: System, reference: str) -> None:
    at = f"/incidents/{reference}/textsafe"
    made = met_system.post(at, ASKED).json()
    row = Request.objects.get()
    shown = set()
    with time_machine.travel(row.closes_at + timedelta(minutes=1), tick=False):
        assert met_system.get_token()["status"] == 200
        for status in ("expired", "cancelled", "requested"):
            Request.objects.update(status=status)
            shown.add(met_system.get(f"/textsafe/{made['reference']}").content)
    assert len(shown) == 1
    assert b'"not_sent"' in shown.pop()


def test_the_charity_and_other_forces_read_none_of_it(
    met_system: System, kent_system: System, charity_system: System, reference: str
) -> None:
    made = met_system.post(f"/incidents/{reference}/textsafe", ASKED).json()
    for other in (kent_system, charity_system):
        assert other.get(f"/textsafe/{made['reference']}").status_code == 404
        assert other.post(f"/incidents/{reference}/textsafe", ASKED).status_code == 404


def test_wrong_numbers_are_named_and_a_found_person_gets_no_text(met_system: System, reference: str) -> None:
    at = f"/incidents/{reference}/textsafe"
    wrong = met_system.post(at, ASKED | {"number": "12"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "number")
    found = {"located_at": datetime.now(UTC).isoformat(), "found_by": "police", "source": "At home."}
    met_system.post(f"/incidents/{reference}/located", found)
    refused = met_system.post(at, ASKED)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_open")
