"""`manage.py backup_key FILE`: the key that opens backups, to be made and kept on another machine."""

import os
from pathlib import Path
from typing import Any

import pyrage
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """The private half goes to a file, the public half is printed. `age-keygen` does the same."""

    help = "Make a key pair for backups: the private key into FILE, the public key printed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the private key goes."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it; an existing file is never written over."""
        identity = pyrage.x25519.Identity.generate()
        try:
            handle = os.open(options["file"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as problem:
            raise CommandError(f"No key was made: {problem.strerror}: {options['file']}") from problem
        with os.fdopen(handle, "w") as out:
            out.write(f"# public key: {identity.to_public()}\n{identity}\n")
        self.stdout.write(str(identity.to_public()))
