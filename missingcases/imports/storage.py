"""Where an uploaded file lies until it has been read. Nothing serves this folder."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from missingcases.imports.models import ImportBatch

FOLDER = "imports"


def store(content: BinaryIO, kind: str) -> str:
    """Write the file under a random name and return its path below MEDIA_ROOT."""
    stored = Path(FOLDER) / f"{secrets.token_hex(16)}.{kind}"
    path = Path(settings.MEDIA_ROOT) / stored
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("wb") as target:
        shutil.copyfileobj(content, target)
    return str(stored)


def delete_file(batch: ImportBatch) -> bool:
    """Delete the batch's file; False where it had gone before."""
    try:
        path_of(batch).unlink()
    except FileNotFoundError:
        return False
    return True


def path_of(batch: ImportBatch) -> Path:
    """Where the batch's file lies."""
    return Path(settings.MEDIA_ROOT) / batch.stored_as
