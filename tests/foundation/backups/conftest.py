"""A place for backups and the ledger, with a key of the test's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyrage
import pytest
from django.core.management import call_command


@dataclass
class Place:
    """Where the test's files lie."""

    folder: Path
    media: Path
    ledger: Path
    key: Path

    @property
    def file(self) -> Path:
        return self.folder / "harbour.age"

    def back_up(self) -> Path:
        call_command("backup", str(self.file), verbosity=0)
        return self.file

    def restore(self, *options: str, role: str = "") -> None:
        call_command(
            "restore", str(self.file), "--key", str(self.key), "--public-role", role or "nobody", *options
        )


@pytest.fixture
def place(tmp_path: Path, settings) -> Place:
    identity = pyrage.x25519.Identity.generate()
    made = Place(tmp_path, tmp_path / "media", tmp_path / "ledger", tmp_path / "key.txt")
    made.media.mkdir()
    made.key.write_text(f"# public key: {identity.to_public()}\n{identity}\n")
    settings.MEDIA_ROOT = str(made.media)
    settings.LEDGER_FOLDER = str(made.ledger)
    settings.BACKUP_RECIPIENTS = [str(identity.to_public())]
    return made
