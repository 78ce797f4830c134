"""Months of the trail: made ahead, dropped whole when their time is over, and never proof lost."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from foundation.access import Refused
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import months, seals
from foundation.audit.models import AuditEvent, DroppedMonth
from tests.foundation.audit.test_seals import SYSTEM, seal_all, tamper, write

pytestmark = pytest.mark.usefixtures("committing_db")
LONG_AGO = date(2017, 3, 1)
WHY = "Retention schedule."


def refused(code: str):
    return pytest.raises(Refused, check=lambda error: error.refusal.code == code)


@pytest.fixture
def old_ids() -> list[int]:
    """Three sealed entries of a month long ago, and two of today."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_make_partition(%s)", [LONG_AGO])
    then = datetime(2017, 3, 9, 12, tzinfo=UTC)
    made = [
        AuditEvent.objects.create(
            recorded_at=then, action="tests.happened", target=Organisation._meta.label, target_id=number
        ).pk
        for number in range(3)
    ]
    write(2)
    seal_all()
    return made


def test_months_to_come_have_their_tables() -> None:
    months.make_partitions(months=14)
    months.make_partitions(months=14)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_inherits WHERE inhparent = 'audit_auditevent'::regclass")
        assert cursor.fetchone()[0] == 16
    assert AuditEvent.objects.count() == 0


def test_a_month_goes_whole_and_the_chain_is_still_proven(old_ids: list[int], capsys) -> None:
    before = seals.heads()
    call_command("audit_drop_month", "2017-03", "--reason", WHY)
    assert "3 entries dropped" in capsys.readouterr().out
    assert not AuditEvent.objects.filter(pk__in=old_ids).exists()
    assert AuditEvent.objects.get(action="audit.month_dropped").source == "audit.drop_month"
    seal_all()
    verdict = seals.verify(heads={row["seal"]: row["head"] for row in before})
    assert (verdict.intact, verdict.dropped, verdict.entries) == (True, 3, 6)
    call_command("audit_verify")
    assert "3 of them went with the months 2017-03" in capsys.readouterr().out


def test_one_entry_taken_beside_a_dropped_month_is_still_found(old_ids: list[int]) -> None:
    months.drop_month(actor=SYSTEM, month=LONG_AGO, reason=WHY)
    seal_all()
    newest = AuditEvent.objects.latest("pk").pk
    tamper("DELETE FROM audit_auditevent WHERE id = %s", newest)
    verdict = seals.verify()
    assert (verdict.intact, verdict.broken_event_id) == (False, newest)


def test_more_absent_than_were_dropped_is_found(old_ids: list[int]) -> None:
    tamper("DELETE FROM audit_auditevent WHERE id = %s", old_ids[1])
    DroppedMonth.objects.create(
        month=LONG_AGO, entries=3, first_event_id=old_ids[0], last_event_id=old_ids[-1]
    )
    assert "1 entries are absent, 3 were dropped" in seals.verify().why


def test_what_may_not_go_stays(old_ids: list[int]) -> None:
    person = Actor(organisation_id=1, roles=frozenset(), user_id=1)
    with refused("role"):
        months.drop_month(actor=person, month=LONG_AGO, reason=WHY)
    with refused("reason_required"):
        months.drop_month(actor=SYSTEM, month=LONG_AGO, reason=" ")
    with refused("too_young"):
        months.drop_month(actor=SYSTEM, month=date.today(), reason=WHY)
    with refused("no_such_month"):
        months.drop_month(actor=SYSTEM, month=date(2016, 1, 1), reason=WHY)
    with pytest.raises(CommandError, match="2019-03"):
        call_command("audit_drop_month", "March", "--reason", WHY)
    with pytest.raises(CommandError, match="no table"):
        call_command("audit_drop_month", "2016-01", "--reason", WHY)
    then = datetime(2017, 3, 10, tzinfo=UTC)
    AuditEvent.objects.create(recorded_at=then, action="tests.late", target="accounts.User")
    with refused("unsealed"):
        months.drop_month(actor=SYSTEM, month=LONG_AGO, reason=WHY)
    assert AuditEvent.objects.filter(pk__in=old_ids).count() == 3


def test_nothing_is_dropped_from_a_broken_trail(old_ids: list[int]) -> None:
    tamper("UPDATE audit_auditevent SET action = 'tests.other' WHERE id = %s", old_ids[0])
    with refused("broken"):
        months.drop_month(actor=SYSTEM, month=LONG_AGO, reason=WHY)


def test_what_was_dropped_cannot_be_rewritten(old_ids: list[int]) -> None:
    row = months.drop_month(actor=SYSTEM, month=LONG_AGO, reason=WHY)
    for statement in ("UPDATE audit_droppedmonth SET entries = 0", "DELETE FROM audit_droppedmonth"):
        with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
            cursor.execute(statement)
    assert DroppedMonth.objects.get() == row
