"""Partners' lists: checked in a worker, looked at by a person, added in a worker; resumable after any kill.

Each chunk commits with the line it reached. Whoever gets alerts already, or said STOP, is left as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import BinaryIO

import structlog
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from alerts.audience import deadlines, lines, policies
from alerts.audience.enums import ImportStatus, Source
from alerts.audience.lines import BadFile, Fault, Line
from alerts.audience.models import BadLine, ListImport, PostcodeDistrict, Subscriber
from alerts.audience.services.signing_up import ALERTS
from alerts.audience.services.writing import write
from alerts.audience.states import LIST_IMPORT
from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.files import storage
from foundation.messaging.models import Suppression
from foundation.places import selectors as places
from foundation.places.models import Area
from foundation.states import move, move_held
from foundation.tasks import send_or_leave

log = structlog.get_logger(__name__)
WORKER = Actor.system("audience.lists")
CHUNK = 2_000
TRIES = 5
FOLDER = "audience"
UNFINISHED = (ImportStatus.WAITING, ImportStatus.CHECKING, ImportStatus.ADDING)
_NO_EVIDENCE = Refusal("no_evidence", "Say whose list it is and how its people agreed.")
Read = tuple[list[Line], list[Fault]]


def receive_list(*, actor: Actor, partner: str, evidence: str, content: BinaryIO) -> ListImport:
    """Store a partner's list and have a worker check it. Raises `Refused`."""
    require(policies.may_manage(actor))
    if not (partner.strip() and evidence.strip()):
        raise Refused(_NO_EVIDENCE)
    stored = storage.keep(content, folder=FOLDER, ending="csv")
    with transaction.atomic():
        row = ListImport.objects.create(
            organisation_id=actor.organisation_id or 0,
            partner=partner.strip(),
            evidence=evidence.strip(),
            stored_as=stored,
            uploaded_by_id=actor.user_id or 0,
        )
        audit.record(actor=actor, action="audience_list.received", target=row)
        transaction.on_commit(lambda: _kick(row.pk))
    return row


def _kick(list_id: int) -> None:
    from alerts.audience import tasks

    send_or_leave(tasks.run_list, list_id, lane="bulk")


@transaction.atomic
def confirm_list(*, actor: Actor, list_id: int) -> ListImport:
    """Have what the check found good added. Raises `Refused`."""
    row = ListImport.objects.select_for_update(no_key=True).get(pk=list_id)
    require(policies.may_confirm(actor, row))
    changes = {"confirmed_by_id": actor.user_id, "position": 0}
    move_held(row, LIST_IMPORT, ImportStatus.ADDING, actor=actor, changes=changes)
    transaction.on_commit(lambda: _kick(row.pk))
    return row


@transaction.atomic
def drop_list(*, actor: Actor, list_id: int) -> ListImport:
    """Do not add it, and delete its file. Raises `Refused`."""
    require(None if actor.is_system else policies.may_manage(actor))
    row = ListImport.objects.get(pk=list_id)
    now = timezone.now()
    row = move(row, LIST_IMPORT, ImportStatus.DROPPED, actor=actor, changes={"finished_at": now})
    transaction.on_commit(lambda: storage.delete(row.stored_as))
    return row


def run(*, list_id: int) -> ListImport:
    """Go on with a list from the line it had reached; a second run beside the first does nothing twice."""
    row = ListImport.objects.get(pk=list_id)
    if row.status == ImportStatus.WAITING:
        row = move(row, LIST_IMPORT, ImportStatus.CHECKING, actor=WORKER)
    if row.status not in {ImportStatus.CHECKING, ImportStatus.ADDING}:
        return row
    try:
        for chunk in _chunks(row):
            if not _take(row.pk, row.status, chunk):
                return ListImport.objects.get(pk=list_id)
    except (BadFile, FileNotFoundError) as bad:
        words = str(bad) if isinstance(bad, BadFile) else "The file is no longer stored. Upload it again."
        return _end(row, ImportStatus.FAILED, problem=words[:300])
    if row.status == ImportStatus.CHECKING:
        return move(row, LIST_IMPORT, ImportStatus.CHECKED, actor=WORKER)
    return _end(row, ImportStatus.DONE)


def _end(row: ListImport, to: ImportStatus, *, problem: str = "") -> ListImport:
    changes = {"finished_at": timezone.now(), "problem": problem}
    row = move(row, LIST_IMPORT, to, actor=WORKER, changes=changes)
    storage.delete(row.stored_as)
    return row


def _chunks(row: ListImport) -> Iterator[list[Line | Fault]]:
    """The lines below the one reached, each looked at; of an address that comes twice the first counts."""
    known = known_places()
    today, seen = timezone.localdate(), set[int]()
    looked = _looked(row, known, today, seen)
    while chunk := list(islice(looked, CHUNK)):
        yield chunk


def _looked(row: ListImport, known: dict[str, int], today: date, seen: set[int]) -> Iterator[Line | Fault]:
    for number, cells in lines.cells_of(storage.path_of(row.stored_as)):
        one = lines.read(number, cells, known, today=today)
        if isinstance(one, Line):
            key = int(one.newcomer.to_key[:16], 16)
            if key in seen:
                one = Fault(number, "address", "stands in this list more than once; the first line counts")
            seen.add(key)
        if number > row.position:
            yield one


def known_places() -> dict[str, int]:
    """Postcode districts and the codes of today's areas, each with the area."""
    areas = Area.objects.filter(places.running_on(timezone.localdate())).values_list("code", "pk")
    found = {code.casefold(): pk for code, pk in areas}
    return found | dict(PostcodeDistrict.objects.values_list("code", "area_id"))


def _take(list_id: int, status: str, chunk: Sequence[Line | Fault]) -> bool:
    """Take one chunk; False where another worker has. Somebody who signs up meanwhile makes it look again."""
    for tried in range(TRIES):
        try:
            return _take_once(list_id, status, chunk)
        except (IntegrityError, OperationalError) as error:
            if tried == TRIES - 1:
                raise
            log.info("list_chunk_again", list_id=list_id, error=type(error).__name__)
    return False


@transaction.atomic
def _take_once(list_id: int, status: str, chunk: Sequence[Line | Fault]) -> bool:
    row = ListImport.objects.select_for_update(no_key=True).get(pk=list_id)
    if row.status != status or chunk[0].line <= row.position:
        return False
    found = [one for one in chunk if isinstance(one, Line)]
    known, suppressed = _taken(found), _suppressed(found)
    good = [one for one in found if _key(one) not in known and _key(one) not in suppressed]
    if status == ImportStatus.CHECKING:
        faults = [one for one in chunk if isinstance(one, Fault)]
        BadLine.objects.bulk_create(
            BadLine(list_import=row, line=one.line, column=one.column, reason=one.reason) for one in faults
        )
        row.good += len(good)
        row.bad += len(faults)
        row.known += sum(_key(one) in known for one in found)
        row.suppressed += sum(_key(one) in suppressed for one in found)
    elif good:
        _add(row, good)
    row.position = chunk[-1].line
    row.save(update_fields=["good", "bad", "known", "suppressed", "added", "position", "updated_at"])
    return True


def _add(row: ListImport, good: list[Line]) -> None:
    """In the order of their keys: two lists with the same addresses wait for each other and no more."""
    ordered = sorted((one.newcomer for one in good), key=lambda newcomer: newcomer.to_key)
    ids = write(ordered, source=Source.PARTNER, list_import_id=row.pk)
    audit.record(actor=WORKER, action="subscriber.imported", target=Subscriber, target_ids=ids)
    row.added += len(good)


def _key(one: Line) -> tuple[str, str]:
    return one.newcomer.channel, one.newcomer.to_key


def _taken(found: Sequence[Line]) -> set[tuple[str, str]]:
    rows = Subscriber.objects.filter(
        to_key__in=[one.newcomer.to_key for one in found], left_at__isnull=True, is_test=False
    )
    return set(rows.values_list("channel", "to_key"))


def _suppressed(found: Sequence[Line]) -> set[tuple[str, str]]:
    keys = [one.newcomer.to_key for one in found]
    rows = Suppression.objects.filter(service=ALERTS, to_key__in=keys, lifted_at__isnull=True)
    return set(rows.values_list("channel", "to_key"))


def resume_stalled(*, now: datetime) -> int:
    """Kick lists whose worker is gone, and drop those that nobody decided on; returns how many of both."""
    rows = ListImport.objects.filter(status__in=UNFINISHED, updated_at__lte=now - deadlines.STALLED_AFTER)
    stalled = list(rows.values_list("pk", flat=True))
    for list_id in stalled:
        _kick(list_id)
    waited = ListImport.objects.filter(
        status=ImportStatus.CHECKED, updated_at__lte=now - deadlines.DECIDE_WITHIN
    )
    undecided = list(waited.values_list("pk", flat=True))
    for list_id in undecided:
        drop_list(actor=WORKER, list_id=list_id)
    return len(stalled) + len(undecided)
