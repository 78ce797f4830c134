"""Print the heads of all seals, for the other partner to keep."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from foundation.audit import seals


class Command(BaseCommand):
    """`manage.py audit_heads > heads.jsonl`: one JSON line a seal."""

    help = "Print every seal's head as JSON lines."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a seal."""
        for head in seals.heads():
            self.stdout.write(json.dumps(head))
