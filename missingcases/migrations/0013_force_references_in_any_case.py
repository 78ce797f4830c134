"""A force's reference is looked up in whatever case it is typed: by an index, where every incident was read."""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies: ClassVar[list[Any]] = [("missingcases", "0012_releases_beyond_incidents")]

    operations: ClassVar[list[Any]] = [
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(Upper("force_reference"), name="incident_by_force_reference"),
        ),
    ]
