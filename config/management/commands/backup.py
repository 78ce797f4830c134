"""`manage.py backup FILE`, or `--list`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.backups import selectors
from foundation.backups.exceptions import BackupTrouble
from foundation.backups.services import making


class Command(BaseCommand):
    """Database and media in one file, encrypted to BACKUP_RECIPIENTS and read back."""

    help = "Write an encrypted backup of database and media, and prove that it is whole (docs/backups.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to; or the list."""
        parser.add_argument("file", nargs="?", type=Path, help="the file to write; it must not exist yet")
        parser.add_argument("--list", action="store_true", help="the backups that were made, newest first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, or list what was written."""
        if options["list"]:
            for row in selectors.newest_backups():
                self.stdout.write(
                    f"{row.made_at:%Y-%m-%d %H:%M}  {row.name}  {row.size:,} bytes  {row.rows:,} rows  "
                    f"{row.files:,} files  sha256 {row.sha256}"
                )
            return
        if options["file"] is None:
            raise CommandError("Say which file to write: manage.py backup FILE")
        try:
            row = making.make(options["file"].absolute())
        except (BackupTrouble, OSError) as problem:
            raise CommandError(f"No backup was made. {problem}") from problem
        self.stdout.write(
            f"{row.name}: {row.rows:,} rows, {row.files:,} files, {row.size:,} bytes, all read back.\n"
            f"sha256 {row.sha256}\nNow copy it to where this machine cannot delete it."
        )
