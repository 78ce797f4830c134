"""A file is brought in: good rows land, bad rows come back, twice changes nothing."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection

from foundation.audit.models import AuditEvent
from missingcases import services as cases
from missingcases.imports import selectors
from missingcases.imports.models import BadRow, BatchStatus, ImportBatch
from missingcases.models import AudienceRow, Incident, MissingPerson, Phone
from missingcases.selectors import incidents_visible_to
from tests.cast import Member
from tests.missingcases.imports.files import GOOD, OPEN, as_csv, as_jsonl, as_xlsx, febrl

pytestmark = pytest.mark.django_db
BAD = {**GOOD, "force_reference": "MP/9", "outcome": "Eaten by a whale"}


def counts(batch: ImportBatch) -> tuple[int, int, int]:
    return batch.created, batch.unchanged, batch.bad


def errors_of(batch: ImportBatch) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(selectors.error_file(batch)))))


def everything() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Incident, MissingPerson, Phone, AudienceRow))


@pytest.mark.parametrize(("kind", "make"), [("csv", as_csv), ("xlsx", as_xlsx), ("jsonl", as_jsonl)])
def test_good_rows_land_and_bad_rows_come_back_whatever_the_file(bring_in, kind, make) -> None:
    batch = bring_in(make(GOOD, BAD, OPEN), kind)

    assert (batch.status, *counts(batch)) == (BatchStatus.DONE, 2, 0, 1)
    closed = Incident.objects.get(force_reference="MP/1")
    assert closed.person.full_name == "Alex Example"
    assert (closed.status, closed.outcome, closed.age_at_report) == ("closed", "located_alive", 14)
    fault = batch.bad_rows.get()
    assert (fault.line, fault.column) == (2 if kind == "jsonl" else 3, "outcome")
    (wrong,) = errors_of(batch)
    assert wrong["outcome"] == "Eaten by a whale"
    assert wrong["what_is_wrong"].startswith("outcome is none of")


def test_a_dry_run_finds_the_same_and_writes_nothing(bring_in) -> None:
    batch = bring_in(as_csv(GOOD, BAD, OPEN), is_dry_run=True)

    assert (*counts(batch), batch.held) == (2, 0, 1, 1)
    assert everything() == (0, 0, 0, 0)
    assert not AuditEvent.objects.filter(action="incident.imported").exists()


def test_twice_changes_nothing(bring_in) -> None:
    bring_in(as_csv(GOOD, OPEN))
    before = everything()
    stamps = list(Incident.objects.order_by("pk").values_list("updated_at", flat=True))

    again = bring_in(as_xlsx(GOOD, {**OPEN, "given_names": "Somebody else"}), "xlsx")

    assert counts(again) == (0, 2, 0)
    assert everything() == before
    assert list(Incident.objects.order_by("pk").values_list("updated_at", flat=True)) == stamps


def test_a_reference_that_stands_twice_in_a_file_lands_once(bring_in) -> None:
    batch = bring_in(as_csv(GOOD, {**GOOD, "given_names": "Twin"}))

    assert counts(batch) == (1, 0, 1)
    assert "more than once" in batch.bad_rows.get().reason
    assert Incident.objects.get().person.given_names == "Alex"


def test_another_forces_references_are_its_own(
    bring_in, kent_supervisor: Member, kent_officer: Member
) -> None:
    bring_in(as_csv(GOOD))
    batch = bring_in(as_csv({**GOOD, "given_names": "Kim"}), by=kent_supervisor)

    assert counts(batch) == (1, 0, 0)
    seen = incidents_visible_to(kent_officer.actor)
    assert [row.person.given_names for row in seen] == ["Kim"]


def test_another_forces_person_is_nobody_here(bring_in, kent_supervisor: Member) -> None:
    bring_in(as_csv(GOOD))
    reference = MissingPerson.objects.get().reference

    batch = bring_in(as_csv({**GOOD, "person_reference": reference}), by=kent_supervisor)

    assert counts(batch) == (0, 0, 1)
    assert batch.bad_rows.get().column == "person_reference"


def test_what_was_passed_on_to_another_force_does_not_come_back(
    bring_in, kent, kent_supervisor: Member, met_supervisor: Member
) -> None:
    bring_in(as_csv(OPEN))
    incident = Incident.objects.get()
    offer = cases.offer_transfer(
        actor=met_supervisor.actor,
        incident_id=incident.pk,
        to_organisation_id=kent.pk,
        reason="Lives in Kent.",
    )
    cases.accept_transfer(actor=kent_supervisor.actor, transfer_id=offer.pk)

    assert counts(bring_in(as_csv(OPEN))) == (0, 1, 0)
    assert Incident.objects.count() == 1


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_the_error_file_can_be_mended_and_brought_in(bring_in, kind) -> None:
    make = {"csv": as_csv, "jsonl": as_jsonl}[kind]
    rows = [
        {**BAD, "force_reference": "MP/7", "family_name": "-Dash", "telephone": "+447700900125"},
        {**BAD, "force_reference": "MP/8", "family_name": "=HYPERLINK()"},
    ]
    first = bring_in(make(*rows), kind)
    returned = errors_of(first)
    assert [row["family_name"] for row in returned] == ["'-Dash", "'=HYPERLINK()"]
    assert returned[0]["telephone"] == "'+447700900125"

    mended = [{**row, "outcome": "located_alive"} for row in returned]
    again = bring_in(as_csv(*mended))

    assert counts(again) == (2, 0, 0)
    names = MissingPerson.objects.order_by("family_name").values_list("family_name", flat=True)
    assert list(names) == ["-Dash", "=HYPERLINK()"]


def test_no_cell_of_the_error_file_runs_as_a_formula(bring_in) -> None:
    rows: list[dict[str, Any]] = [
        {**BAD, "family_name": words} for words in ("=1", "+1", "-1", "@x", " =1", "\uff1d1", "\t=1")
    ]
    batch = bring_in(as_jsonl({**GOOD, "=cmd|' /C calc'!A0": 1}, *rows), "jsonl")

    told = csv.reader(io.StringIO("".join(selectors.error_file(batch))))
    cells = [cell for row in told for cell in row]
    assert len(cells) > 100
    assert [cell for cell in cells if cell.strip().startswith(("=", "+", "-", "@", "\uff1d"))] == []


def test_a_line_that_cannot_be_read_takes_no_column_from_the_others(bring_in) -> None:
    names, row = as_csv(BAD).decode().splitlines()
    batch = bring_in(f'{names}\nx,"y" z\n{row},too,many\n{row}\n'.encode())

    first, second, third = errors_of(batch)
    assert "cannot be read as CSV" in first["what_is_wrong"]
    assert second["outcome"] == third["outcome"] == "Eaten by a whale"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "first line"),
        (as_csv(GOOD).splitlines()[0], "no rows"),
        (b"name,surname\nA,B\n", "no column name, surname"),
        (b"given_names\nA\n", "needs the column force_reference"),
        (as_csv(GOOD).decode().encode("utf-16-le"), "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_fails_in_words_and_lands_nothing(bring_in, content, words) -> None:
    batch = bring_in(content)

    assert batch.status == BatchStatus.FAILED
    assert words in batch.problem
    assert everything() == (0, 0, 0, 0)


def test_a_first_row_that_ends_early_does_not_condemn_the_file(bring_in) -> None:
    content = as_csv(GOOD, {**GOOD, "force_reference": "MP/3"}).decode().splitlines()
    batch = bring_in("\n".join([content[0], "MP/4", *content[1:]]).encode())
    assert counts(batch) == (2, 0, 1)


@pytest.mark.parametrize(
    "odd",
    [
        {"given_names": "A\x00lex"},
        {"given_names": "A\ud800lex"},
        {"force_reference": "MP\x00"},
        {"person_reference": "\x00"},
        {"person_reference": "\ud800"},
        {"placing_authority": "\x00"},
        {"nick\x00name": "x"},
        {"nick\ud800name": "x"},
        {"reported_at": "0001-01-01T00:30+23:00"},
        {"date_of_birth": "0001-01-01"},
        {"distance_km": "1e999999"},
        {"distance_km": 1e-300, "outcome": "x"},
        {"estimated_age": 1e308},
    ],
)
def test_what_a_database_cannot_keep_is_a_bad_row_and_stops_nothing(bring_in, odd) -> None:
    batch = bring_in(as_jsonl({**GOOD, **odd}, {**GOOD, "force_reference": "MP/2"}), "jsonl")

    assert (batch.status, *counts(batch)) == (BatchStatus.DONE, 1, 0, 1)
    assert len(errors_of(batch)) == 1


def test_a_row_that_only_the_database_refuses_costs_no_other(bring_in) -> None:
    """Its checks forbid this alias here, as a later rule of the database might forbid anything."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE missingcases_alias ADD CHECK (name <> 'Nobody')")
    rows = [{**GOOD, "force_reference": f"MP/{number}"} for number in range(3)]
    batch = bring_in(as_csv(rows[0], {**rows[1], "aliases": "Nobody"}, rows[2]))

    assert (batch.status, *counts(batch)) == (BatchStatus.DONE, 2, 0, 1)
    assert batch.bad_rows.get().line == 3
    assert Incident.objects.count() == MissingPerson.objects.count() == 2


@pytest.mark.parametrize("name", ["dataset1.csv", "dataset3.csv"])
def test_person_files_that_others_made_land_dirty_as_they_are(bring_in, name) -> None:
    rows = febrl(name)
    batch = bring_in(as_csv(*rows))

    assert batch.seen == len(rows)
    assert batch.unchanged == 0
    assert batch.created == Incident.objects.count() == len(rows) - batch.bad
    assert batch.created > 0.8 * len(rows)
    assert len(errors_of(batch)) == batch.bad
    columns = set(BadRow.objects.values_list("column", flat=True))
    assert columns <= {"date_of_birth", ""}, "the dirt is in the birthdays, or nobody is named"
    assert bring_in(as_csv(*rows)).unchanged == batch.created
