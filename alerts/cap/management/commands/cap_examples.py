"""Write the example documents of docs/cap."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from alerts.cap.examples import examples


class Command(BaseCommand):
    """`manage.py cap_examples [--folder docs/cap]`."""

    help = "Write CAP documents for partners to build against: alert, update, cancel, exercise."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to."""
        parser.add_argument("--folder", default=str(settings.BASE_DIR / "docs" / "cap"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Write each; existing ones are replaced."""
        folder = Path(options["folder"])
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in examples().items():
            (folder / name).write_bytes(data)
            self.stdout.write(str(folder / name))
