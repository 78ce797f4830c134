"""A force's system reports, reads, corrects and closes the search; the other force sees none of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from foundation.audit.models import AuditEvent
from missingcases.models import Incident
from tests.api.conftest import System
from tests.missingcases import making

pytestmark = pytest.mark.django_db
REPORT: dict[str, Any] = {
    "force_reference": "MP/2026/1042",
    "last_seen_at": "2026-11-20T11:30:00Z",
    "last_seen_place": "Brixton station",
    "circumstances": "Left after lunch and has not come back.",
    "looked_after": "yes",
    "placing_authority": "la-lambeth",
    "person": {"given_names": "Alex", "family_name": "Moor", "aliases": ["Lex"]},
    "reporter": {"name": "Dana Reid", "relation": "key worker"},
    "telephones": [{"number": "07700 900123"}],
}


def test_a_report_is_stored_told_and_audited(met_system: System, lambeth: Any) -> None:
    answer = met_system.post("/incidents", REPORT)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert told["standing"] == "record"
    assert (told["owner"], told["status"]) == ("metropolitan", "reported")
    assert told["person"]["given_names"] == "Alex"
    assert told["aliases"] == ["Lex"]
    assert told["telephones"][0]["number"] == "+447700900123"
    assert told["record"]["circumstances"]["what_happened"].startswith("Left after lunch")
    assert told["placing_authority"] == "la-lambeth"
    row = Incident.objects.get(reference=told["reference"])
    entry = AuditEvent.objects.get(action="incident.reported", incident_id=row.pk)
    assert (entry.client_id, entry.user_id) == (met_system.client.pk, None)
    assert met_system.get(f"/incidents/{row.reference}").json()["version"] == row.version
    assert AuditEvent.objects.filter(
        action="incident.opened", incident_id=row.pk, client_id=met_system.client.pk
    ).exists()


def test_another_force_gets_404_and_sees_nothing_anywhere(
    met_system: System, kent_system: System, lambeth: Any
) -> None:
    reference = met_system.post("/incidents", REPORT).json()["reference"]
    at = f"/incidents/{reference}"
    found = {"located_at": "2026-11-21T11:30:00Z", "found_by": "police", "source": "Seen."}
    asks = [
        kent_system.get(at),
        kent_system.patch(at, {"version": 1, "last_seen_place": "Dover"}),
        kent_system.post(f"{at}/located", found),
        kent_system.get(f"{at}/releases"),
        kent_system.get(f"{at}/textsafe"),
        kent_system.post(f"{at}/textsafe", {"number": "07700 900123", "answers": {}}),
    ]
    assert [one.status_code for one in asks] == [404] * len(asks)
    assert len({one.content for one in asks}) == 1
    assert asks[0].headers["Content-Type"] == "application/problem+json"
    assert kent_system.get("/incidents").json() == {"incidents": [], "next": None}
    assert kent_system.get("/changes").json()["changes"] == []
    assert reference not in str(kent_system.get("/incidents/MI-00000000").content)


def test_the_placing_authority_reads_the_record_and_cannot_write(
    met_system: System, lambeth_system: System
) -> None:
    reference = met_system.post("/incidents", REPORT).json()["reference"]
    told = lambeth_system.get(f"/incidents/{reference}").json()
    assert told["person"]["family_name"] == "Moor"
    assert "cad_reference" not in told
    assert [one["reference"] for one in lambeth_system.get("/incidents").json()["incidents"]] == [reference]
    refused = lambeth_system.patch(f"/incidents/{reference}", {"version": 1, "last_seen_place": "x"})
    assert (refused.status_code, refused.json()["code"]) == (403, "role")
    assert lambeth_system.post("/incidents", REPORT).status_code == 403


def test_every_wrong_field_is_named(met_system: System) -> None:
    wrong = {
        "last_seen_at": "yesterday",
        "colour": "blue",
        "person": {"date_of_birth": "2011-02-31", "sex": "?", "estimated_age": 400},
        "telephones": [{"number": "1"}, {}],
    }
    answer = met_system.post("/incidents", wrong)
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["errors"]} == {"colour"}
    del wrong["colour"]
    named = {one["field"] for one in met_system.post("/incidents", wrong).json()["errors"]}
    assert named == {
        "last_seen_at",
        "person.date_of_birth",
        "person.sex",
        "person.estimated_age",
        "telephones.1.number",
    }
    later = met_system.post("/incidents", {"telephones": [{"number": "1"}]})
    assert (later.status_code, later.json()["errors"][0]["field"]) == (422, "number")
    assert Incident.objects.count() == 0


def test_a_correction_needs_the_version_and_a_conflict_shows_both_sides(met_system: System) -> None:
    told = met_system.post("/incidents", {"person": {"family_name": "Moor"}}).json()
    at = f"/incidents/{told['reference']}"
    missing = met_system.patch(at, {"last_seen_place": "Brixton"})
    assert (missing.status_code, missing.json()["errors"][0]["field"]) == (422, "version")
    mended = met_system.patch(
        at,
        {
            "version": told["version"],
            "last_seen_place": "Brixton",
            "person": {"version": told["person"]["version"], "given_names": "Alex"},
        },
    )
    assert mended.status_code == 200, mended.content
    assert mended.json()["person"]["given_names"] == "Alex"
    late = met_system.patch(at, {"version": told["version"], "last_seen_place": "Stockwell"})
    assert late.status_code == 409
    said = late.json()
    assert said["theirs"] == {"last_seen_place": "Brixton"}
    assert said["yours"] == {"last_seen_place": "Stockwell"}
    assert said["version"] == mended.json()["version"]


def test_a_correction_is_whole_or_not_at_all(met_system: System) -> None:
    told = met_system.post("/incidents", {"person": {"family_name": "Moor"}}).json()
    at = f"/incidents/{told['reference']}"
    body = {"version": 1, "last_seen_place": "Dover", "person": {"version": 9, "given_names": "Alex"}}
    assert met_system.patch(at, body).status_code == 409
    assert met_system.get(at).json()["last_seen_place"] == ""


def test_found_stops_what_runs_and_a_second_finding_conflicts(met_system: System) -> None:
    reference = met_system.post("/incidents", {}).json()["reference"]
    found = {"located_at": timezone.now().isoformat(), "found_by": "police", "source": "At home."}
    answer = met_system.post(f"/incidents/{reference}/located", found)
    assert (answer.status_code, answer.json()["status"]) == (200, "located")
    again = met_system.post(f"/incidents/{reference}/located", found)
    assert (again.status_code, again.json()["code"]) == (409, "illegal_move")


def test_the_same_key_and_body_are_one_incident(met_system: System) -> None:
    first = met_system.post("/incidents", REPORT | {"placing_authority": None}, key="order-0001")
    again = met_system.post("/incidents", REPORT | {"placing_authority": None}, key="order-0001")
    assert (first.status_code, again.status_code) == (201, 201), first.content
    assert first.content == again.content
    assert again.headers["Idempotency-Replayed"] == "true"
    other = met_system.post("/incidents", {}, key="order-0001")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert met_system.ask("POST", "/incidents", {}).status_code == 400
    assert Incident.objects.count() == 1


def test_a_key_that_failed_may_be_tried_again(met_system: System) -> None:
    future = {"reported_at": "2150-01-01T00:00:00Z"}
    assert met_system.post("/incidents", future, key="order-0002").status_code == 422
    assert met_system.post("/incidents", {}, key="order-0002").status_code == 201


def test_pages_by_cursor_hold_every_incident_once(met_system: System, met_officer: Any) -> None:
    made = {making.report(met_officer.actor).reference for _ in range(7)}
    seen: list[str] = []
    after = ""
    while True:
        page = met_system.get(f"/incidents?limit=3{after}").json()
        seen += [one["reference"] for one in page["incidents"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert sorted(seen) == sorted(made)


def test_filters_narrow(met_system: System, met_officer: Any, met_supervisor: Any) -> None:
    high = making.missing(met_supervisor.actor, making.report(met_officer.actor), "high")
    found = making.located(met_officer.actor, making.report(met_officer.actor))

    def listed(query: str) -> set[str]:
        return {one["reference"] for one in met_system.get(f"/incidents?{query}").json()["incidents"]}

    assert listed("open=true") == listed("risk_level=high") == listed("status=missing") == {high.reference}
    assert listed("open=false") == {found.reference}
    assert listed("reported_before=2020-01-01T00:00:00Z") == set()
    wrong = met_system.get("/incidents?colour=blue&limit=9000")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "colour")


def test_an_incident_seen_twice_is_listed_once(
    met_system: System, lambeth_system: System, lambeth: Any
) -> None:
    both = {"placing_authority": "la-lambeth", "host_authority": "la-lambeth"}
    made = [met_system.post("/incidents", both).json()["reference"] for _ in range(3)]
    page = lambeth_system.get("/incidents?limit=2").json()
    rest = lambeth_system.get(f"/incidents?limit=2&after={page['next']}").json()
    listed = [one["reference"] for one in page["incidents"] + rest["incidents"]]
    assert listed == made[::-1]


def test_what_has_not_changed_is_304(met_system: System, met_officer: Any) -> None:
    incident = making.report(met_officer.actor)
    for path in ("/incidents", "/changes", f"/incidents/{incident.reference}"):
        first = met_system.get(path)
        tag = first.headers["ETag"]
        before = AuditEvent.objects.count()
        assert met_system.get(path, **{"If-None-Match": tag}).status_code == 304
        if path != f"/incidents/{incident.reference}":
            assert AuditEvent.objects.count() == before
    for path in ("/incidents", "/changes", f"/incidents/{incident.reference}"):
        tag = met_system.get(path).headers["ETag"]
        person = met_system.get(f"/incidents/{incident.reference}").json()["person"]
        told = met_system.patch(
            f"/incidents/{incident.reference}",
            {
                "version": met_system.get(f"/incidents/{incident.reference}").json()["version"],
                "person": {"version": person["version"], "given_names": f"A{path}"},
            },
        )
        assert told.status_code == 200
        assert met_system.get(path, **{"If-None-Match": tag}).status_code == 200
