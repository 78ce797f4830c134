"""The tables of the trail, one a month: made ahead, and dropped whole when their time is over."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.audit import seals
from foundation.audit.models import DroppedMonth, SealedEntry
from foundation.audit.services import record

NO_REASON = Refusal("reason_required", "Say why. This is kept with the record.")
NOT_OURS = Refusal("role", "A month of the trail is dropped on the server's command line.")
ABSENT = Refusal("no_such_month", "There is no table of that month.")
UNSEALED = Refusal("unsealed", "Some entries of that month are not sealed yet.")


def make_partitions(*, months: int = 12) -> None:
    """Make the tables of this month and the next `months`, where they are missing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_make_partition((current_date + make_interval(months => ahead))::date)"
            " FROM generate_series(0, %s) AS ahead",
            [months],
        )


def may_drop(actor: Actor, month: date) -> Refusal | None:
    """Whether that month may go: by the server alone, after `settings.AUDIT_KEEP_MONTHS`."""
    if not actor.is_system:
        return NOT_OURS
    today = timezone.now().date()
    ended_ago = (today.year - month.year) * 12 + today.month - month.month - 1
    if ended_ago < settings.AUDIT_KEEP_MONTHS:
        return Refusal("too_young", f"Entries are kept for {settings.AUDIT_KEEP_MONTHS} months.")
    return None


@transaction.atomic
def drop_month(*, actor: Actor, month: date, reason: str) -> DroppedMonth:
    """Drop the entries of a month; their seals and links stay, and the trail says that it was done.

    Raises `Refused`, also where the chain is broken: what is gone could no longer be looked into.
    """
    first = month.replace(day=1)
    require(may_drop(actor, first))
    require(None if reason.strip() else NO_REASON)
    ids = _ids_of(_table_of(first))
    sealed = SealedEntry.objects.filter(event_id__in=ids).count()
    require(None if ids and sealed == len(ids) else UNSEALED)
    found = seals.verify()
    require(None if found.intact else Refusal("broken", f"The trail is broken: {found.why}."))
    row = DroppedMonth.objects.create(
        month=first, entries=len(ids), first_event_id=min(ids), last_event_id=max(ids)
    )
    record(actor=actor, action="audit.month_dropped", target=row, reason=reason)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '5s'")
        cursor.execute(f"DROP TABLE {_table_of(first)}")
    return row


def _table_of(first: date) -> str:
    """The quoted name of that month's table. Raises `Refused` where there is none."""
    name = f"audit_auditevent_{first:%Y%m}"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits"
            " WHERE inhparent = 'audit_auditevent'::regclass AND inhrelid = to_regclass(%s)",
            [name],
        )
        found = cursor.fetchone()
    require(None if found else ABSENT)
    return str(found[0])


def _ids_of(table: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table}")  # noqa: S608 - a name from the catalogue
        return [row[0] for row in cursor.fetchall()]
