"""Sealing the trail and proving it. Sealing takes no lock that a writer of entries would wait for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from foundation.audit.chain import GENESIS, SEALED_FIELDS, link
from foundation.audit.models import AuditEvent, DroppedMonth, Seal, SealedEntry, Watermark

BATCH = 5000
# How far below the last sealed id a straggler is still looked for.
SLACK = 10_000
_ONE_SEALER = 7_305_001  # advisory lock number of this job


def _settled_up_to() -> int | None:
    """The id up to which every entry is committed or gone, or None when nothing new is settled.

    Two looks are needed: the first notes the last id handed out and the newest transaction; when
    all transactions of that time have ended, that id is settled and the next look is noted.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((SELECT last_value FROM pg_sequences WHERE schemaname = current_schema()"
            " AND sequencename = split_part(pg_get_serial_sequence('audit_auditevent', 'id'), '.', 2)), 0),"
            " pg_snapshot_xmin(pg_current_snapshot())::text, pg_snapshot_xmax(pg_current_snapshot())::text"
        )
        handed_out, oldest_running, next_transaction = cursor.fetchone()
    noted = Watermark.objects.first()
    settled = None
    if noted is not None:
        if int(oldest_running) >= int(noted.running_below):
            settled = noted.event_id
        elif int(next_transaction) >= int(noted.running_below):
            return None
        # else: a restored database counts transactions anew; what was noted means nothing here.
    Watermark.objects.update_or_create(
        pk=1,
        defaults={"event_id": handed_out, "running_below": next_transaction, "noted_at": timezone.now()},
    )
    return settled


@transaction.atomic
def seal() -> Seal | None:
    """Seal every settled entry that is not sealed yet; None where there is none or another seals."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_SEALER])
        if not cursor.fetchone()[0]:
            return None
    settled = _settled_up_to()
    if settled is None:
        return None
    last = Seal.objects.order_by("-pk").first()
    head = last.head if last else GENESIS
    links: list[tuple[int, str]] = []
    for entry in _unsealed(above=(last.last_event_id - SLACK) if last else 0, up_to=settled):
        head = link(head, entry)
        links.append((entry["id"], head))
    if not links:
        return None
    made = Seal.objects.create(
        previous_head=last.head if last else GENESIS, head=head, entries=len(links), last_event_id=settled
    )
    SealedEntry.objects.bulk_create(
        [
            SealedEntry(event_id=event_id, seal=made, digest=bytes.fromhex(digest))
            for event_id, digest in links
        ],
        batch_size=BATCH,
    )
    return made


def _unsealed(*, above: int, up_to: int) -> Iterator[dict[str, Any]]:
    sealed = SealedEntry.objects.filter(event_id__gt=above)
    rows = (
        AuditEvent.objects.filter(pk__gt=above, pk__lte=up_to)
        .exclude(pk__in=sealed.values("event_id"))
        .order_by("pk")
        .values(*SEALED_FIELDS)
    )
    yield from rows.iterator(chunk_size=BATCH)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found. `broken_event_id` is the first entry that does not fit the chain;
    `dropped` of the sealed entries belong to months that were dropped whole."""

    intact: bool
    entries: int
    unsealed: int
    head: str
    broken_event_id: int | None = None
    why: str = ""
    dropped: int = 0


class _Broken(Exception):
    def __init__(self, why: str, event_id: int | None = None) -> None:
        super().__init__(why)
        self.why, self.event_id = why, event_id


@dataclass(slots=True)
class _Walk:
    """How far the chain was walked: its head there, the entries so far, those of dropped months."""

    head: str = GENESIS
    entries: int = 0
    dropped: int = 0


def verify(*, heads: Mapping[int, str] | None = None) -> Verdict:
    """Walk the chain from its beginning and compare it with the seals and with exported `heads`.

    `heads` maps seal ids to heads that the other partner kept: a chain rewritten whole, seals and
    all, still differs from those. The first entry that does not fit is named. An entry of a dropped month
    stands for itself by its link; as many must be absent as were dropped.
    """
    walk, exported = _Walk(), heads or {}
    months = list(DroppedMonth.objects.order_by("month"))
    try:
        for kept in Seal.objects.order_by("pk"):
            _walk_seal(walk, kept, exported.get(kept.pk), months)
        _check_the_rest(walk, exported, months)
    except _Broken as broken:
        return Verdict(False, walk.entries, 0, walk.head, broken.event_id, broken.why)
    return Verdict(True, walk.entries, _count_unsealed(), walk.head, dropped=walk.dropped)


def _walk_seal(walk: _Walk, kept: Seal, exported: str | None, months: list[DroppedMonth]) -> None:
    if kept.previous_head != walk.head:
        raise _Broken(f"seal {kept.pk} does not continue the one before it")
    entries = 0
    for event_id, digest, entry in _links_of(kept):
        if entry is None:
            if not any(month.first_event_id <= event_id <= month.last_event_id for month in months):
                raise _Broken("the entry is gone", event_id)
            walk.dropped += 1
        elif link(walk.head, entry) != digest:
            raise _Broken("the entry was changed", event_id)
        walk.head = digest
        entries += 1
    walk.entries += entries
    why = _misfit(kept, walk.head, entries, exported)
    if why:
        raise _Broken(why)


def _check_the_rest(walk: _Walk, exported: Mapping[int, str], months: list[DroppedMonth]) -> None:
    missing = set(exported) - set(Seal.objects.values_list("pk", flat=True))
    if missing:
        raise _Broken(f"seal {min(missing)}, which was exported, is gone")
    intruder = _put_in_later()
    if intruder is not None:
        raise _Broken("the entry was put in after its time was sealed", intruder)
    said = sum(month.entries for month in months)
    if walk.dropped != said:
        raise _Broken(f"{walk.dropped} entries are absent, {said} were dropped by the month")


def _misfit(kept: Seal, head: str, entries: int, exported: str | None) -> str:
    if entries != kept.entries:
        return f"seal {kept.pk} covers {kept.entries} entries, {entries} are linked"
    if head != kept.head:
        return f"seal {kept.pk} has another head than its entries give"
    if exported is not None and exported != head:
        return f"seal {kept.pk} differs from the head that was exported"
    return ""


def _links_of(kept: Seal) -> Iterator[tuple[int, str, dict[str, Any] | None]]:
    links = SealedEntry.objects.filter(seal=kept).order_by("pk").values_list("event_id", "digest")
    batch: list[tuple[int, bytes]] = []
    for event_id, digest in links.iterator(chunk_size=BATCH):
        batch.append((event_id, bytes(digest)))
        if len(batch) == BATCH:
            yield from _with_entries(batch)
            batch = []
    yield from _with_entries(batch)


def _with_entries(batch: list[tuple[int, bytes]]) -> Iterator[tuple[int, str, dict[str, Any] | None]]:
    ids = [event_id for event_id, _ in batch]
    entries = {row["id"]: row for row in AuditEvent.objects.filter(pk__in=ids).values(*SEALED_FIELDS)}
    for event_id, digest in batch:
        yield event_id, digest.hex(), entries.get(event_id)


def _floor() -> int:
    """Below this id every entry is sealed or never was."""
    last = Seal.objects.order_by("-pk").values_list("last_event_id", flat=True).first() or 0
    return max(0, last - SLACK)


def _put_in_later() -> int | None:
    """The first entry that no seal covers although its time is long sealed."""
    sealed = SealedEntry.objects.filter(event_id=OuterRef("pk"))
    late = AuditEvent.objects.filter(~Exists(sealed), pk__lte=_floor())
    return late.order_by("pk").values_list("pk", flat=True).first()


def _count_unsealed() -> int:
    floor = _floor()
    sealed = SealedEntry.objects.filter(event_id__gt=floor).values("event_id")
    return AuditEvent.objects.filter(pk__gt=floor).exclude(pk__in=sealed).count()


def heads() -> list[dict[str, Any]]:
    """Every seal's id, head, time and size, for the other partner to keep."""
    return [
        {"seal": row.pk, "head": row.head, "sealed_at": row.sealed_at.isoformat(), "entries": row.entries}
        for row in Seal.objects.order_by("pk")
    ]
