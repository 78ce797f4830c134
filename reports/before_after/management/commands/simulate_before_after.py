"""Prove the before and after on made children whose truth is known, and print how often it was right."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.before_after.simulation.running import Proof, prove
from reports.before_after.simulation.scenarios import BREAKS, MADE_FOR

_HEADINGS = (
    "schedule", "truth", "runs", "children", "95% interval held it", "± error", "fair, mean",
    "naive, mean", "naive interval held it", "anyway, mean", "shown", "refused",
)  # fmt: skip


class Command(BaseCommand):
    """Prints a Markdown table, a line as soon as it is known; no database is touched."""

    help = __doc__
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """How many worlds, from which seed, of which schedules."""
        parser.add_argument("--runs", type=int, default=500)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--only", nargs="*", default=[], help="names of schedules")

    def handle(self, *args: Any, **options: Any) -> None:
        """Simulate and print."""
        self.stdout.write(_line(_HEADINGS))
        self.stdout.write(_line(["---"] * len(_HEADINGS)))
        for scenario in (*MADE_FOR, *BREAKS):
            if options["only"] and scenario.name not in options["only"]:
                continue
            for proof in prove(scenario, runs=options["runs"], seed=options["seed"]):
                self.stdout.write(_line(_cells(proof)))
                self.stdout.flush()


def _cells(proof: Proof) -> list[str]:
    return [
        f"{proof.scenario.name}: {proof.scenario.words}", f"{proof.effect:.2f}", str(proof.runs),
        f"{proof.children:.0f}", f"{proof.coverage:.1%}", f"{proof.error:.1%}", f"{proof.fair:.3f}",
        f"{proof.naive:.3f}", f"{proof.naive_coverage:.0%}", f"{proof.anyway:.3f}", f"{proof.shown:.0%}",
        str(proof.refused),
    ]  # fmt: skip


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"
