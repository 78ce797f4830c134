"""Bring a file of incidents in from the command line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.accounts.enums import OrganisationKind
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from missingcases.imports import selectors, services
from missingcases.imports.models import BatchStatus, ImportBatch
from missingcases.imports.rows import BadFile


class Command(BaseCommand):
    """`manage.py import_incidents FILE --force CODE [--dry-run] [--errors FILE]`, or `--resume REF`."""

    help = "Import incidents from CSV, XLSX or JSON Lines. Twice changes nothing; a killed one resumes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the force and where bad rows go."""
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument(
            "--force", help="Code of the force whose incidents these are, such as metropolitan."
        )
        parser.add_argument("--dry-run", action="store_true", help="Check every row and write nothing.")
        parser.add_argument("--errors", type=Path, help="Where to write the bad rows.")
        parser.add_argument(
            "--resume", metavar="REFERENCE", help="Go on with an import that was interrupted."
        )
        parser.add_argument("--template", action="store_true", help="Print the column template and stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import here and now, and report."""
        if options["template"]:
            self.stdout.write(selectors.template_csv(0), ending="")
            return
        batch = self._batch(options)
        self.stdout.write(f"{batch.reference}: reading. If it is interrupted: --resume {batch.reference}")
        batch = services.run(batch_id=batch.pk)
        if batch.status == BatchStatus.FAILED:
            raise CommandError(batch.problem)
        would = "would land" if batch.is_dry_run else "landed"
        self.stdout.write(
            f"{batch.reference}: {batch.seen} rows; {batch.created} {would}, {batch.unchanged} already here,"
            f" {batch.bad} bad."
        )
        if batch.held and not batch.is_dry_run:
            self.stdout.write(
                f"{batch.held} are open: a supervisor must confirm before services start for them."
            )
        self._report_bad(batch, options["errors"])

    def _batch(self, options: dict[str, Any]) -> ImportBatch:
        if options["resume"]:
            found = ImportBatch.objects.filter(reference=options["resume"]).first()
            if found is None:
                raise CommandError(f"There is no import {options['resume']}.")
            return found
        path: Path | None = options["file"]
        if path is None or not path.is_file():
            raise CommandError("Name a file to import, or --resume REFERENCE.")
        force = Organisation.objects.filter(kind=OrganisationKind.POLICE_FORCE, code=options["force"]).first()
        if force is None:
            raise CommandError("Name the force by its code, such as --force metropolitan.")
        try:
            with path.open("rb") as content:
                return services.receive_file(
                    actor=Actor.system("import_incidents"),
                    organisation_id=force.pk,
                    name=path.name,
                    content=content,
                    is_dry_run=options["dry_run"],
                    kick=False,
                )
        except BadFile as bad:
            raise CommandError(str(bad)) from bad

    def _report_bad(self, batch: ImportBatch, errors: Path | None) -> None:
        if not batch.bad:
            return
        if errors is not None:
            with errors.open("w", encoding="utf-8", newline="") as stream:
                stream.writelines(selectors.error_file(batch))
            self.stdout.write(f"The bad rows are in {errors}.")
            return
        for fault in batch.bad_rows.order_by("line", "pk")[:20]:
            self.stdout.write(f"line {fault.line}: {fault.column} {fault.reason}")
