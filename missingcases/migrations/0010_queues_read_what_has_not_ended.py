"""What still asks for work is read without what has ended: one incident in a hundred at national size.

`audience_open_by_risk` goes: nothing is listed by risk first. An officer's and a unit's incidents are read
newest first from an index that also serves as that of the foreign key.
"""

from typing import Any, ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar[list[Any]] = [
        ("missingcases", "0009_lists_are_read_from_their_index"),
    ]

    operations: ClassVar[list[Any]] = [
        migrations.RemoveIndex(model_name="audiencerow", name="audience_open_by_risk"),
        migrations.AddIndex(
            model_name="audiencerow",
            index=models.Index(
                fields=["principal", "-reported_at", "-incident"],
                include=("kind",),
                condition=models.Q(("is_open", True), ("revoked_at__isnull", True)),
                name="audience_open",
            ),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["owner_officer", "-reported_at", "-id"], name="incident_by_officer"),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["owner_unit", "-reported_at", "-id"], name="incident_by_unit"),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(
                fields=["owner", "status"],
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "absent",
                            "located",
                            "long_term",
                            "missing",
                            "prevention_done",
                            "reopened",
                            "reported",
                        ],
                    )
                ),
                name="incident_unended",
            ),
        ),
        migrations.AlterField(
            model_name="incident",
            name="owner_officer",
            field=models.ForeignKey(
                settings.AUTH_USER_MODEL,
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
            ),
        ),
        migrations.AlterField(
            model_name="incident",
            name="owner_unit",
            field=models.ForeignKey(
                "accounts.team",
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
            ),
        ),
    ]
