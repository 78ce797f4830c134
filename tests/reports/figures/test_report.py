"""The partnership report: what it counts, what each reader is told, and the records behind it."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from foundation.places.models import Area
from missingcases.models import FlagSnapshot, Incident, MissingPerson
from reports.figures.asked import asked_for
from reports.figures.catalogue import FIGURES
from reports.figures.counting import numbers, sums
from reports.figures.declared import Reach
from reports.figures.records import code_of, leads_on, records
from reports.figures.report import report_for
from reports.models import Snapshot
from reports.rules import NOT_TOLD
from tests.missingcases import making
from tests.reports.figures.conftest import YEAR, figure_rows
from textsafe.models import Request

PAGE = f"/figures/partnership/?period={YEAR.code}"


def told_on(page: str) -> str:
    """What a page of a frozen report tells, without what stands round it."""
    return page.partition("<dl")[2].partition("</main>")[0]


def test_every_figure_says_what_it_is_and_what_it_cannot_answer() -> None:
    assert {one.key for one in FIGURES if not one.parts} == {"reduction", "followers", "cost"}
    assert all(one.cannot for one in FIGURES if not one.parts)
    assert all(one.definition and one.unit for one in FIGURES)
    assert {"38,904", "40,000", "42,000"} <= {p.words for one in FIGURES for p in one.published}


@pytest.mark.django_db
def test_the_numbers_hold_their_sums_and_those_of_every_figure(six) -> None:
    counted = numbers(YEAR, None, None)
    for one in FIGURES:
        for part in one.parts:
            assert part.key in counted
            assert part.among is None or part.among in counted
    for one in sums(counted):
        assert counted[one.total] == sum(counted[cell] for cell in one.parts), one


@pytest.mark.django_db
def test_what_was_published_stands_beside_what_is_counted_the_same_here(six, coordinator) -> None:
    asked = asked_for(coordinator.actor, {"period": YEAR.code}, today=timezone.localdate())
    told = report_for(coordinator.actor, asked).tables
    ours = {row[0]: row[1] for row in told[0].rows}
    beside = {row[1]: row[4] for row in told[1].rows}
    assert told[1].headings[4] == f"Here, {YEAR}"
    assert beside["38,904"] == beside["40,000"] == ours["Missing incidents: all"] == 6
    assert beside["157"] == ours["Fatal outcomes"]
    assert beside["373"] == ours["TextSafe messages: asked for by an officer"]
    assert beside["70%"] == beside["100,000"] == "No counterpart here"
    assert len(beside) == sum(len(one.published) for one in FIGURES)


def test_people_with_a_flag_stand_beside_their_incidents_and_ages_are_kept(met, coordinator) -> None:
    child, adult = (MissingPerson.objects.create(organisation=met) for _ in range(2))
    for person, age, kinds in (
        (child, 15, ["gang", "trafficking"]),
        (child, 15, ["gang", "trafficking"]),
        (adult, 30, ["mental_health", "gang"]),
        (adult, 30, ["mental_health", "trafficking"]),
    ):
        given = {"person": person, "age_at_report": age, "looked_after": "yes"}
        one = making.standing_in("missing", met.pk, **given)
        for kind in kinds:
            FlagSnapshot.objects.create(incident=one, kind=kind, status="suspected", taken_at=one.reported_at)
    seen = figure_rows(coordinator.actor)
    gang = "Children with signs of gangs or exploitation: gang"
    assert seen[f"{gang}, children"] == "1 of 1 (100.0%)"
    assert seen[f"{gang}, their incidents"] == "2 of 2 (100.0%)"
    assert seen["Trafficked children in care: children"] == 1
    assert seen["Trafficked children in care: their incidents"] == 2
    assert seen["Adults with mental-health problems: adults"] == "1 of 1 (100.0%)"
    assert seen["Adults with mental-health problems: their incidents"] == "2 of 2 (100.0%)"


def test_texts_that_were_asked_for_are_told_apart_from_automatic_ones(met, charity, charity_manager) -> None:
    now = timezone.now()
    for origin in ("officer", "automation", "automation", "system"):
        Request.objects.create(
            incident=making.standing_in("missing", met.pk), organisation=met, charity=charity,
            origin=origin, requested_at=now, number_kind="mobile", is_foreign=False, not_before=now,
            closes_at=now + timedelta(hours=1), sent_at=now, status="sent", form_token=uuid4(),
            requested_by=charity_manager.user,
        )  # fmt: skip
    seen = figure_rows(charity_manager.actor, {"force": "metropolitan"})
    told_apart = ("asked for by an officer", "asked for by a system of the force", "automatic")
    assert [seen[f"TextSafe messages: {one}"] for one in told_apart] == [1, 1, 2]
    assert seen["TextSafe messages: all accepted by the carrier"] == 4


def test_a_figure_leads_a_force_to_its_own_records_and_nobody_else(
    client: Client, six, coordinator, kent_coordinator, charity_manager, national_officer
) -> None:
    coordinator.sign_in(client)
    shown = client.get(PAGE).content.decode()
    assert "The records behind these figures" in shown
    page = reverse("reports:behind", args=["incidents.1"]) + f"?period={YEAR.code}"
    listed = client.get(page).content.decode()
    assert all(one.reference in listed for one in six[:5])
    assert six[5].reference not in listed
    kent_coordinator.sign_in(client)
    assert six[0].reference not in client.get(page).content.decode()
    for reader in (charity_manager, national_officer):
        reader.sign_in(client)
        assert "The records behind" not in client.get(PAGE).content.decode()
        assert client.get(page).status_code == 403


def test_nothing_taken_up_in_confidence_leads_to_a_record(coordinator, six) -> None:
    for one in FIGURES:
        if one.reach is not Reach.POLICE:
            assert not any(leads_on(one, part) for part in one.parts)
    asked = asked_for(coordinator.actor, {"period": YEAR.code}, today=timezone.localdate())
    for one in FIGURES:
        for part in one.parts:
            if leads_on(one, part):
                assert records(coordinator.actor, asked, code_of(one, part)).count <= len(six)
    assert records(coordinator.actor, asked, "incidents.0").count == 6


def test_who_reads_no_figures_opens_none(client: Client, met_officer, caseworker, auditor) -> None:
    for nobody in (met_officer, caseworker, auditor):
        nobody.sign_in(client)
        assert client.get(PAGE).status_code == 403
        assert client.get(reverse("reports:download", args=["csv"])).status_code == 403
        assert client.get(reverse("reports:snapshots")).status_code == 403


def test_another_force_is_not_found_and_a_wrong_period_is_said(client: Client, coordinator, kent) -> None:
    coordinator.sign_in(client)
    assert client.get(f"{PAGE}&force=kent").status_code == 404
    assert client.get(f"{PAGE}&area=no-such-area").status_code == 404
    said = client.get("/figures/partnership/?from=2025-05-02&to=2025-05-01").content.decode()
    assert "The last day lies before the first" in said
    for last, words in (("9999-12-31", "no period"), ("4100-01-01", "ends no later than")):
        said = client.get(f"/figures/partnership/?from=2025-01-01&to={last}").content.decode()
        assert words in said
    assert client.get("/figures/partnership/?from=2024-02-28&to=2024-02-28").status_code == 200
    assert client.get("/figures/partnership/?from=2025-05-02&to=2025-05-09").status_code == 200


def test_nothing_is_kept_of_another_period_than_was_asked_for(client: Client, coordinator) -> None:
    coordinator.sign_in(client)
    asked = {"period": "2031"}
    frozen = client.post(reverse("reports:freeze"), asked, follow=True)
    saved = client.get(reverse("reports:download", args=["csv"]), asked, follow=True)
    for answer in (frozen, saved):
        assert answer.redirect_chain
        assert "Choose a period that has begun" in answer.content.decode()
    assert not Snapshot.objects.exists()


def test_of_an_area_it_is_said_when_it_was_none(client: Client, coordinator) -> None:
    unit = Area.objects.get(code="met-central-south")
    old = Area.objects.get(code="met-borough-lambeth")
    today = timezone.localdate()

    def asked(area, code):
        return asked_for(coordinator.actor, {"area": area.code, "period": code}, today=today)

    assert "is an area from 1 July 2018" in asked(unit, "2016").problem
    assert "no area any more" in asked(old, "2019").problem
    coordinator.sign_in(client)
    client.post(reverse("reports:freeze"), {"area": unit.code, "period": "2016"})
    assert not Snapshot.objects.exists()
    begun = asked(unit, "FY2018")
    assert (begun.problem, begun.area_on) == ("", date(2018, 7, 1))
    assert "put into it" in report_for(coordinator.actor, begun).lines[0]
    ended = report_for(coordinator.actor, asked(old, "2018"))
    assert "was an area until 30 June 2018" in ended.lines[0]
    assert report_for(coordinator.actor, asked(unit, "2025")).lines[0].startswith("Left out")


def test_the_files_tell_what_the_page_tells(client: Client, six, coordinator) -> None:
    coordinator.sign_in(client)

    def file(kind):
        return client.get(reverse("reports:download", args=[kind]), {"period": YEAR.code}).content

    lines = list(csv.reader(StringIO(file("csv").decode("utf-8-sig"))))
    assert ["Missing incidents: all", "6"] in [line[:2] for line in lines]
    book = load_workbook(BytesIO(file("xlsx")))
    assert {"Figures", "Published", "Definitions"} <= set(book.sheetnames)
    paper = PdfReader(BytesIO(file("pdf")))
    words = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert "38,904" in words
    assert NOT_TOLD in words, "the year runs"
    assert b"pdfuaid:part" in paper.trailer["/Root"]["/Metadata"].get_data()
    assert client.get(reverse("reports:download", args=["exe"])).status_code == 404


def test_a_frozen_report_stays_to_the_digit_and_is_set_beside_now(
    client: Client, six, coordinator, kent_coordinator, charity_manager
) -> None:
    coordinator.sign_in(client)
    client.post(reverse("reports:freeze"), {"period": YEAR.code})
    kept = Snapshot.objects.get()
    page = reverse("reports:snapshot", args=[kept.reference])
    before = client.get(page).content.decode()
    old_file = client.get(reverse("reports:frozen_file", args=[kept.reference, "csv"])).content
    Incident.objects.filter(pk=six[0].pk).update(
        status="cancelled", outcome="cancelled", cancel_reason="not_missing"
    )
    Incident.objects.update(reported_at=timezone.now() - timedelta(minutes=5))
    assert told_on(client.get(page).content.decode()) == told_on(before)
    assert client.get(reverse("reports:frozen_file", args=[kept.reference, "csv"])).content == old_file
    assert kept.digest in before
    now = client.get(reverse("reports:compared", args=[kept.reference])).content.decode()
    assert "Missing incidents: all" in now
    client.post(
        reverse("reports:published", args=[kept.reference]),
        {"where": "Annual report", "on_day": "1", "on_month": "2", "on_year": "2026"},
    )
    assert "Annual report" in client.get(page).content.decode()
    assert "Annual report" in client.get(reverse("reports:snapshots")).content.decode()
    for other in (kent_coordinator, charity_manager):
        other.sign_in(client)
        assert client.get(page).status_code == 404
        assert kept.reference not in client.get(reverse("reports:snapshots")).content.decode()


def test_a_frozen_report_that_was_tampered_with_says_so(client: Client, coordinator) -> None:
    coordinator.sign_in(client)
    client.post(reverse("reports:freeze"), {"period": YEAR.code})
    kept = Snapshot.objects.get()
    kept.content["tables"][0]["rows"][0][1] = 99
    kept.save(update_fields=["content"])
    said = client.get(reverse("reports:snapshot", args=[kept.reference])).content.decode()
    assert "does not match" in said
