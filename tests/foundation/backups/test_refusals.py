"""What a backup and a restore refuse, and that a refusal changes nothing."""

from __future__ import annotations

import os

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from foundation.backups.models import Backup, Hold
from foundation.backups.services import postgres
from missingcases.models import Incident
from tests.missingcases.making import report


def test_without_a_key_nothing_is_written(place, settings, committing_db) -> None:
    settings.BACKUP_RECIPIENTS = []
    with pytest.raises(CommandError, match="backup_key"):
        place.back_up()
    settings.BACKUP_RECIPIENTS = ["age1nonsense"]
    with pytest.raises(CommandError, match="no age public key"):
        place.back_up()
    assert not place.file.exists()


def test_an_existing_file_is_not_written_over_and_a_missing_folder_is_named(place, committing_db) -> None:
    place.file.write_text("another backup")
    with pytest.raises(CommandError, match="there already"):
        place.back_up()
    assert place.file.read_text() == "another backup"
    with pytest.raises(CommandError, match="no folder"):
        call_command("backup", str(place.folder / "nowhere" / "x.age"))


def test_a_server_with_too_few_locks_is_named_before_anything_is_changed(committing_db) -> None:
    """What it reckons is enough for what a restore really takes (the half of it that drops)."""
    assert postgres.too_few_locks(64, 200, 12_800) == ""
    assert "max_locks_per_transaction to 65 or more" in postgres.too_few_locks(64, 200, 12_801)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()")
        dropping = cursor.fetchone()[0]
        transaction.set_rollback(True)
    reckoned = postgres.locks_of_a_restore()
    assert 1.5 * dropping < reckoned < 3 * dropping
    postgres.need_room_for_locks()


def test_the_file_holds_nothing_in_clear_and_only_its_owner_reads_it(
    place, committing_db, met_officer
) -> None:
    report(met_officer.actor, given_names="Zebedee")
    (place.media / "photo.jpg").write_bytes(b"a picture of somebody")
    data = place.back_up().read_bytes()
    assert data.startswith(b"age-encryption.org/v1")
    assert b"Zebedee" not in data
    assert b"picture" not in data
    assert place.file.stat().st_mode & 0o077 == 0
    assert [one.name for one in place.folder.iterdir() if one.suffix == ".part"] == []


def test_a_database_that_is_not_empty_is_left_alone_without_over(place, committing_db, met_officer) -> None:
    place.back_up()
    later = report(met_officer.actor)
    with pytest.raises(CommandError, match="--over"):
        place.restore()
    assert Incident.objects.filter(pk=later.pk).exists()
    assert not Hold.objects.exists()


@pytest.mark.parametrize("damage", ["cut short", "changed", "another key"])
def test_a_damaged_backup_changes_nothing(place, committing_db, met_officer, damage) -> None:
    place.back_up()
    later = report(met_officer.actor)
    data = bytearray(place.file.read_bytes())
    if damage == "cut short":
        place.file.write_bytes(data[: len(data) // 2])
    elif damage == "changed":
        data[len(data) // 2] ^= 1
        place.file.write_bytes(data)
    else:
        place.key.write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(CommandError, match=r"cannot be opened|failed"):
        place.restore("--over")
    assert Incident.objects.filter(pk=later.pk).exists()
    assert not Hold.objects.exists()


def test_what_is_no_private_key_is_said(place, committing_db) -> None:
    place.back_up()
    place.key.write_text("not a key")
    with pytest.raises(CommandError, match="no private key"):
        place.restore("--over")


def test_check_reads_it_through_and_changes_nothing(place, committing_db, capsys) -> None:
    place.back_up()
    place.restore("--check")
    assert "Whole:" in capsys.readouterr().out
    assert not Hold.objects.exists()


def test_backups_are_listed(place, committing_db, capsys) -> None:
    place.back_up()
    call_command("backup", "--list")
    said = capsys.readouterr().out
    assert "harbour.age" in said
    assert Backup.objects.get().sha256 in said
    with pytest.raises(CommandError, match="which file"):
        call_command("backup")


def test_a_key_is_made_once_and_read_by_its_owner_alone(place, committing_db, capsys) -> None:
    file = place.folder / "new.txt"
    call_command("backup_key", str(file))
    public = capsys.readouterr().out.strip()
    assert public.startswith("age1")
    assert public in file.read_text()
    assert os.stat(file).st_mode & 0o077 == 0
    with pytest.raises(CommandError):
        call_command("backup_key", str(file))


def test_ids_given_out_after_the_backup_are_not_given_out_again(place, committing_db, met_officer) -> None:
    place.back_up()
    lost = report(met_officer.actor)
    place.restore("--over")
    assert report(met_officer.actor).pk > lost.pk
