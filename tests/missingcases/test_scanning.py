"""A file that is not a picture opens only after the scanner has found nothing in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from foundation.audit.models import AuditEvent
from foundation.exceptions import NotVisible
from missingcases import services
from missingcases.enums import Audience, ScanStatus
from missingcases.models import Attachment
from missingcases.services.notes import stored_path
from tests.cast import Member
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def scanner(settings, tmp_path: Path) -> Path:
    """A real command: it finds what says VIRUS, and is unwell where it reads UNWELL."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    script = tmp_path / "scan.sh"
    script.write_text(
        'echo "$2" >>"$1"\ngrep -q UNWELL "$2" && exit 2\ngrep -q VIRUS "$2" && exit 1\nexit 0\n'
    )
    settings.SCAN_COMMAND = f"sh '{script}' '{tmp_path}/scanned'"
    return tmp_path / "scanned"


@pytest.fixture
def upload(met_officer: Member):
    """`upload(words)` keeps a text file on an incident."""
    incident = world.reported(met_officer.actor)

    def keep(words: str) -> Attachment:
        return services.add_attachment(
            actor=met_officer.actor,
            incident_id=incident.pk,
            name="statement.txt",
            content=words.encode(),
            audience=Audience.OWNER,
        )

    return keep


def opened(row: Attachment, by: Member) -> bytes:
    _, handle = services.open_attachment(
        actor=by.actor, incident_reference=row.incident.reference, reference=row.reference
    )
    with handle:
        return handle.read()


def test_a_clean_file_opens_after_its_scan_and_not_before(upload, met_officer: Member, scanner: Path) -> None:
    row = upload("She left at nine.")
    with pytest.raises(NotVisible):
        opened(row, met_officer)

    assert services.scan_waiting() == 1

    assert opened(row, met_officer) == b"She left at nine."
    row.refresh_from_db()
    assert row.scan_status == ScanStatus.CLEAN
    assert row.scanned_at is not None
    assert scanner.read_text().split() == [str(stored_path(row.stored_name))]
    assert AuditEvent.objects.get(action="attachment.scanned").target_id == row.pk


def test_a_file_in_which_something_was_found_never_opens(upload, met_officer: Member) -> None:
    row = upload("VIRUS")

    assert services.scan_waiting() == 1

    row.refresh_from_db()
    assert row.scan_status == ScanStatus.REFUSED
    with pytest.raises(NotVisible):
        opened(row, met_officer)
    assert AuditEvent.objects.get(action="attachment.refused").target_id == row.pk


def test_nothing_opens_while_the_scanner_is_unwell(upload, met_officer: Member) -> None:
    unwell, behind = upload("UNWELL"), upload("Nothing in it.")

    assert services.scan_waiting() == 0

    assert set(Attachment.objects.values_list("scan_status", flat=True)) == {ScanStatus.WAITING}
    for row in (unwell, behind):
        with pytest.raises(NotVisible):
            opened(row, met_officer)


def test_nothing_opens_where_the_scanner_is_not_there(upload, settings) -> None:
    upload("Nothing in it.")
    settings.SCAN_COMMAND = "/no/such/scanner"

    assert services.scan_waiting() == 0
    assert Attachment.objects.get().scan_status == ScanStatus.WAITING


def test_without_a_command_nothing_is_called_clean(upload, settings, met_officer: Member) -> None:
    row = upload("Nothing in it.")
    settings.SCAN_COMMAND = ""

    assert services.scan_waiting() == 0
    with pytest.raises(NotVisible):
        opened(row, met_officer)


def test_a_file_that_was_lost_holds_up_nobody(upload) -> None:
    lost, kept = upload("Lost."), upload("Kept.")
    stored_path(lost.stored_name).unlink()

    assert services.scan_waiting() == 2

    assert Attachment.objects.get(pk=lost.pk).scan_status == ScanStatus.REFUSED
    assert Attachment.objects.get(pk=kept.pk).scan_status == ScanStatus.CLEAN


def test_a_scanned_file_is_not_scanned_again(upload, scanner: Path) -> None:
    upload("Nothing in it.")
    services.scan_waiting()

    assert services.scan_waiting() == 0
    assert len(scanner.read_text().split()) == 1
