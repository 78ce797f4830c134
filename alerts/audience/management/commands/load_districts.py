"""`manage.py load_districts FILE`: which postcode district lies in which area."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alerts.audience.lines import BadFile
from alerts.audience.services import load_districts
from foundation.actors import Actor


class Command(BaseCommand):
    """Prints what changed and each bad line; ends as failed where a line was bad."""

    help = "Load a CSV of postcode districts: district,area (the area by its code)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether to check only."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and report."""
        try:
            content = options["file"].read_bytes()
            actor = Actor.system("load_districts")
            report = load_districts(actor=actor, content=content, dry_run=options["dry_run"])
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from None
        except BadFile as error:
            raise CommandError(str(error)) from None
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"districts: {report.created} {would}new, {report.changed} {would}changed, "
            f"{report.unchanged} the same"
        )
        for bad in report.errors:
            self.stderr.write(f"line {bad.line}, {bad.column}: {bad.reason}")
        if report.errors:
            raise CommandError(f"{len(report.errors)} bad lines were left out.")
