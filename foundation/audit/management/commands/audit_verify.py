"""Prove the audit chain, or name the first broken entry."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.audit import seals
from foundation.audit.models import DroppedMonth


class Command(BaseCommand):
    """`manage.py audit_verify [--heads FILE]`; ends with status 1 where the chain is broken."""

    help = "Prove the audit chain, against exported heads if given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file that `audit_heads` wrote earlier."""
        parser.add_argument("--heads", type=Path, help="File of exported heads (audit_heads).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and say what was found."""
        verdict = seals.verify(heads=_read_heads(options["heads"]))
        if not verdict.intact:
            entry = f"entry {verdict.broken_event_id}: " if verdict.broken_event_id else ""
            raise CommandError(f"The audit trail is broken. {entry}{verdict.why}.")
        self.stdout.write(
            f"The audit trail is intact: {verdict.entries} entries sealed, {verdict.unsealed} newer ones"
            f" not sealed yet. Head {verdict.head}{_of_dropped(verdict.dropped)}"
        )


def _of_dropped(count: int) -> str:
    months = ", ".join(str(month) for month in DroppedMonth.objects.order_by("month"))
    return f". {count} of them went with the months {months}" if count else ""


def _read_heads(path: Path | None) -> dict[int, str]:
    if path is None:
        return {}
    try:
        rows = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
        return {int(row["seal"]): str(row["head"]) for row in rows}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path} is not a file of exported heads: {error}") from error
