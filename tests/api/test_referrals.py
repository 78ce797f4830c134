"""A partner's system reads what was sent to it, answers, and finds nothing of anybody else's."""

from __future__ import annotations

import pytest

from partners import services
from partners.models import Referral
from tests.cast import Member
from tests.missingcases import making as cases
from tests.partners import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(met_officer: Member, met_coordinator: Member, any_database: None) -> Referral:
    return making.referred(met_coordinator, cases.report(met_officer.actor), making.partner(works_by="api"))


def test_a_system_takes_a_referral_to_its_end(system_of, sent) -> None:
    system = system_of(sent.partner, ["partners:read", "partners:answer"])
    listed = system.get("/referrals?status=sent").json()
    assert [row["reference"] for row in listed["referrals"]] == [sent.reference]
    assert "told" not in listed["referrals"][0]
    at = f"/referrals/{sent.reference}"
    read = system.get(at)
    assert read.json()["told"] == making.TRACED
    assert sent.incident.reference not in read.content.decode()
    assert system.get(at, **{"If-None-Match": read["ETag"]}).status_code == 304

    first = system.post(f"{at}/accept", {"worker": "Desk"}, key="accept-0001")
    assert (first.status_code, first.json()["status"]) == (200, "accepted")
    again = system.post(f"{at}/accept", {"worker": "Desk"}, key="accept-0001")
    assert (again.content, again["Idempotency-Replayed"]) == (first.content, "true")
    assert system.post(f"{at}/accept", {"worker": "Desk"}).json()["code"] == "illegal_move"
    assert system.post(f"{at}/progress", {"words": "Asked."}).json()["status"] == "in_progress"
    assert system.post(f"{at}/complete", {"outcome": "supported", "words": "x"}).status_code == 422
    done = system.post(f"{at}/complete", {"outcome": "not_traced", "words": "Looked."})
    assert done.json()["status"] == "completed"
    assert system.get(at).json()["told"] == {}


def test_a_system_says_no_or_gives_back(system_of, sent) -> None:
    system = system_of(sent.partner)
    at = f"/referrals/{sent.reference}"
    assert system.post(f"{at}/return", {"words": "We close."}).json()["code"] == "illegal_move"
    assert system.post(f"{at}/reject", {"reason": "other"}).status_code == 422
    assert system.post(f"{at}/reject", {"reason": "no_capacity"}).json()["status"] == "rejected"


def test_a_system_reads_that_a_referral_was_withdrawn_and_not_why(system_of, sent, met_coordinator) -> None:
    given = {"reason": "person_objects", "words": "She fled from him."}
    services.withdraw(actor=met_coordinator.actor, referral_id=sent.pk, **given)
    system = system_of(sent.partner, ["partners:read"])
    for at in ("/referrals", f"/referrals/{sent.reference}"):
        said = system.get(at).content.decode()
        assert '"status": "withdrawn"' in said
        assert "She fled" not in said
        assert "objects" not in said


def test_others_find_nothing(system_of, met_system, sent) -> None:
    other = system_of(making.partner("other-trust").organisation)
    at = f"/referrals/{sent.reference}"
    assert other.get("/referrals").json() == {"referrals": [], "has_more": False}
    assert other.get(at).status_code == 404
    assert other.post(f"{at}/accept", {"worker": "x"}).status_code == 404
    assert met_system.get("/referrals").status_code == 403
    reader = system_of(sent.partner, ["partners:read"])
    assert reader.post(f"{at}/accept", {"worker": "x"}).json()["code"] == "scope"
