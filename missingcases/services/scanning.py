"""Files that are not pictures open only after the operator's scanner found nothing in them."""

from __future__ import annotations

import time

import structlog
from django.utils import timezone

from foundation.files import scanning
from foundation.states import IllegalMove, move
from missingcases.enums import ScanStatus
from missingcases.models import Attachment
from missingcases.services.notes import stored_path
from missingcases.states import ATTACHMENT_SCAN
from missingcases.system import SCANNER

log = structlog.get_logger(__name__)

# All of one run: well below the queue's visibility timeout, so that none runs twice.
RUN_SECONDS = 150


def scan_waiting() -> int:
    """Scan what waits, oldest first, and return how many got an answer. Without a scanner nothing opens.

    Where the scanner itself is unwell, the file waits, and so do the rest.
    """
    if not scanning.has_scanner():
        return 0
    until = time.monotonic() + RUN_SECONDS
    done = 0
    waiting = Attachment.objects.filter(scan_status=ScanStatus.WAITING).order_by("created_at", "pk")
    for row in waiting.iterator(chunk_size=50):
        verdict = _verdict(row)
        if verdict is None:
            break
        done += _settle(row, verdict)
        if time.monotonic() > until:
            break
    return done


def _verdict(row: Attachment) -> ScanStatus | None:
    path = stored_path(row.stored_name)
    if not path.exists():
        log.error("attachment_lost", attachment_id=row.pk)
        return ScanStatus.REFUSED
    try:
        return ScanStatus.CLEAN if scanning.is_clean(path) else ScanStatus.REFUSED
    except scanning.Unwell as unwell:
        log.error("scanner_unwell", attachment_id=row.pk, error=str(unwell))
        return None


def _settle(row: Attachment, verdict: ScanStatus) -> int:
    try:
        move(row, ATTACHMENT_SCAN, verdict, actor=SCANNER, changes={"scanned_at": timezone.now()})
    except IllegalMove:  # another run was quicker
        return 0
    return 1
