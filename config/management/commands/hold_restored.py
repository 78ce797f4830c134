"""`manage.py hold_restored TIME`: for a database that was brought back by other means than ours."""

from datetime import UTC
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime

from foundation.backups.services import holding


class Command(BaseCommand):
    """Holds everything and catches up, as `restore` does."""

    help = "Hold a database that somebody restored, until two people let it go."

    def add_arguments(self, parser: CommandParser) -> None:
        """The time of the backup."""
        parser.add_argument("time", help="when the backup was made, such as 2026-11-28T02:00:00Z")

    def handle(self, *args: Any, **options: Any) -> None:
        """Hold first, then look for what it does not know."""
        moment = parse_datetime(options["time"])
        if moment is None:
            raise CommandError("That is no time. Write it like 2026-11-28T02:00:00Z")
        known_until = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        hold = holding.catch_up(hold_id=holding.hold_from(known_until=known_until).pk)
        self.stdout.write(
            f"Held. Ledger: {hold.applied} done again, {hold.failed} failed. "
            f"Provider: {hold.found} taken over{'' if hold.reconciled_at else '; it could not be asked'}."
        )
