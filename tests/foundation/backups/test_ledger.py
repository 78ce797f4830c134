"""The ledger: written the moment a stop commits, encrypted, and done again exactly once."""

from __future__ import annotations

import json
from datetime import timedelta
from threading import Thread

from django.db import connection, transaction
from django.utils import timezone

from foundation.actors import Actor
from foundation.backups.models import Hold, LedgerLine
from foundation.backups.services import holding, ledger
from foundation.messaging import services as messaging
from foundation.messaging.models import Switch
from foundation.messaging.services.suppression import is_suppressed, suppress_key
from missingcases.models import Incident
from tests.foundation.messaging.conftest import NUMBER
from tests.missingcases.making import located, missing, report

SYSTEM = Actor.system("test")


def everything() -> list[LedgerLine | None]:
    return list(ledger.read(since=timezone.now() - timedelta(days=1)))


def hold() -> Hold:
    now = timezone.now()
    return Hold.objects.create(backup_made_at=now - timedelta(hours=1), restored_at=now)


def forget() -> None:
    """As a database that was lost right after the backup: it never heard of these lines."""
    LedgerLine.objects.all().delete()


def test_stops_opt_outs_and_switches_are_written_and_hold_no_words(
    place, committing_db, met_officer, met_supervisor, duty_manager
) -> None:
    incident = missing(met_supervisor.actor, report(met_officer.actor))
    located(met_officer.actor, incident)
    messaging.suppress(actor=SYSTEM, service="textsafe", channel="sms", to=NUMBER, cause="stop")
    messaging.switches.stop(actor=duty_manager.actor, service="textsafe", reason="A drill about Alex.")

    assert [line.kind for line in everything()] == [
        "incident.stopped",
        "suppression.started",
        "switch.stopped",
    ]
    told = json.dumps([line.ids for line in everything()])
    assert NUMBER not in told
    assert "Alex" not in told
    written = b"".join(file.read_bytes() for file in place.ledger.iterdir())
    assert b"suppression" not in written
    assert not LedgerLine.objects.filter(written_at__isnull=True).exists()


def test_what_was_rolled_back_is_not_in_the_ledger(place, committing_db) -> None:
    with transaction.atomic():
        suppress_key(actor=SYSTEM, service="textsafe", channel="sms", to_key="k", cause="stop")
        transaction.set_rollback(True)
    assert everything() == []


def test_a_full_disk_undoes_no_stop_and_the_sweep_writes_it_later(place, committing_db) -> None:
    place.ledger.write_text("in the way of the folder")
    messaging.suppress(actor=SYSTEM, service="textsafe", channel="sms", to=NUMBER, cause="stop")
    assert is_suppressed("textsafe", "sms", NUMBER)
    place.ledger.unlink()
    ledger.copy_out_or_leave()
    assert [line.kind for line in everything()] == ["suppression.started"]
    assert ledger.copy_out() == 0


def test_many_at_once_each_write_one_whole_line(place, committing_db) -> None:
    def write(number: int) -> None:
        suppress_key(actor=SYSTEM, service="textsafe", channel="sms", to_key=f"k{number}", cause="stop")
        connection.close()

    threads = [Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ledger.copy_out()
    keys = [line.ids["to_key"] for line in everything()]
    assert sorted(keys) == sorted(f"k{number}" for number in range(12))


def test_it_is_done_again_once_in_order(place, committing_db, duty_manager) -> None:
    messaging.suppress(actor=SYSTEM, service="textsafe", channel="sms", to=NUMBER, cause="stop")
    messaging.switches.stop(actor=duty_manager.actor, service="textsafe", reason="A drill.")
    messaging.switches.start(actor=duty_manager.actor, service="textsafe", reason="Over.")
    messaging.switches.stop(actor=duty_manager.actor, service="*", reason="Another.")
    forget()
    Switch.objects.all().delete()

    first = holding.catch_up(hold_id=hold().pk)
    assert (first.applied, first.unmatched, first.failed) == (4, 0, 0)
    stopped = set(Switch.objects.filter(is_stopped=True).values_list("service", flat=True))
    assert stopped == {"*"}
    assert holding.catch_up(hold_id=first.pk).applied == 4


def test_an_incident_that_is_not_there_is_counted_not_guessed(place, committing_db) -> None:
    with transaction.atomic():
        ledger.note("incident.stopped", incident_id=987654, cause="located")
        ledger.note("release.revoked", release_id=987654)
        ledger.note("textsafe.withdrawn", request_id=987654)
        ledger.note("textsafe.vetoed", incident_id=987654, made_by_id=1)
        ledger.note("suppression.lifted", service="textsafe", channel="sms", to_key="k")
    forget()
    found = holding.catch_up(hold_id=hold().pk)
    assert (found.applied, found.unmatched, found.failed) == (0, 5, 0)
    assert found.reapplied_at


def test_what_cannot_be_done_again_or_read_is_told_and_stays_held(place, committing_db) -> None:
    with transaction.atomic():
        ledger.note("from.a.later.version", thing=1)
    forget()
    (file,) = place.ledger.iterdir()
    file.write_bytes(file.read_bytes() + b"garbage\n")
    found = holding.catch_up(hold_id=hold().pk)
    assert (found.failed, found.unreadable, found.reapplied_at) == (1, 1, None)


def test_a_restored_incident_lets_nothing_start_until_it_is_entered_again(
    place, committing_db, met_officer, met_supervisor
) -> None:
    incident = missing(met_supervisor.actor, report(met_officer.actor))
    with transaction.atomic():
        ledger.note("incident.stopped", incident_id=incident.pk, cause="located")
    forget()
    holding.catch_up(hold_id=hold().pk)
    held = Incident.objects.get(pk=incident.pk)
    assert (held.status, held.starts_held) == ("missing", True)

    located(met_officer.actor, held)
    assert Incident.objects.get(pk=incident.pk).starts_held is False
