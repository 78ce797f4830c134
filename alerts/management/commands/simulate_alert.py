"""`manage.py simulate_alert --audience 1000000 --rates 4x250`: how an alert would go. Nothing is sent."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alerts.simulation import Plan, Timeline, lines_for, rates_of, simulate

# The least that one worker process was seen to hand over unpaced, on two cores that five others used
# (docs/bench.md): measure yours with `dev.py bench alert`.
MEASURED = 1270.0


class Command(BaseCommand):
    """Prints who would be reached by when, and what holds it up."""

    help = "Simulate an alert: rates are parts a second of each line, such as 100 or 4x250."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is asked for, and what there is to send it with."""
        parser.add_argument("--audience", type=int, required=True, help="how many people get it")
        parser.add_argument(
            "--rates", nargs="+", required=True, help="parts a second, a line each: 100 4x250"
        )
        parser.add_argument(
            "--kept-back", type=float, default=0, help="parts a second of each line for others"
        )
        parser.add_argument("--segments", type=int, default=2, help="parts of one text")
        parser.add_argument("--channel", default="sms")
        parser.add_argument("--workers", type=int, default=1, help="worker processes of the alert lane")
        parser.add_argument("--worker-rate", type=float, default=MEASURED, help="messages a second of one")
        parser.add_argument("--within", type=int, default=30, help="minutes in which all should be reached")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reckon and print."""
        try:
            rates = rates_of(options["rates"])
            left = tuple(rate - options["kept_back"] for rate in rates)
            if min(left) <= 0:
                raise ValueError("More is kept back than a line has.")
            found = simulate(
                Plan(
                    channel=options["channel"],
                    audience=options["audience"],
                    segments=options["segments"],
                    rates=left,
                    worker_rate=options["worker_rate"],
                    workers=options["workers"],
                )
            )
        except ValueError as problem:
            raise CommandError(str(problem)) from None
        self._print(found)
        wanted = lines_for(
            options["audience"],
            options["segments"],
            within=timedelta(minutes=options["within"]),
            per_line=min(left),
        )
        self.stdout.write(
            f"within {options['within']} minutes: {wanted} lines of {min(left):g} parts a second each"
        )

    def _print(self, found: Timeline) -> None:
        plan = found.plan
        self.stdout.write(
            f"{plan.audience:,} by {plan.channel}, {plan.segments} parts each, {len(plan.rates)} lines of "
            f"{sum(plan.rates):,g} parts a second together, {plan.workers} workers of {plan.worker_rate:,g}"
        )
        for mark in found.marks:
            share = mark.reached / plan.audience if plan.audience else 1
            self.stdout.write(f"  after {clock(mark.after):>10}  {mark.reached:>12,}  {share:7.1%}")
        for share, after in found.shares:
            self.stdout.write(f"  {share:.0%} reached after {clock(after)}")
        self.stdout.write(
            f"held by the {found.held_by}; {found.workers_for_lines} workers would keep up with the lines"
        )
        for warning in found.warnings:
            self.stdout.write(f"warning: {warning}")


def clock(seconds: float) -> str:
    """Seconds as people read them: 2 h 46 min, 17 min 3 s, 0.4 s."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {left} s" if minutes else f"{left} s"
