"""What is counted notes its changes (`reports.cells.triggers`), and what is there already is counted.

Whoever adds a watch adds a migration with the same lines: functions and triggers are made anew as declared. As
they are made here too, a table that is watched since has to be there before.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

from reports.cells import rebuilding, triggers


def note_and_count(apps: Any, schema_editor: Any) -> None:
    """From here on changes are noted; then all that was there before is counted."""
    triggers.install()
    rebuilding.rebuild()


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [
        ("reports", "0001_initial"),
        ("missingcases", "0013_force_references_in_any_case"),
        ("textsafe", "0006_told_to_systems"),
        ("appeals", "0011_child_rescue_alerts_on_channels"),
        ("rhi", "0004_told_to_systems"),
        ("families", "0004_visits_to_families"),
        ("alerts", "0021_ranks_witnesses_pictures"),
        ("partners", "0001_referrals"),
    ]

    operations: ClassVar[list[Any]] = [
        migrations.RunPython(note_and_count, lambda apps, schema_editor: triggers.remove())
    ]
