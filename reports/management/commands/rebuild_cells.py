"""`manage.py rebuild_cells`: count everything anew that figures are kept of, and prove it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.cells import proving, rebuilding


class Command(BaseCommand):
    """Prints how much was counted; ends as failed where the proof finds a difference."""

    help = "Count anew what figures are kept of (after a family of cells was added, or a proof failed)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether to compare only."""
        parser.add_argument("--prove-only", action="store_true", help="compare, and count nothing anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and prove."""
        try:
            if not options["prove_only"]:
                done = rebuilding.rebuild()
                self.stdout.write(f"{done.facts:,} records counted in {done.cells:,} cells")
            proof = proving.prove()
        except rebuilding.Busy:
            raise CommandError("Somebody else folds or rebuilds just now. Try again.") from None
        for line in proof.differing:
            self.stderr.write(line)
        if proof.differ:
            raise CommandError(f"{proof.differ:,} differ from what is there.")
        self.stdout.write(f"proven: {proof.facts:,} records, {proof.cells:,} cells")
