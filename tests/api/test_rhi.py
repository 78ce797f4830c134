"""A force's system refers a child and reads dates and one of five words, no more."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from missingcases.models import Incident
from rhi.models import Referral
from tests.api.conftest import System
from tests.rhi.conftest import came_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(met_officer: Any, lambeth: Any, charity: Any) -> Incident:
    return came_home(met_officer, host_authority_id=lambeth.pk)


def test_a_system_refers_once_and_reads_how_it_stands(met_system: System, home: Incident) -> None:
    at = f"/incidents/{home.reference}/rhi"
    assert met_system.get(at).json() == {"referrals": []}
    first = met_system.post(at, {"carer": "Gran", "safe_contact": "Text first."}, key="rhi-0001")
    assert first.status_code == 201, first.content
    assert met_system.post(at, {"carer": "Gran", "safe_contact": "Text first."}, key="rhi-0001").content == (
        first.content
    )
    assert met_system.post(at, {}, key="rhi-0002").json()["code"] == "running"
    row = Referral.objects.get()
    assert (row.origin, row.carer, row.referred_by) == ("system", "Gran", None)
    assert set(first.json()) == {"reference", "referred_at", "due_at", "status", "held_at"}
    assert met_system.get(at).json()["referrals"][0]["status"] == "open"


def test_no_interview_has_one_form_whatever_the_reason(met_system: System, home: Incident) -> None:
    at = f"/incidents/{home.reference}/rhi"
    met_system.post(at, {})
    shown = set()
    for status, reason in (("declined", "coercion_suspected"), ("carer_only", ""), ("unable", "moved")):
        Referral.objects.update(status=status, decline_reason=reason, settled_at=timezone.now())
        shown.add(met_system.get(at).content)
    assert len(shown) == 1
    assert b'"not_held"' in shown.pop()


def test_others_find_nothing_and_what_is_wrong_is_named(
    met_system: System, kent_system: System, charity_system: System, home: Incident
) -> None:
    at = f"/incidents/{home.reference}/rhi"
    for other in (kent_system, charity_system):
        assert other.get(at).status_code == 404
        assert other.post(at, {}).status_code == 404
    wrong = met_system.post(at, {"gender_preference": "x", "more": 1})
    assert wrong.status_code == 422
    assert Referral.objects.count() == 0
