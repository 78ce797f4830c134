"""A force's system reads the intelligence sent to it, acknowledges it and says what came of it."""

from __future__ import annotations

from typing import Any

import pytest

from foundation.audit.models import AuditEvent
from missingcases.intelligence import services as intelligence
from missingcases.intelligence.models import Report
from tests.api.conftest import System
from tests.missingcases.intelligence import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(caseworker: Any, duty_manager: Any, met_supervisor: Any, met: Any, charity: Any) -> Report:
    making.agreement(caseworker, met_supervisor)
    given = {"force_id": met.pk, "origin_label": "textsafe.Conversation", "origin_id": 4711}
    return making.sent(caseworker.actor, duty_manager.actor, **given)


def test_it_is_listed_read_acknowledged_and_answered(met_system: System, sent: Report) -> None:
    (listed,) = met_system.get("/intelligence?status=sent").json()["reports"]
    assert (listed["reference"], listed["sender"], "lines" in listed) == (
        sent.reference,
        "missing-people",
        False,
    )
    at = f"/intelligence/{sent.reference}"
    told = met_system.get(at)
    assert told.json()["lines"] == [
        {
            "text": making.READ,
            "source_grade": 2,
            "intelligence_grade": "C",
            "handling": "P",
            "conditions": "",
        }
    ]
    assert not any(secret in told.content.decode() for secret in ("Sasha", "onversation", "4711", "Aldi"))
    assert met_system.get(at, **{"If-None-Match": told.headers["ETag"]}).status_code == 304
    assert AuditEvent.objects.filter(action="intelligence.read", client_id=met_system.client.pk).count() == 1

    early = met_system.post(f"{at}/outcome", {"outcome": "useful"})
    assert (early.status_code, early.json()["code"]) == (409, "illegal_move")
    first = met_system.post(f"{at}/acknowledge", {}, key="one-and-the-same")
    assert first.json()["status"] == "acknowledged"
    assert met_system.post(f"{at}/acknowledge", {}, key="one-and-the-same").content == first.content
    done = met_system.post(f"{at}/outcome", {"outcome": "led_to_action", "words": "Two arrests."}).json()
    assert (done["status"], done["outcome"]) == ("outcome", "led_to_action")
    assert met_system.get("/intelligence?status=sent").json() == {"reports": [], "has_more": False}


def test_other_systems_find_none_of_it(
    kent_system: System, lambeth_system: System, met_system: System, sent: Report, duty_manager: Any
) -> None:
    at = f"/intelligence/{sent.reference}"
    intelligence.withdraw_report(actor=duty_manager.actor, reference=sent.reference, reason="Mistaken.")
    for system in (kent_system, lambeth_system, met_system):
        assert system.get("/intelligence").json()["reports"] == []
        unknown = system.get("/intelligence/IR-00000000")
        assert unknown.status_code == 404
        for answer in (
            system.get(at),
            system.post(f"{at}/acknowledge", {}),
            system.post(f"{at}/outcome", {"outcome": "useful"}),
        ):
            assert (answer.status_code, answer.json()) == (404, unknown.json())
        before = system.get(f"/intelligence?before={sent.reference}")
        assert (before.status_code, before.json()) == (
            422,
            system.get("/intelligence?before=IR-00000000").json(),
        )


def test_older_ones_follow_the_last_that_was_read(
    met_system: System, sent: Report, caseworker: Any, duty_manager: Any, met: Any
) -> None:
    newer = making.sent(caseworker.actor, duty_manager.actor, force_id=met.pk)
    listed = met_system.get("/intelligence").json()["reports"]
    assert [row["reference"] for row in listed] == [newer.reference, sent.reference]
    older = met_system.get(f"/intelligence?before={newer.reference}").json()["reports"]
    assert [row["reference"] for row in older] == [sent.reference]


def test_a_system_without_the_scope_is_refused(system_of: Any, met: Any, sent: Report) -> None:
    reader = system_of(met, ["intelligence:read"])
    assert reader.get(f"/intelligence/{sent.reference}").status_code == 200
    assert reader.post(f"/intelligence/{sent.reference}/acknowledge", {}).status_code == 403
    assert system_of(met, ["incidents:read"]).get("/intelligence").status_code == 403
