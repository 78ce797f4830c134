"""Three families of closures that no figure reads are counted no more: their cells go with a counting anew."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

from reports.cells import rebuilding, triggers


def count_anew(apps: Any, schema_editor: Any) -> None:
    """Triggers as they are declared now, and cells of what is declared alone."""
    triggers.install()
    rebuilding.rebuild()


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("reports", "0005_relatives_origins_and_partners")]

    operations: ClassVar[list[Any]] = [migrations.RunPython(count_anew, migrations.RunPython.noop)]
