"""The pages: asking, reading, taking along; and who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from reports.before_after import services
from reports.before_after.enums import Against
from reports.before_after.models import Analysis
from reports.periods import Period
from reports.scope import Scope
from tests.cast import Member
from tests.reports.before_after.making import BACK, child, gone, owed


@pytest.fixture
def answered(met_coordinator: Member, kent_officer: Member, duty_manager: Member) -> Analysis:
    """Twelve children a side: nobody there differs, and it was asked of the month around."""
    for _ in range(12):
        for force, is_owed in ((met_coordinator, True), (kent_officer, False)):
            girl = child(force)
            gone(girl, BACK - timedelta(days=20))
            incident = gone(girl, BACK)
            gone(girl, BACK + timedelta(days=20))
            if is_owed:
                owed(incident, duty_manager)
    day = BACK.date()
    asked = services.ask(
        actor=met_coordinator.actor,
        scope=Scope(met_coordinator.organisation.pk),
        period=Period(day - timedelta(days=10), day + timedelta(days=10)),
        against=Against.ELSEWHERE,
    )
    services.work_out(analysis_id=asked.pk)
    asked.refresh_from_db()
    return asked


def test_a_coordinator_asks_reads_and_takes_it_along(
    client: Client, met_coordinator: Member, answered: Analysis
) -> None:
    met_coordinator.sign_in(client)
    asked = {"force": "metropolitan", "period": f"{BACK:%Y-%m}", "against": "elsewhere"}
    made = client.post(reverse("before_after:list"), asked)
    assert made.status_code == 302, made.content
    page = client.get(reverse("before_after:analysis", args=[answered.reference])).content.decode()
    assert "No difference shown either way" in page
    assert "Only the first may be quoted" in page
    assert "cannot hold equal what no record shows" in page
    for kind, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        file = client.get(reverse("before_after:download", args=[answered.reference, kind]))
        assert file.content.startswith(begins)
    said = set(AuditEvent.objects.values_list("action", flat=True))
    assert {
        "before_after.asked",
        "before_after.analysed",
        "before_after.read",
        "before_after.exported",
    } <= said


def test_what_was_answered_stays_as_it_was_told(
    client: Client, met_coordinator: Member, answered: Analysis, duty_manager: Member
) -> None:
    met_coordinator.sign_in(client)
    address = reverse("before_after:download", args=[answered.reference, "csv"])
    told = client.get(address).content
    owed(gone(child(met_coordinator), BACK), duty_manager)
    assert client.get(address).content == told


def test_nobody_else_reads_it(
    client: Client, answered: Analysis, kent_officer: Member, auditor: Member, duty_manager: Member
) -> None:
    address = reverse("before_after:analysis", args=[answered.reference])
    duty_manager.sign_in(client)
    assert client.get(address).status_code == 404
    for person in (kent_officer, auditor):
        person.sign_in(client)
        assert client.get(address).status_code == 403


def test_a_force_asks_of_itself_alone(met_coordinator: Member, kent_officer: Member) -> None:
    today = timezone.localdate()
    for scope in (Scope(kent_officer.organisation.pk), Scope()):
        with pytest.raises(Refused):
            services.ask(
                actor=met_coordinator.actor, scope=scope,
                period=Period(today - timedelta(days=300), today), against=Against.ELSEWHERE,
            )  # fmt: skip
