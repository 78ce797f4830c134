"""The desk judges and passes on, the force acknowledges and answers: by their pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appeals.models import Sighting
from tests.appeals.test_sightings import seen  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: str, data: dict[str, Any] | None = None) -> Any:
    address = reverse(f"sightings:{name}", args=args)
    return client.get(address) if data is None else client.post(address, data, follow=True)


def test_a_sighting_goes_through_both_sides_pages(seen, publicity_officer, met_officer) -> None:  # noqa: F811
    desk, force = publicity_officer.sign_in(Client()), met_officer.sign_in(Client())
    assert seen.reference in page(desk, "sightings").content.decode()
    assert page(force, "sighting", seen.reference).status_code == 404

    judged = page(desk, "judge", seen.reference, data={"triage-triage": "immediate"})
    assert "Ring 999 first" in judged.content.decode()
    page(desk, "pass_on", seen.reference, data={})
    assert f"Acknowledge sighting {seen.reference}" in force.get("/").content.decode()
    page(force, "acknowledge", seen.reference, data={})
    page(force, "assess", seen.reference, data={})
    page(force, "finish", seen.reference, data={"outcome-outcome": "not_them"})
    seen.refresh_from_db()
    assert (seen.status, seen.outcome) == ("outcome", "not_them")
    assert "It was somebody else" in page(desk, "sighting", seen.reference).content.decode()


def test_nothing_typed_is_lost_where_a_judgement_is_refused(seen, publicity_officer) -> None:  # noqa: F811
    desk = publicity_officer.sign_in(Client())
    answer = page(desk, "judge", seen.reference, data={"triage-triage": "malicious", "triage-words": " "})
    assert "Say why it is thought malicious." in answer.content.decode()
    seen.refresh_from_db()
    assert seen.status == "received"


def test_an_anonymous_reporter_is_named_to_nobody(seen, publicity_officer) -> None:  # noqa: F811
    Sighting.objects.filter(pk=seen.pk).update(is_anonymous=True)
    words = page(publicity_officer.sign_in(Client()), "sighting", seen.reference).content.decode()
    assert "Somebody who does not want to be named" in words


@pytest.mark.parametrize("name", ["sighting", "photo"])
def test_others_find_no_page(seen, kent_officer, family_worker, auditor, name: str) -> None:  # noqa: F811
    Sighting.objects.filter(pk=seen.pk).update(
        status="passed_to_police", triage="routine", passed_at=timezone.now()
    )
    assert page(kent_officer.sign_in(Client()), name, seen.reference).status_code == 404
    for member in (family_worker, auditor):
        assert page(member.sign_in(Client()), name, seen.reference).status_code == 403
