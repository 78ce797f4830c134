"""The scan hook: files that are not pictures open only after the command in SCAN_COMMAND found nothing."""

from __future__ import annotations

import shlex
import subprocess
import time

import structlog
from django.conf import settings
from django.utils import timezone

from foundation.states import IllegalMove, move
from missingcases.enums import ScanStatus
from missingcases.models import Attachment
from missingcases.services.notes import stored_path
from missingcases.states import ATTACHMENT_SCAN
from missingcases.system import SCANNER

log = structlog.get_logger(__name__)

# One file, and all of one run: well below the queue's visibility timeout, so that none runs twice.
SCAN_SECONDS = 60
RUN_SECONDS = 150
# What scanners answer, clamscan and clamdscan among them.
CLEAN, FOUND = 0, 1


def scan_waiting() -> int:
    """Scan what waits, oldest first, and return how many got an answer. Without a command nothing opens.

    The command gets the file's path as its last word and answers 0 (nothing found) or 1 (something
    found). At any other answer the scanner itself is unwell: the file waits, and so do the rest.
    """
    command = shlex.split(settings.SCAN_COMMAND)
    if not command:
        return 0
    until = time.monotonic() + RUN_SECONDS
    done = 0
    waiting = Attachment.objects.filter(scan_status=ScanStatus.WAITING).order_by("created_at", "pk")
    for row in waiting.iterator(chunk_size=50):
        verdict = _verdict(command, row)
        if verdict is None:
            break
        done += _settle(row, verdict)
        if time.monotonic() > until:
            break
    return done


def _verdict(command: list[str], row: Attachment) -> ScanStatus | None:
    path = stored_path(row.stored_name)
    if not path.exists():
        log.error("attachment_lost", attachment_id=row.pk)
        return ScanStatus.REFUSED
    try:
        answer = subprocess.run(  # noqa: S603 - the operator's own command
            [*command, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SCAN_SECONDS,
            check=False,
        ).returncode
    except (OSError, subprocess.TimeoutExpired) as error:
        log.error("scanner_unwell", attachment_id=row.pk, error=type(error).__name__)
        return None
    if answer in (CLEAN, FOUND):
        return ScanStatus.CLEAN if answer == CLEAN else ScanStatus.REFUSED
    log.error("scanner_unwell", attachment_id=row.pk, answer=answer)
    return None


def _settle(row: Attachment, verdict: ScanStatus) -> int:
    try:
        move(row, ATTACHMENT_SCAN, verdict, actor=SCANNER, changes={"scanned_at": timezone.now()})
    except IllegalMove:  # another run was quicker
        return 0
    return 1
