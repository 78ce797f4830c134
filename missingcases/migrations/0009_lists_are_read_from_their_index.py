"""The index that gives a list its order holds the kind of each row too.

A page is then read from the index alone. Without it the planner, who does not know which key is asked for,
sorted every row of a force as soon as there were few forces with many rows.
"""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar[list[Any]] = [
        ("missingcases", "0008_merged_people_and_search_by_words"),
    ]

    operations: ClassVar[list[Any]] = [
        migrations.RemoveIndex(model_name="audiencerow", name="audience_by_reported"),
        migrations.AddIndex(
            model_name="audiencerow",
            index=models.Index(
                condition=models.Q(("revoked_at__isnull", True)),
                fields=["principal", "-reported_at", "-incident"],
                include=("kind",),
                name="audience_by_reported",
            ),
        ),
    ]
