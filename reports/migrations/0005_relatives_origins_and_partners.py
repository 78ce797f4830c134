"""Who counts as a relative, who asked for a text, and what partners accepted: noted, and counted anew."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

from reports.cells import rebuilding, triggers


def note_and_count(apps: Any, schema_editor: Any) -> None:
    """Functions and triggers as they are declared now; what was counted otherwise is counted anew."""
    triggers.install()
    rebuilding.rebuild()


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("reports", "0004_deltas_without_key"),
        ("partners", "0001_referrals"),
    ]

    operations: ClassVar[list[Any]] = [migrations.RunPython(note_and_count, migrations.RunPython.noop)]
