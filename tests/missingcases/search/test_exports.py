"""Taking a list along: what is in the file, who fetches it, and that it is gone after a day."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from foundation.access import Refused
from foundation.accounts.models import Membership
from foundation.audit.models import AuditEvent
from foundation.files import storage
from missingcases import services as cases
from missingcases.models import Incident
from missingcases.search import files, services
from missingcases.search.models import Export
from missingcases.selectors import Filters
from tests.cast import Member
from tests.missingcases import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def incident(met_officer: Member) -> Incident:
    return making.report(met_officer.actor, given_names="=HYPERLINK(1)", family_name="Łukasz")


def made(who: Member, kind: str = "csv", **asked) -> Export:
    export = services.ask_for_export(actor=who.actor, filters=Filters(**asked), kind=kind)
    return services.run(export_id=export.pk)


def lines(export: Export) -> list[list[str]]:
    path = storage.path_of(export.stored_as)
    if export.kind == "csv":
        return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    sheet = load_workbook(path).worksheets[0]
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_holds_what_one_may_see_and_no_formula(incident, met_officer, kent_officer, kind) -> None:
    theirs = making.report(kent_officer.actor)
    export = made(met_officer, kind)
    head, *rows = lines(export)
    assert head == files.heading()
    assert [row[0] for row in rows] == [incident.reference]
    assert rows[0][3:5] == ["'=HYPERLINK(1)", "Łukasz"]
    assert theirs.reference not in str(rows)
    told = AuditEvent.objects.get(action="incident.exported")
    assert (told.target_ids, told.user_id) == ([incident.pk], met_officer.user.pk)


def test_the_file_is_narrowed_as_the_list_was(incident, met_officer, met_supervisor) -> None:
    graded = making.missing(met_supervisor.actor, making.report(met_officer.actor), "high")
    assert [row[0] for row in lines(made(met_officer, risk="high"))[1:]] == [graded.reference]


def test_a_long_list_is_written_chunk_by_chunk_in_order(met_officer, monkeypatch) -> None:
    monkeypatch.setattr(services, "CHUNK", 2)
    refs = [making.report(met_officer.actor).reference for _ in range(5)]
    export = made(met_officer)
    assert [row[0] for row in lines(export)[1:]] == refs[::-1]
    assert (export.position, export.total) == (5, 5)


def test_whoever_lost_their_place_gets_an_empty_file(incident, met_officer) -> None:
    export = services.ask_for_export(actor=met_officer.actor, filters=Filters(), kind="csv")
    Membership.objects.filter(user=met_officer.user).update(ended_at=timezone.now())
    assert lines(services.run(export_id=export.pk)) == [files.heading()]


def test_the_file_is_fetched_by_its_owner_and_the_fetching_is_audited(
    incident, met_officer, second_met_officer, kent_officer
) -> None:
    export = made(met_officer)
    path = f"/search/exports/{export.reference}/file/"
    answer = met_officer.sign_in(Client()).get(path)
    assert incident.reference in b"".join(answer.streaming_content).decode()
    assert AuditEvent.objects.filter(action="export.downloaded", target_id=export.pk).count() == 1
    for stranger in (second_met_officer, kent_officer):
        assert stranger.sign_in(Client()).get(path).status_code == 404
        with pytest.raises(Refused):
            services.fetch(actor=stranger.actor, export=export)


def test_what_became_invisible_meanwhile_is_not_fetched(incident, met_officer, met_supervisor) -> None:
    export = made(met_officer)
    cases.restrict_incident(actor=met_supervisor.actor, incident_id=incident.pk, reason="Staff.")
    with pytest.raises(Refused):
        services.fetch(actor=met_officer.actor, export=export)
    page = met_officer.sign_in(Client()).get(f"/search/exports/{export.reference}/file/", follow=True)
    assert "The file is deleted" in page.content.decode()
    export.refresh_from_db()
    assert (export.status, export.stored_as, export.incident_ids) == ("gone", "", [])
    assert list(storage.path_of(files.FOLDER).iterdir()) == []


def test_after_a_day_the_file_and_what_was_asked_are_gone(incident, met_officer) -> None:
    export = made(met_officer, text="Łukasz")
    assert services.forget_files() == 0
    Export.objects.filter(pk=export.pk).update(created_at=timezone.now() - timedelta(hours=25))
    assert services.forget_files() == 1
    export.refresh_from_db()
    assert (export.status, export.filters, export.incident_ids) == ("gone", {}, [])
    assert list(storage.path_of(files.FOLDER).iterdir()) == []


def test_an_export_whose_worker_was_killed_is_made_anew(incident, met_officer) -> None:
    export = made(met_officer)
    first = export.stored_as
    long_ago = timezone.now() - timedelta(minutes=5)
    Export.objects.filter(pk=export.pk).update(status="running", updated_at=long_ago)
    again = services.run(export_id=export.pk)
    assert again.stored_as != first
    assert [path.name for path in storage.path_of(files.FOLDER).iterdir()] == [again.stored_as.split("/")[1]]


def test_the_pages_lead_from_the_list_to_the_file(incident, met_officer) -> None:
    client = met_officer.sign_in(Client())
    answer = client.post("/search/exports/", {"listing": "incidents", "answers": "status=any", "kind": "csv"})
    export = Export.objects.get()
    assert answer["Location"] == f"/search/exports/{export.reference}/"
    assert "Waiting to start" in client.get(answer["Location"]).content.decode()
    services.run(export_id=export.pk)
    assert client.get(f"{answer['Location']}progress/")["HX-Refresh"] == "true"
    assert "Download the file" in client.get(answer["Location"]).content.decode()
    assert export.reference in client.get("/search/exports/").content.decode()
