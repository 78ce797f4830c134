"""`manage.py check_made`: how made data are spread, beside what is stated; fails where one is too far off."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.made import check
from missingcases.made.checking import lines


class Command(BaseCommand):
    """Reads the whole database, so it is for made data only; it changes nothing."""

    help = "Print how made data are spread beside the stated figures. Fails where one is too far off."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table, and fail for what lies outside."""
        findings = check()
        for line in lines(findings):
            self.stdout.write(line)
        if not any(one.value is not None for one in findings):
            raise CommandError("There are too few incidents to say anything.")
        outside = [one.measure.name for one in findings if not one.holds]
        if outside:
            raise CommandError(f"{len(outside)} outside: {'; '.join(outside)}.")
