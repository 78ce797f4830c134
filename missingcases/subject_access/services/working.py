"""What the worker does: collect, make the pack, wipe. Each may be killed and run again; nothing is twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone

from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.files import storage
from foundation.states import move
from missingcases.subject_access import deadlines, pack, selectors
from missingcases.subject_access.enums import RequestStatus
from missingcases.subject_access.finding import INCIDENT, PERSON, Found, found_from, found_of_other
from missingcases.subject_access.models import AccessItem, AccessRequest
from missingcases.subject_access.services.answering import kick
from missingcases.subject_access.states import ACCESS

WORKER = Actor.system("subject_access.worker")
INCIDENTS_AT_ONCE = 25
ROWS_AT_ONCE = 500
FOLDER = "subject_access"


def collect(*, request_id: int) -> AccessRequest:
    """Find everything, some incidents at a time. Where another worker stopped, this one goes on."""
    request = AccessRequest.objects.get(pk=request_id)
    steps = [(PERSON, selectors.people_of(request))]
    if request.other_id is not None:
        steps = [(request.other_label, [request.other_id])]
    incidents = selectors.incidents_of(request)
    for start in range(0, len(incidents), INCIDENTS_AT_ONCE):
        steps.append((INCIDENT, incidents[start : start + INCIDENTS_AT_ONCE]))
    for number, (root, ids) in enumerate(steps, start=1):
        if not _collect_step(request_id, number, root, ids):
            break
    with transaction.atomic():
        request = _held(request_id)
        if request.status == RequestStatus.COLLECTING and request.collected >= len(steps):
            return move(request, ACCESS, RequestStatus.REVIEW, actor=WORKER)
    return request


@transaction.atomic
def _collect_step(request_id: int, number: int, root: str, ids: list[int]) -> bool:
    """One step, whole or not at all; False where the request is collected no longer."""
    request = _held(request_id)
    if request.status != RequestStatus.COLLECTING:
        return False
    if request.collected >= number:
        return True
    actor = Actor(request.organisation_id, frozenset({Role.AUDITOR}), source="subject_access.collect")
    found = found_from(actor, root, ids) if root in {PERSON, INCIDENT} else found_of_other(actor, root, ids)
    for rows in _batches(found):
        AccessItem.objects.bulk_create(
            [_item(request, one) for one in rows], ignore_conflicts=True, batch_size=ROWS_AT_ONCE
        )
    request.collected = number
    request.save(update_fields=["collected", "updated_at"])
    return True


def _batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    waiting: list[Found] = []
    for one in found:
        waiting.append(one)
        if len(waiting) == ROWS_AT_ONCE:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _held(request_id: int) -> AccessRequest:
    return AccessRequest.objects.select_for_update(no_key=True).get(pk=request_id)


def _item(request: AccessRequest, one: Found) -> AccessItem:
    record = one.record
    return AccessItem(
        request=request,
        model=one.model,
        row_id=record.row_id,
        title=record.title[:200],
        at=record.at,
        content=json.dumps([list(pair) for pair in record.fields]),
        caution=record.withheld[:300],
        stored_file=record.file,
        file_name=record.file_name[:200],
    )


def make_pack(*, request_id: int) -> AccessRequest:
    """Write the ZIP; of two workers the first that has finished counts."""
    request = AccessRequest.objects.get(pk=request_id)
    if request.status != RequestStatus.MAKING:
        return request
    place = storage.new_place(FOLDER, ending="zip")
    pack.write(request, storage.path_of(place))
    with transaction.atomic():
        request = _held(request_id)
        if request.status != RequestStatus.MAKING:
            storage.delete(place)
            return request
        changes = {"stored_as": place, "wipe_at": timezone.now() + deadlines.KEEP_PACK}
        return move(request, ACCESS, RequestStatus.READY, actor=WORKER, changes=changes)


def resume_stalled() -> int:
    """Kick what nobody has worked on for a while."""
    waiting = selectors.stalled(timezone.now())
    for request_id, status in waiting:
        kick(request_id, "collect" if status == RequestStatus.COLLECTING else "make")
    return len(waiting)


def wipe_old() -> int:
    """Wipe packs, and what was gathered for them, when their time is over; what was decided is counted."""
    wiped = 0
    for request in selectors.to_wipe(timezone.now())[:50]:
        wiped += _wipe(request.pk)
    return wiped


@transaction.atomic
def _wipe(request_id: int) -> int:
    request = _held(request_id)
    if request.wiped_at is not None:
        return 0
    place, request.stored_as, request.wiped_at = request.stored_as, "", timezone.now()
    request.save(update_fields=["stored_as", "wiped_at", "updated_at"])
    request.items.all().delete()
    audit.record(actor=WORKER, action="subject_access.wiped", target=request)
    transaction.on_commit(lambda: storage.delete(place))
    return 1
