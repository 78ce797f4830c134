"""`manage.py load_areas FILE`: bring the areas in line with an official list."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.actors import Actor
from foundation.places.lists import NotAList
from foundation.places.services import load_areas


class Command(BaseCommand):
    """Prints what changed and each bad line; ends as failed where a line was bad."""

    help = "Load a CSV of areas: code,name,kind,parent,start,end and, if wanted, parent_start,parent_end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whether to check only."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check everything, keep nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and report."""
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from None
        try:
            report = load_areas(actor=Actor.system("load_areas"), content=content, dry_run=options["dry_run"])
        except NotAList as error:
            raise CommandError(str(error)) from None
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"areas: {report.created} {would}new, {report.changed} {would}changed, "
            f"{report.unchanged} the same; links: {report.links_added} {would}added, "
            f"{report.links_removed} {would}removed"
        )
        for bad in report.errors:
            self.stderr.write(f"line {bad.line}, {bad.column or 'whole line'}: {bad.reason}")
        if report.errors:
            raise CommandError(f"{len(report.errors)} bad lines were left out.")
