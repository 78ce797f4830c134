"""Addresses are edited by a form, and so carry a version."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("missingcases", "0005_absent_limit")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.AddField(
            model_name="address", name="version", field=models.PositiveIntegerField(default=1)
        ),
    ]
