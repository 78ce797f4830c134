"""`manage.py make_data`: the demonstration, or with `--incidents` a force's data of real size."""

import argparse
import time
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.demo import BUILDERS
from config.made import is_there, make
from foundation.accounts import demo_people
from foundation.clock import london_to_utc
from missingcases.made.filling import NotEmpty
from missingcases.made.forces import NoSuchForce
from missingcases.made.frame import Ask

# From so many on, two processes are quicker than one.
TWO_FROM = 10_000
# What of the demonstration is about somebody missing.
LIVED = ("history", "answering")


class Command(BaseCommand):
    """Runs every builder of `config.demo`; twice changes nothing. Data of real size go into an empty one."""

    help = (
        "Make the demonstration's data, or with --incidents made data of real size (docs/made-data.md). "
        "Refuses on a real server."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """How much of what."""
        parser.add_argument("--incidents", type=int, help="So many, into a database that has none.")
        parser.add_argument("--seed", type=int, default=1, help="The same seed makes the same data.")
        whose = parser.add_mutually_exclusive_group()
        whose.add_argument("--force", help="One force, by its code (metropolitan).")
        whose.add_argument("--uk", action="store_true", help="Every force: so without --force too.")
        parser.add_argument("--end", type=datetime.fromisoformat, help="The day after the last, YYYY-MM-DD.")
        parser.add_argument("--processes", type=int, help="The rows do not depend on it.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and say how long that took."""
        if settings.IS_PRODUCTION:
            raise CommandError("Made data does not belong on a real server.")
        if options["incidents"] is None:
            self._demonstration()
        else:
            self._real_size(options)

    def _demonstration(self) -> None:
        """Run the builders in order; one that fails stops the rest and says which it was."""
        for name, build in BUILDERS:
            if name in LIVED and is_there():
                self.stdout.write(f"  {name}: none, as this database holds made data of real size")
                continue
            began = time.monotonic()
            words = build()
            self.stdout.write(f"  {name}: {words} ({time.monotonic() - began:.1f} s)")

    def _real_size(self, options: dict[str, Any]) -> None:
        count = options["incidents"]
        if count < 1:
            raise CommandError("Ask for at least one incident.")
        ask = Ask(count, options["seed"], _end(options["end"]), options["force"])
        began = time.monotonic()
        try:
            made = make(ask, processes=options["processes"] or (2 if count >= TWO_FROM else 1))
        except NotEmpty:
            raise CommandError("This database has incidents. Made data go into an empty one.") from None
        except NoSuchForce as wrong:
            raise CommandError(f"There is no force with the code {wrong}.") from None
        took = time.monotonic() - began
        demo_people.build()
        for name, rows in sorted(made.rows.items(), key=lambda one: -one[1]):
            self.stdout.write(f"  {rows:>12,}  {name}")
        self.stdout.write(
            f"{count:,} incidents up to {ask.end:%Y-%m-%d %H:%M} UTC by seed {ask.seed}:"
            f" {sum(made.rows.values()):,} rows in {took:.0f} s"
        )


def _end(day: datetime | None) -> datetime:
    """Midnight in London of the day that was asked for, or the present hour."""
    if day is not None:
        return london_to_utc(day.date(), day.time())
    return timezone.now().astimezone(UTC).replace(minute=0, second=0, microsecond=0)
