"""`manage.py restore FILE --key KEYFILE [--over]`."""

import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from foundation.backups.exceptions import BackupTrouble
from foundation.backups.models import Hold
from foundation.backups.services import holding, making, restoring


class Command(BaseCommand):
    """Puts a backup in place; the system comes up held. Then the ledger is applied and the provider asked."""

    help = "Restore a backup. The system comes up held: nothing is sent, nothing public (docs/backups.md)."
    requires_system_checks: list[str] = []  # an empty database is where this is needed most

    def add_arguments(self, parser: CommandParser) -> None:
        """The file and the key that opens it."""
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--key", required=True, help="file with the private key; - reads it from standard input"
        )
        parser.add_argument("--over", action="store_true", help="replace what is in the database now")
        parser.add_argument(
            "--check", action="store_true", help="only read the backup through; change nothing"
        )
        parser.add_argument("--public-role", default="harbour_public", help="the public site's database role")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, load, prove, then do again what was done since."""
        path: Path = options["file"]
        try:
            identity = restoring.identity_from(_read_key(options["key"]))
            if options["check"]:
                manifest = making.check(path, identity)
                self.stdout.write(f"Whole: {sum(manifest.rows.values()):,} rows, {manifest.files:,} files.")
                return
            hold, manifest = restoring.restore(path, identity, over=options["over"])
            self.stdout.write("Restored, and held: nothing is sent and the public site is shut.")
            restoring.prove(hold, manifest)
            self.stdout.write("Every table counts what the backup counted; the audit trail is intact.")
        except (BackupTrouble, OSError) as problem:
            raise CommandError(str(problem)) from problem
        _bring_up_to_date(options["public_role"], options["verbosity"])
        self._tell(holding.catch_up(hold_id=hold.pk))

    def _tell(self, hold: Hold) -> None:
        self.stdout.write(
            f"Ledger: {hold.applied} done again, {hold.unmatched} about records younger than the backup, "
            f"{hold.unreadable} unreadable, {hold.failed} failed."
        )
        if hold.reconciled_at:
            self.stdout.write(f"Text provider: {hold.found} texts taken over, {hold.unclear} unclear.")
        else:
            self.stdout.write("The text provider could not be asked. Ask again on the page below.")
        self.stdout.write(
            "Two people now let it go, step by step: staff site, Messages, Backups and restore."
        )


def _read_key(where: str) -> str:
    return sys.stdin.read() if where == "-" else Path(where).read_text()


def _bring_up_to_date(role: str, verbosity: int) -> None:
    """Migrate where the backup is of an earlier version, and let the public site's role in again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
        known = cursor.fetchone()[0]
    call_command("prepare_database", public_role=role if known else "", verbosity=min(verbosity, 0))
