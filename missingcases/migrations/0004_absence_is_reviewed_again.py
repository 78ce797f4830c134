"""A reviewed absence is reviewed again: nobody absent is left without a clock (domain.md section 1)."""

from typing import ClassVar

from django.db import migrations
from django.db.models import F


def repeat(apps, schema_editor) -> None:
    rules = apps.get_model("missingcases", "ReviewRule").objects
    rules.filter(kind="absent", then_every_minutes=None).update(then_every_minutes=F("first_after_minutes"))


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("missingcases", "0003_rules")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunPython(repeat, migrations.RunPython.noop),
    ]
