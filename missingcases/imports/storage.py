"""Where an uploaded file lies until it has been read. Nothing serves this folder."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from foundation.files import storage
from missingcases.imports.models import ImportBatch

FOLDER = "imports"


def store(content: BinaryIO, kind: str) -> str:
    """Write the file under a random name and return its path below MEDIA_ROOT."""
    return storage.keep(content, folder=FOLDER, ending=kind)


def delete_file(batch: ImportBatch) -> bool:
    """Delete the batch's file; False where it had gone before."""
    return storage.delete(batch.stored_as)


def path_of(batch: ImportBatch) -> Path:
    """Where the batch's file lies."""
    return storage.path_of(batch.stored_as)
