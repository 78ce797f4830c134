"""`manage.py make_subscribers --count 1000000`: invented ones, for the benchmark."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alerts.audience.services.making import make
from alerts.enums import AudienceChannel
from foundation.access import Refused


class Command(BaseCommand):
    """Prints how many were made and how fast."""

    help = "Add invented subscribers over today's boroughs and districts. Never in production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, by what way."""
        parser.add_argument("--count", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--channel", choices=[AudienceChannel.SMS, AudienceChannel.EMAIL], default="sms")
        parser.add_argument("--test", action="store_true", help="those get rehearsals and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them."""
        began, made = time.monotonic(), 0
        try:
            for made in make(
                count=options["count"],
                seed=options["seed"],
                channel=options["channel"],
                is_test=options["test"],
            ):
                if made % 100_000 == 0:
                    self.stdout.write(f"{made:,}")
        except Refused as refused:
            raise CommandError(refused.refusal.message) from None
        seconds = time.monotonic() - began
        self.stdout.write(f"{made:,} subscribers in {seconds:.1f} s")
