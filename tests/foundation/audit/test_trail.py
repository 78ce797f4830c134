"""The trail takes entries and gives none back."""

import pytest
from django.db import DatabaseError, connection, transaction

from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit.models import AuditEvent, Reason, Seal
from foundation.audit.services import record

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")


def one_entry() -> AuditEvent:
    return record(actor=SYSTEM, action="tests.happened", target=Organisation, target_id=7, fields={"name"})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET action = 'x'",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
        "TRUNCATE audit_auditevent_other",
        "UPDATE audit_seal SET entries = 0",
        "DELETE FROM audit_sealedentry",
        "TRUNCATE audit_sealedentry",
    ],
)
def test_the_database_refuses_to_change_the_trail(statement: str) -> None:
    entry = one_entry()
    seal = Seal.objects.create(previous_head="a", head="b", entries=1, last_event_id=entry.pk)
    seal.links.create(event_id=entry.pk, digest=b"x")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEvent.objects.filter(pk=entry.pk, action="tests.happened").exists()


def test_an_entry_for_this_month_lies_in_a_partition_of_its_own() -> None:
    entry = one_entry()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM audit_auditevent WHERE id = %s", [entry.pk])
        (part,) = cursor.fetchone()
    entry.refresh_from_db()
    assert part == f"audit_auditevent_{entry.recorded_at:%Y%m}"


def test_words_of_a_reason_are_kept_apart_so_that_they_can_be_erased() -> None:
    entry = record(
        actor=SYSTEM, action="tests.happened", target=Organisation, target_id=1, reason=" Because. "
    )
    assert Reason.objects.get(pk=entry.reason_id).text == "Because."
    Reason.objects.all().delete()
    assert AuditEvent.objects.get(pk=entry.pk).reason_id == entry.reason_id


def test_an_entry_without_a_reason_has_none() -> None:
    assert one_entry().reason_id is None
