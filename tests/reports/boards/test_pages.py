"""The pages of the boards: what is on them, who opens them, and the files."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from foundation.audit.models import AuditEvent
from missingcases.services.audience import sync
from tests.reports.boards.conftest import clock, closed_of, noon, team

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def missed(met, week, met_coordinator):
    """A review of the Met's Central, done two hours late, of an incident the coordinator sees."""
    incident = closed_of(met, owner_unit=team(met, "Central"))
    sync(incident)
    clock(incident, noon(week), done_at=noon(week) + 2 * HOUR)
    return incident


def test_a_coordinator_reads_the_week_and_opens_what_was_missed(client, missed, week, met_coordinator):
    met_coordinator.sign_in(client)
    page = client.get("/figures/clocks/", {"week": f"{week.sunday}"})
    assert week.words in page.content.decode()
    assert "TextSafe replies" not in page.content.decode()
    one = client.get("/figures/clocks/reviews/", {"week": f"{week.monday}"}).content.decode()
    for words in ("Central", missed.reference, "2 hours", "svg"):
        assert words in one
    listed = AuditEvent.objects.filter(action="boards.listed").latest("pk")
    assert (listed.target_ids, listed.target) == ([missed.pk], "missingcases.Incident")


def test_nobody_else_opens_them(client, missed, met_officer, caseworker, auditor, rhi_interviewer):
    for who in (met_officer, caseworker, auditor, rhi_interviewer):
        who.sign_in(client)
        for page in ("", "reviews/", "clocks.csv", "reviews/clock.xlsx"):
            assert client.get(f"/figures/clocks/{page}").status_code == 403


def test_a_clock_that_is_not_theirs_is_not_there(client, duty_manager, met_inspector):
    met_inspector.sign_in(client)
    assert client.get("/figures/clocks/replies/").status_code == 404
    assert client.get("/figures/clocks/none-such/").status_code == 404
    assert client.get("/figures/clocks/clocks.exe").status_code == 404
    duty_manager.sign_in(client)
    assert client.get("/figures/clocks/reviews/").status_code == 404
    assert client.get("/figures/clocks/replies/").status_code == 200


@pytest.mark.parametrize("asked", ["", "2026-99-99", "0001-01-01", "9999-12-31", "<script>"])
def test_a_week_that_is_none_is_the_present_one_or_an_old_one(client, met_inspector, asked):
    met_inspector.sign_in(client)
    assert client.get("/figures/clocks/", {"week": asked}).status_code == 200


def test_files_have_the_figures_of_the_page_in_minutes(client, missed, week, met_coordinator):
    met_coordinator.sign_in(client)
    asked = {"week": f"{week.monday}"}
    sheet = client.get("/figures/clocks/clocks.csv", asked)
    lines = list(csv.reader(StringIO(sheet.content.decode("utf-8-sig"))))
    reviews = next(line for line in lines if line and line[0] == "Reviews of incidents")
    assert reviews[1:] == ["0", "1", "0", "0", "0.0", "480.0", "120.0", "120.0"]
    book = load_workbook(BytesIO(client.get("/figures/clocks/reviews/clock.xlsx", asked).content))
    assert book.sheetnames == ["About", "Groups", "Weeks"]
    assert [cell.value for cell in book["Groups"][2]][:3] == ["Central", 0, 1]
    assert AuditEvent.objects.filter(action="boards.exported").count() == 2
