"""Answers to whether interviews help, one that says something and one that is refused; and shared records."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from missingcases.models import Incident, RecordSection
from reports.before_after.answer import answer
from reports.before_after.compared import Answer
from reports.before_after.enums import Against, AnalysisStatus, Excluded, Verdict
from reports.before_after.models import Analysis
from reports.before_after.results import METHOD, Result, kept
from tests.cast import Member
from tests.reports.before_after.making import rows


def answers_of_each_sort(coordinator: Member) -> None:
    """Asked by the coordinator of their own force."""
    said = answer([*rows(True, [0, 1, 3] * 20), *rows(False, [1, 3, 5] * 20, first=100)])
    refused = Answer(Verdict.NO_COMPARATORS, 40, 0, 0)
    for result in (Result(75, {Excluded.BY_HAND: 15}, said), Result(40, {}, refused)):
        Analysis.objects.create(
            organisation=coordinator.organisation,
            asked_by=coordinator.user,
            force=coordinator.organisation,
            starts_on=date(2025, 4, 1),
            ends_on=date(2026, 4, 1),
            against=Against.ELSEWHERE,
            status=AnalysisStatus.DONE,
            result=kept(result),
            method=METHOD,
            made_at=timezone.now(),
        )


def something_shared(force: Member) -> None:
    """A friend's name in the records of two people."""
    incidents = Incident.objects.filter(owner=force.organisation, is_restricted=False)
    for incident in incidents.exclude(status="cancelled").order_by("-reported_at", "-pk")[:12]:
        section, _ = RecordSection.objects.get_or_create(incident=incident, section="network")
        section.data = {**section.data, "associates": ["Rex Made-Up"]}
        section.save()
