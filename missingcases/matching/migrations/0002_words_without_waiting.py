"""Words of names carry a number made of themselves, and two writers of one new word no longer wait.

The words that stand were numbered by the table: they go, and `rebuild_name_keys` makes all keys again.
"""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar[list[Any]] = [("matching", "0001_person_finder")]

    operations: ClassVar[list[Any]] = [
        migrations.RunSQL("TRUNCATE matching_personkeys, matching_nametoken", migrations.RunSQL.noop),
        migrations.AlterField(model_name="nametoken", name="token", field=models.CharField(max_length=250)),
        migrations.AddField(
            model_name="nametoken",
            name="number",
            field=models.IntegerField(db_index=True, default=0),
            preserve_default=False,
        ),
    ]
