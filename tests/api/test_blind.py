"""A partner's system has its patterns compared, and reads what the force has confirmed."""

from __future__ import annotations

import json

import pytest

from foundation.audit.models import AuditEvent
from partners.blind import files, services
from partners.blind.models import Candidate
from tests.partners.blind.conftest import (  # noqa: F401 - fixtures of their own folder
    LABEL,
    hers,
    pairing,
    patterns,
    sought,
    worker,
)

pytestmark = pytest.mark.django_db


def noted(action: str) -> list[int]:
    return list(AuditEvent.objects.filter(action=action).values_list("target_id", flat=True))


def test_a_system_compares_and_reads_its_own_label(
    system_of,
    met_system,
    pairing,  # noqa: F811
    sought,  # noqa: F811
    worker,  # noqa: F811
    met_coordinator,
) -> None:
    system = system_of(worker.organisation, ["partners:match"])
    at = f"/blind-matching/{pairing.reference}"
    body = json.loads(files.as_json(patterns(pairing, hers())))

    first = system.post(f"{at}/comparisons", body, key="compare-0001")
    assert (first.status_code, first.json()["rows"]) == (201, 61)
    assert system.post(f"{at}/comparisons", body, key="compare-0001").content == first.content
    assert system.post(f"{at}/comparisons", body).json()["code"] == "too_few_new"
    assert noted("blind.refused_too_few_new") == [pairing.pk]
    assert system.get(f"{at}/matches").json() == {"matches": []}

    services.confirm_here(actor=met_coordinator.actor, candidate_id=Candidate.objects.get().pk)
    (match,) = system.get(f"{at}/matches").json()["matches"]
    assert (match["label"], match["status"]) == (LABEL, "confirmed_here")
    assert set(match) == {"reference", "label", "is_strong", "status"}

    broken = body | {"seal": "0" * 64}
    assert system.post(f"{at}/comparisons", broken).status_code == 422
    assert system.post(f"{at}/comparisons", body | {"rows": [["A", "x"]]}).status_code == 422
    assert noted("blind.refused_file") == [pairing.pk] * 2
    assert met_system.get(f"{at}/matches").status_code == 404
    other = system_of(sought.owner, ["partners:match"])
    assert other.get(f"{at}/matches").status_code == 404
