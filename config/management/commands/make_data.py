"""`manage.py make_data`: the demonstration's data, made on first start and completed on later ones."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.demo import BUILDERS


class Command(BaseCommand):
    """Runs every builder of `config.demo`. Twice changes nothing."""

    help = "Make the demonstration's data. Refuses on a real server. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the builders in order; one that fails stops the rest and says which it was."""
        if settings.IS_PRODUCTION:
            raise CommandError("Demonstration data does not belong on a real server.")
        for name, build in BUILDERS:
            began = time.monotonic()
            words = build()
            self.stdout.write(f"  {name}: {words} ({time.monotonic() - began:.1f} s)")
