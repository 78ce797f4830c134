"""Figures that were kept, for the walls: a frozen report, a return that was sent, an answer on interviews."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from reports.before_after.compared import Answer
from reports.before_after.enums import Against, AnalysisStatus, Verdict
from reports.before_after.models import Analysis
from reports.before_after.results import METHOD, Result, kept
from reports.models import Snapshot
from reports.national.models import SubmittedReturn
from tests.cast import Member

_FILE = {"kind": "csv"}


def figured(officer: Member, words: str) -> dict[str, dict[str, str]]:
    """The arguments of the pages of figures, by their namespace."""
    force, user, now = officer.organisation, officer.user, timezone.now()
    report = Snapshot.objects.create(
        organisation=force,
        made_by=user,
        made_at=now,
        title=words,
        query={"force": force.code, "area": "", "period": "2025"},
        definitions={},
        code_version="",
        content={"facts": [], "lines": [], "tables": [], "charts": []},
        digest="0" * 64,
        published_in=words,
        published_on=date(2026, 1, 1),
        published_by=user,
    )
    sent = SubmittedReturn.objects.create(
        force=force,
        year=2024,
        submitted_by=user,
        submitted_at=now,
        content={"calls": 9, "incidents": 9, "individuals": 9, "tables": []},
        digest="0" * 64,
        code_version="",
    )
    answer = Analysis.objects.create(
        organisation=force,
        asked_by=user,
        force=force,
        starts_on=date(2025, 4, 1),
        ends_on=date(2026, 4, 1),
        against=Against.ELSEWHERE,
        status=AnalysisStatus.DONE,
        result=kept(Result(40, {}, Answer(Verdict.NO_COMPARATORS, 40, 0, 0))),
        method=METHOD,
        made_at=now,
    )
    return {
        "reports": {**_FILE, "reference": report.reference, "code": "incidents"},
        "national": {**_FILE, "reference": sent.reference, "key": "age"},
        "before_after": {**_FILE, "reference": answer.reference},
        "boards": {**_FILE, "key": "reviews"},
        "learning": _FILE,
        "supported": _FILE,
    }
