"""The national return: equal to the records, its units apart, nothing small in it, and what is missing."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.clock import in_london
from foundation.suppression import worked_out
from foundation.tables import INSIDE_NOTE, Hidden, Inside
from missingcases.enums import Harm
from missingcases.models import FlagSnapshot, Incident, MissingPerson, RecordSection
from missingcases.services.audience import sync
from reports.cells.folding import fold_all
from reports.figures.asked import asked_for
from reports.figures.report import report_for
from reports.national import freezing, services
from reports.national.checking import missing
from reports.national.counting import counted
from reports.national.declared import TABLES, CountingUnit
from reports.national.models import CallsTaken, SubmittedReturn
from reports.national.protecting import Protected, protect
from reports.national.returning import national_return
from reports.periods import Period, financial_year_of
from reports.scope import Scope
from reports.together import CHECK, hidden_of, together
from tests.missingcases.making import standing_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Period:
    """The last whole financial year: what the page shows where none is asked for."""
    return financial_year_of(in_london(timezone.now() - timedelta(days=366)).date())


@pytest.fixture
def made(met, kent, year) -> list[Incident]:
    """Sixty incidents of thirty people of the Met, of every kind; one cancelled, one of Kent, one outside."""
    chance = random.Random(7)
    people = [
        MissingPerson.objects.create(organisation=met, sex=chance.choice(["female", "male", "not_known"]))
        for _ in range(30)
    ]
    found = []
    for _ in range(60):
        at = year.starts_at + timedelta(days=chance.randrange(360), hours=1)
        given: dict[str, Any] = {
            "person": chance.choice(people),
            "reported_at": at,
            "age_at_report": chance.choice([None, 9, 13, 16, 17, 20, 35, 71]),
            "risk_level": chance.choice(["", "low", "medium", "high", "no_apparent"]),
            "looked_after": chance.choice(["yes", "no", "not_known"]),
            "located_at": at + timedelta(hours=chance.choice([3, 30, 400])),
            "found_by": chance.choice(["police", "own_return", "unknown"]),
            "harm": chance.choice([[], ["none"], ["sexual_offence", "exposure"], ["not_known"]]),
            "distance_km": chance.choice([None, 3, 30]),
        }
        if chance.random() < 0.1:
            given |= {"outcome": "located_deceased", "death_type": chance.choice(["", "suicide"])}
        incident = standing_in("closed", met.pk, **given)
        for kind in chance.sample(["cse", "gang", "suicide", "dementia"], chance.randrange(3)):
            status = chance.choice(["suspected", "confirmed", "ruled_out"])
            FlagSnapshot.objects.create(incident=incident, kind=kind, status=status, taken_at=at)
        if chance.random() < 0.5:
            data = {"self_defined": chance.choice(["W1", "B1"])}
            RecordSection.objects.create(incident=incident, section="identity", data=data)
        found.append(incident)
    standing_in("cancelled", met.pk, reported_at=year.starts_at)
    standing_in("closed", met.pk, reported_at=year.ends_at)
    standing_in("closed", kent.pk, reported_at=year.starts_at)
    return found


def _band(age: int | None, bands: tuple[tuple[int, str], ...]) -> str:
    return "not_known" if age is None else next(name for most, name in bands if age <= most)


GROUPS = ((17, "child"), (200, "adult"))
BANDS = (
    (11, "0-11"), (14, "12-14"), (17, "15-17"), (21, "18-21"), (39, "22-39"), (59, "40-59"), (200, "60+"),
)  # fmt: skip
HOURS = ((3, "<8h"), (30, "24-48h"), (400, "7-28d"))


def _values(one: Incident, name: str) -> list[str]:
    """What a dimension says of an incident, worked out without the cells' SQL."""
    hours = (one.located_at - one.reported_at) / timedelta(hours=1) if one.located_at else 0
    section = RecordSection.objects.filter(incident=one, section="identity").first()
    flags = one.flag_snapshots.exclude(status="ruled_out")
    plain: dict[str, list[str]] = {
        "sex": [one.person.sex],
        "age_group": [_band(one.age_at_report, GROUPS)],
        "age_band": [_band(one.age_at_report, BANDS)],
        "risk": [one.risk_level or "not_graded"],
        "looked_after": [one.looked_after],
        "duration": [dict(HOURS)[int(hours)]],
        "found_by": [one.found_by],
        "harm": list(one.harm) or ["not_recorded"],
        "death": [one.death_type or "not_recorded"],
        "distance": [{None: "not_known", 3: "1-5", 30: "20-80"}[one.distance_km and int(one.distance_km)]],
        "ethnicity": [section.data["self_defined"] if section else "not_recorded"],
        "vulnerability": list(flags.values_list("kind", flat=True)),
    }
    return plain[name]


@pytest.mark.parametrize("is_folded", [False, True])
def test_every_table_is_what_a_live_count_of_the_records_gives(made, met, year, is_folded):
    if is_folded:
        fold_all()
    found = counted(Scope(met.pk), year)
    rows = [Incident.objects.select_related("person").get(pk=one.pk) for one in made]
    for table in TABLES:
        live: dict[tuple[str, ...], Any] = {}
        for one in rows:
            if table.key == "fatal" and one.outcome != "located_deceased":
                continue
            places: list[tuple[str, ...]] = [()]
            for name in (*table.rows, table.columns):
                places = [(*place, value) for place in places for value in _values(one, name)]
            for place in places:
                live.setdefault(place, []).append(one.person_id)
        people = table.unit is CountingUnit.INDIVIDUALS
        wanted = {place: len(set(who) if people else who) for place, who in live.items()}
        assert dict(found.families[table.family]) == wanted, table.key
    times = Counter(one.person_id for one in rows).values()
    assert found.repeats["Twice"] == (sum(one == 2 for one in times), 2 * sum(one == 2 for one in times))
    assert sum(incidents for _, incidents in found.repeats.values()) == 60


def test_nothing_small_is_in_it_nor_follows_from_all_of_its_tables_at_once(made, met, year):
    found = counted(Scope(met.pk), year)
    told = protect(TABLES, found.families, found.repeats)
    no_small_number_follows(told)
    for table in national_return(Scope(met.pk), year).tables[1:]:
        assert all(isinstance(cell, str | Hidden) or cell >= 5 for row in table.rows for cell in row)


def test_no_page_of_a_year_gives_away_what_another_hides(client, made, met, year, national_officer):
    told = together(Scope(met.pk), year)
    no_small_number_follows(told)
    for one in (sums for group in told.sums.values() for sums in group if len(sums.parts) == 1):
        if set(one.cells) <= told.counts.keys():
            assert (one.total in told.away) is (one.parts[0] in told.away), one
    asked = asked_for(
        national_officer.actor, {"period": year.code, "force": met.code}, today=timezone.localdate()
    )
    risks = next(one for one in report_for(national_officer.actor, asked).tables if one.key == "risk")
    returned = next(one for one in national_return(Scope(met.pk), year).tables if one.key == "risk")
    # Of each risk, the report's number and the return's total over all ages and both sexes.
    totals = [row[-1] for row in returned.rows if row[1] == "All"]
    assert [row[1] for row in risks.rows[: len(totals)]] == totals
    national_officer.sign_in(client)
    page = client.get("/figures/national-return/missing/", {"year": f"{year.start.year}", "force": met.code})
    away = hidden_of(CHECK, Scope(met.pk), year)
    assert page.content.decode().count("not told*") == len(away) > 0


def no_small_number_follows(told: Protected) -> None:
    """None is told, and none can be worked out of all that is."""
    for cell, count in told.counts.items():
        assert cell in told.away or count >= 5, cell
    every = [one for sums in told.sums.values() for one in sums]
    follows = worked_out([one for one in every if set(one.cells) <= told.counts.keys()], told.away)
    assert {cell for cell in follows if told.counts[cell] < 5} == set()


def test_a_force_reads_its_own_small_numbers_and_sends_none_of_them(client, made, met, year, met_coordinator):
    sent, own = (national_return(Scope(met.pk), year, whole=whole) for whole in (False, True))
    pairs = [
        (there, here)
        for one, other in zip(sent.tables, own.tables, strict=True)
        for row, its in zip(one.rows, other.rows, strict=True)
        for there, here in zip(row, its, strict=True)
    ]
    marked = [here.count for there, here in pairs if isinstance(here, Inside) and there == Hidden(5)]
    assert len(marked) == sum(isinstance(there, Hidden) for there, _ in pairs) > 0
    assert min(marked) < 5
    assert all(there == here for there, here in pairs if not isinstance(here, Inside))
    met_coordinator.sign_in(client)
    page = client.get("/figures/national-return/").content.decode()
    assert INSIDE_NOTE in page
    assert "not told*" not in page
    assert "not told*" in client.get("/figures/national-return/return.csv").content.decode()
    client.post(f"/figures/national-return/keep/?year={year.start.year}")
    assert freezing.thawed(SubmittedReturn.objects.get().content) == sent


def test_all_forces_are_told_to_the_nearest_five_and_one_exactly(made, met, kent, year):
    for _ in range(3):
        standing_in("closed", kent.pk, reported_at=year.starts_at + timedelta(days=9))
    every, own = national_return(Scope(), year), national_return(Scope(met.pk), year)
    assert (every.incidents, own.incidents) == (65, 60)
    rests = [
        {cell % 5 for table in one.tables for row in table.rows for cell in row if isinstance(cell, int)}
        for one in (every, own)
    ]
    assert rests[0] == {0}
    assert len(rests[1]) > 1


def test_calls_incidents_and_individuals_stand_apart(made, met, year, met_coordinator):
    before = national_return(Scope(met.pk), year)
    assert (before.calls, before.incidents) == ("Not entered", 60)
    CallsTaken.objects.create(
        force=met, year=year.start.year, calls=75, source="CAD", entered_by=met_coordinator.user,
        entered_at=timezone.now(),
    )  # fmt: skip
    after = national_return(Scope(met.pk), year)
    assert (after.calls, after.incidents) == (75, 60)
    people = Incident.objects.filter(pk__in=[one.pk for one in made]).values("person").distinct().count()
    assert after.individuals == people
    assert all(
        table.title.endswith(("(incidents)", "(individuals)", "(calls)", "year")) for table in after.tables
    )


def test_what_is_missing_is_counted_and_leads_to_the_records(client, made, met, year, met_coordinator):
    counts = missing(Scope(met.pk), year, now=timezone.now())
    assert counts["age"] == sum(one.age_at_report is None for one in made)
    assert counts["harm"] == sum(one.harm == [] for one in made)
    assert counts["ethnicity"] == 60 - RecordSection.objects.filter(section="identity").count()
    one = next(one for one in made if one.age_at_report is None)
    sync(one)
    met_coordinator.sign_in(client)
    page = client.get(
        "/figures/national-return/missing/age/", {"year": f"{year.start.year}"}
    ).content.decode()
    assert f"/incidents/{one.reference}/record/person/" in page
    listed = AuditEvent.objects.filter(action="national.listed").latest("pk")
    assert (listed.target_ids, listed.fields) == ([one.pk], ["age"])
    overview = client.get("/figures/national-return/missing/", {"year": f"{year.start.year}"})
    assert "How many calls were taken is not entered" in overview.content.decode()


def test_a_coordinator_enters_the_calls_and_takes_the_return_away(client, made, year, met_coordinator):
    met_coordinator.sign_in(client)
    address = f"/figures/national-return/calls/?year={year.start.year}"
    assert client.post(address, {"year": year.start.year, "calls": "", "source": "CAD"}).status_code == 422
    answer = client.post(address, {"year": year.start.year, "calls": 4100, "source": "CAD, closing code 7"})
    assert answer.status_code == 302
    page = client.get("/figures/national-return/").content.decode()
    assert "4,100" in page
    book = load_workbook(BytesIO(client.get("/figures/national-return/return.xlsx").content))
    assert book["Calls"]["B2"].value == 4100
    assert client.get("/figures/national-return/return.csv").status_code == 200
    assert client.get("/figures/national-return/return.pdf").content.startswith(b"%PDF")
    kinds = (
        AuditEvent.objects.filter(action="national.exported").order_by("pk").values_list("fields", flat=True)
    )
    assert list(kinds) == [["xlsx"], ["csv"], ["pdf"]]


def test_what_was_sent_is_read_to_the_digit_after_the_records_changed(
    client, made, met, year, met_coordinator, kent_officer
):
    met_coordinator.sign_in(client)
    answer = client.post(f"/figures/national-return/keep/?year={year.start.year}")
    kept = SubmittedReturn.objects.get()
    assert answer["Location"] == f"/figures/national-return/sent/{kept.reference}/"
    sent = national_return(Scope(met.pk), year)
    Incident.objects.filter(pk__in=[one.pk for one in made[:20]]).update(looked_after="yes")
    page = client.get(answer["Location"]).content.decode()
    assert freezing.thawed(SubmittedReturn.objects.get().content) == sent
    assert national_return(Scope(met.pk), year) != sent
    assert kept.digest in page
    assert "records were corrected since" in page
    assert "its digest differs" not in page
    SubmittedReturn.objects.update(digest="0" * 64)
    assert "its digest differs" in client.get(answer["Location"]).content.decode()
    SubmittedReturn.objects.update(force=kent_officer.organisation)
    assert client.get(answer["Location"]).status_code == 404
    with pytest.raises(Refused):
        services.submit(actor=met_coordinator.actor, year=financial_year_of(timezone.localdate()))


def test_pages_by_role(client, made, met_inspector, met_officer, duty_manager, auditor):
    for who in (met_officer, duty_manager, auditor):
        who.sign_in(client)
        for page in ("", "missing/", "missing/age/", "calls/", "return.csv"):
            assert client.get(f"/figures/national-return/{page}").status_code == 403
    met_inspector.sign_in(client)
    assert client.get("/figures/national-return/", {"force": "kent"}).status_code == 404
    assert client.get("/figures/national-return/missing/none/").status_code == 404
    assert {one.value for one in Harm} <= set(TABLES[-4].dimensions[0].words)
