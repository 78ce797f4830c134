"""Drop the entries of a month whose time is over; the seals stay."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.access import Refused
from foundation.actors import Actor
from foundation.audit import months


class Command(BaseCommand):
    """`manage.py audit_drop_month 2019-03 --reason "Retention schedule, seven years."`."""

    help = "Drop a month of the audit trail whole, keeping its seals; the trail says that it was done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The month and why."""
        parser.add_argument("month", help="year and month, such as 2019-03")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Drop it and say how much went."""
        try:
            month = datetime.strptime(options["month"], "%Y-%m").date()
        except ValueError:
            raise CommandError("Give the month as 2019-03.") from None
        try:
            gone = months.drop_month(
                actor=Actor.system("audit.drop_month"), month=month, reason=options["reason"]
            )
        except Refused as refused:
            raise CommandError(refused.refusal.message) from None
        self.stdout.write(f"{gone}: {gone.entries} entries dropped; their seals stay.")
