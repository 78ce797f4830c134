"""The operator's own scanner: the command in SCAN_COMMAND, for whatever file has to be looked at first."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from django.conf import settings

# One file: well below the queue's visibility timeout, so that no scan runs twice.
SCAN_SECONDS = 60
# What scanners answer, clamscan and clamdscan among them.
CLEAN, FOUND = 0, 1


class Unwell(Exception):
    """There was no answer about the file: the scanner is not there, too slow, or says something else."""


def has_scanner() -> bool:
    """Whether the operator named a scanner. Without one, what has to be scanned stays shut."""
    return bool(settings.SCAN_COMMAND.strip())


def is_clean(path: Path) -> bool:
    """Whether the scanner found nothing. Raises `Unwell`, whose words hold nothing of the file.

    The command gets the file's path as its last word and answers 0 (nothing found) or 1 (something found).
    """
    try:
        answer = subprocess.run(  # noqa: S603 - the operator's own command
            [*shlex.split(settings.SCAN_COMMAND), str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SCAN_SECONDS,
            check=False,
        ).returncode
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Unwell(type(error).__name__) from None
    if answer not in (CLEAN, FOUND):
        raise Unwell(f"answer {answer}")
    return answer == CLEAN
