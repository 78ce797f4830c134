"""Seals prove the trail, or name the first entry that was touched."""

import contextlib
import json
import random
import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import seals
from foundation.audit.models import AuditEvent, Seal, SealedEntry
from foundation.audit.services import record

SYSTEM = Actor.system("tests")
pytestmark = pytest.mark.usefixtures("committing_db")


def write(count: int) -> list[int]:
    return [
        record(actor=SYSTEM, action="tests.happened", target=Organisation, target_id=number).pk
        for number in range(count)
    ]


def two_looks() -> None:
    """The first look notes the watermark, the second seals below it once it has settled."""
    seals.seal()
    seals.seal()


def seal_all() -> None:
    """Look until everything written so far is sealed: transactions of other databases count too."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if seals.seal() is not None and not seals.verify().unsealed:
            return
        time.sleep(0.05)
    raise AssertionError("nothing settled within a minute")


def tamper(statement: str, *params: object) -> None:
    """What somebody with the keys of the database could do: switch the refusal off and write."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM audit_auditevent LIMIT 1")
        (part,) = cursor.fetchone()
        for table in (part, "audit_sealedentry", "audit_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, params)


def test_settled_entries_are_sealed_and_verify() -> None:
    write(5)
    seal_all()
    verdict = seals.verify()
    assert (verdict.intact, verdict.entries, verdict.unsealed) == (True, 5, 0)
    assert verdict.head == Seal.objects.get().head


def test_each_seal_continues_the_one_before() -> None:
    write(2)
    seal_all()
    write(3)
    seal_all()
    first, second = Seal.objects.order_by("pk")
    assert second.previous_head == first.head
    assert seals.verify().entries == 5


def test_nothing_new_makes_no_seal() -> None:
    write(1)
    seal_all()
    two_looks()
    assert Seal.objects.count() == 1


def test_an_entry_of_a_transaction_still_running_is_not_skipped() -> None:
    """It got its id first and commits last: the seal must wait for it, not pass it by."""
    wrote, may_commit, done = threading.Event(), threading.Event(), threading.Event()

    def slow_writer() -> None:
        with transaction.atomic():
            write(1)
            wrote.set()
            may_commit.wait(20)
        connection.close()
        done.set()

    thread = threading.Thread(target=slow_writer)
    thread.start()
    assert wrote.wait(20)
    write(1)
    two_looks()
    two_looks()
    assert Seal.objects.count() == 0, "sealing may not pass a transaction that is still running"
    may_commit.set()
    assert done.wait(20)
    thread.join()
    seal_all()
    assert seals.verify().entries == 2


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE audit_auditevent SET action = 'tests.other' WHERE id = %s", "changed"),
        ("DELETE FROM audit_auditevent WHERE id = %s", "gone"),
    ],
)
def test_the_first_touched_entry_is_named(statement: str, why: str) -> None:
    ids = write(5)
    seal_all()
    tamper(statement, ids[2])
    verdict = seals.verify()
    assert (verdict.intact, verdict.broken_event_id) == (False, ids[2])
    assert why in verdict.why
    with pytest.raises(CommandError, match=f"entry {ids[2]}"):
        call_command("audit_verify")


def test_a_removed_link_is_found() -> None:
    ids = write(3)
    seal_all()
    tamper("DELETE FROM audit_sealedentry WHERE event_id = %s", ids[2])
    assert not seals.verify().intact


def test_a_seal_that_was_rewritten_or_cut_off_is_found() -> None:
    write(2)
    seal_all()
    tamper("UPDATE audit_seal SET previous_head = 'x'")
    assert "does not continue" in seals.verify().why


def test_a_head_that_its_entries_do_not_give_is_found() -> None:
    write(2)
    seal_all()
    tamper("UPDATE audit_seal SET head = 'x'")
    assert "another head" in seals.verify().why


def test_exported_heads_find_a_chain_that_was_rewritten_whole(tmp_path, capsys) -> None:
    write(2)
    seal_all()
    call_command("audit_heads")
    file = tmp_path / "heads.jsonl"
    file.write_text(capsys.readouterr().out)
    call_command("audit_verify", "--heads", str(file))
    assert "intact" in capsys.readouterr().out
    row = json.loads(file.read_text())
    file.write_text(json.dumps({**row, "head": "0" * 64}))
    with pytest.raises(CommandError, match="exported"):
        call_command("audit_verify", "--heads", str(file))
    file.write_text(json.dumps({**row, "seal": row["seal"] + 1}))
    with pytest.raises(CommandError, match="is gone"):
        call_command("audit_verify", "--heads", str(file))


def test_a_file_that_holds_no_heads_is_refused(tmp_path) -> None:
    file = tmp_path / "heads.jsonl"
    file.write_text("nonsense")
    with pytest.raises(CommandError, match="not a file of exported heads"):
        call_command("audit_verify", "--heads", str(file))


def test_only_one_sealer_works_at_a_time() -> None:
    write(1)
    held, release = threading.Event(), threading.Event()

    def other_sealer() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [seals._ONE_SEALER])
            held.set()
            release.wait(20)
        connection.close()

    thread = threading.Thread(target=other_sealer)
    thread.start()
    assert held.wait(20)
    two_looks()
    assert not Seal.objects.exists()
    release.set()
    thread.join()


def test_a_restored_database_that_counts_transactions_anew_still_gets_sealed() -> None:
    from foundation.audit.models import Watermark

    write(2)
    seals.seal()
    Watermark.objects.update(running_below=str(2**60))
    seal_all()
    assert seals.verify().entries == 2


def test_an_entry_put_in_below_what_was_sealed_is_named(monkeypatch) -> None:
    ids = write(4)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('audit_auditevent', 'id'))")
        (unused,) = cursor.fetchone()
    write(1)
    seal_all()
    AuditEvent.objects.create(pk=unused, action="tests.forged", target="accounts.User", target_id=1)
    assert seals.verify().unsealed == 1
    monkeypatch.setattr(seals, "SLACK", 0)
    verdict = seals.verify()
    assert (verdict.intact, verdict.broken_event_id) == (False, unused)
    assert ids[-1] < unused


def test_writers_that_take_their_time_are_each_sealed_once_and_in_their_place() -> None:
    """Six people at once, some of whom give up, while the sealer looks again and again."""
    busy = threading.Event()

    def writer(number: int) -> None:
        chance = random.Random(number)
        for turn in range(12):
            with contextlib.suppress(_GivenUp), transaction.atomic():
                time.sleep(chance.random() / 100)
                write(1)
                time.sleep(chance.random() / 20)
                write(chance.randint(0, 2))
                if turn % 5 == 4:
                    raise _GivenUp
        connection.close()

    def sealer() -> None:
        while not busy.wait(0.005):
            seals.seal()
        connection.close()

    looking = threading.Thread(target=sealer)
    looking.start()
    writers = [threading.Thread(target=writer, args=(number,)) for number in range(6)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    busy.set()
    looking.join()
    if seals.verify().unsealed:
        seal_all()
    verdict = seals.verify()
    assert (verdict.intact, verdict.unsealed) == (True, 0)
    assert verdict.entries == AuditEvent.objects.count() == SealedEntry.objects.count()
    assert Seal.objects.count() > 1


class _GivenUp(Exception):
    pass
