"""An answer is worked out by a worker: what is shown meanwhile, and what becomes of one that was killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.access import Refused
from foundation.exceptions import NotVisible
from reports.before_after import services
from reports.before_after.enums import AnalysisStatus
from reports.before_after.models import Analysis
from reports.periods import Period
from reports.scope import Scope
from tests.cast import Member

YEAR = Period(date(2024, 4, 1), date(2025, 4, 1))


def asked_by(somebody: Member) -> Analysis:
    return services.ask(
        actor=somebody.actor, scope=Scope(somebody.organisation.pk), period=YEAR, against="elsewhere"
    )


def test_asking_answers_at_once_and_the_page_changes_once_it_is_worked_out(
    client: Client, met_coordinator: Member, kent_officer: Member
) -> None:
    met_coordinator.sign_in(client)
    question = {"force": "metropolitan", "period": "2024", "against": "elsewhere"}
    first = client.post(reverse("before_after:list"), question)
    again = client.post(reverse("before_after:list"), question)
    assert first["Location"] == again["Location"]  # what is under way is not asked twice
    analysis = Analysis.objects.get()
    assert "Waiting to be worked out" in client.get(first["Location"]).content.decode()
    assert client.get(reverse("before_after:download", args=[analysis.reference, "csv"])).status_code == 404
    progress = reverse("before_after:progress", args=[analysis.reference])
    assert "HX-Refresh" not in client.get(progress)
    services.work_out(analysis_id=analysis.pk)
    assert client.get(progress)["HX-Refresh"] == "true"
    assert "Too few children to say anything" in client.get(first["Location"]).content.decode()


def test_what_is_worked_out_is_never_worked_out_again(met_coordinator: Member) -> None:
    analysis = asked_by(met_coordinator)
    services.work_out(analysis_id=analysis.pk)
    analysis.refresh_from_db()
    services.work_out(analysis_id=analysis.pk)
    assert Analysis.objects.get().made_at == analysis.made_at
    with pytest.raises(Refused):
        services.ask_again(actor=met_coordinator.actor, reference=analysis.reference)


@contextmanager
def records_that_cannot_be_read() -> Iterator[None]:
    """The database gives up over the statement, as it does where it is out of time or memory."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE rhi_referral RENAME TO rhi_referral_away")
        yield
        cursor.execute("ALTER TABLE rhi_referral_away RENAME TO rhi_referral")


def test_a_failure_is_shown_and_asked_again(
    client: Client, met_coordinator: Member, kent_officer: Member
) -> None:
    analysis = asked_by(met_coordinator)
    with records_that_cannot_be_read():
        services.work_out(analysis_id=analysis.pk)
    met_coordinator.sign_in(client)
    page = reverse("before_after:analysis", args=[analysis.reference])
    assert "could not be worked out" in client.get(page).content.decode()
    with pytest.raises(NotVisible):
        services.ask_again(actor=kent_officer.actor, reference=analysis.reference)
    assert client.post(reverse("before_after:again", args=[analysis.reference])).status_code == 302
    services.work_out(analysis_id=analysis.pk)
    assert "Too few children to say anything" in client.get(page).content.decode()


def test_a_killed_workers_question_is_gone_on_with_and_a_working_ones_is_left_alone(
    committing_db: None, met_coordinator: Member
) -> None:
    analysis = asked_by(met_coordinator)
    long_ago = timezone.now() - timedelta(minutes=5)
    Analysis.objects.update(status=AnalysisStatus.RUNNING, attempts=1, asked_at=long_ago)
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT FROM before_after_analysis FOR NO KEY UPDATE")
    assert services.resume_stalled() == 0
    services.work_out(analysis_id=analysis.pk)
    assert Analysis.objects.get().status == AnalysisStatus.RUNNING
    other.rollback()  # closing alone gives the row up a moment later
    other.close()
    assert services.resume_stalled() == 1
    services.work_out(analysis_id=analysis.pk)
    assert Analysis.objects.get().status == AnalysisStatus.DONE


def test_a_question_that_kills_every_worker_fails(met_coordinator: Member) -> None:
    analysis = asked_by(met_coordinator)
    Analysis.objects.update(status=AnalysisStatus.RUNNING, attempts=3)
    services.work_out(analysis_id=analysis.pk)
    assert Analysis.objects.get().status == AnalysisStatus.FAILED
