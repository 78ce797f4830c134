"""Changes are noted row by row, and each connection takes the numbers of its deltas 64 at a time.

A delta only names a record, so that the order in which deltas were written does not matter.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

from reports.cells import triggers


def note_anew(apps: Any, schema_editor: Any) -> None:
    """As declared."""
    triggers.install()


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("reports", "0003_frozen_reports")]

    operations: ClassVar[list[Any]] = [
        migrations.RunPython(note_anew, migrations.RunPython.noop),
        migrations.RunSQL(
            "ALTER TABLE reports_delta ALTER COLUMN id SET CACHE 64",
            "ALTER TABLE reports_delta ALTER COLUMN id SET CACHE 1",
        ),
    ]
