"""`manage.py prepare_database`: the step before every start and upgrade."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import public_access
from foundation.backups.services import holding


class Command(BaseCommand):
    """Migrates, makes what is kept beside records and made otherwise now, holds a database that was rolled
    back, then grants the public site's role what it may do."""

    help = "Bring the database up to date, and the public site's role to exactly what it may do."
    requires_system_checks: list[str] = []  # migrate runs those it needs

    def add_arguments(self, parser: CommandParser) -> None:
        """The role is named where there is one."""
        parser.add_argument("--public-role", default="", help="the database role of the public site")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, make again, then grant."""
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        # Without it nobody is recognised at intake after an upgrade that makes names' keys otherwise.
        call_command("rebuild_name_keys", stdout=self.stdout)
        if holding.hold_if_rolled_back():
            self.stdout.write("This database was rolled forward to an earlier moment: it is held.")
        role = options["public_role"]
        if not role:
            return
        try:
            public_access.grant(role)
        except public_access.UnfitRole as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"{role} may do what config/public_access.py lists, and nothing else.")
