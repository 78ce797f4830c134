"""`manage.py blind_encode PEOPLE.csv PATTERNS.csv --key KEYFILE [--json]`: what a partner's tool does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from partners.blind.tool import main


class Command(BaseCommand):
    """Encode a CSV file of people with the key of a pair. Nothing is sent or kept."""

    help = "Encode a CSV file of people as patterns for blind matching; nothing is sent or kept."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """As the tool takes them."""
        parser.add_argument("people", type=Path)
        parser.add_argument("patterns", type=Path)
        parser.add_argument("--key", type=Path, required=True)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Hand on to the tool."""
        given = [str(options["people"]), str(options["patterns"]), "--key", str(options["key"])]
        if main([*given, *(["--json"] if options["json"] else [])]):
            raise CommandError("Nothing was written.")
