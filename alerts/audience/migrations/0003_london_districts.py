"""Postcode districts of London, each with the borough that most of it lies in.

To begin with: districts know no boroughs' bounds. An administrator loads a table of the statistician's.
"""

import csv
from pathlib import Path
from typing import Any

from django.db import migrations

TABLE = Path(__file__).resolve().parent.parent / "data" / "london_districts.csv"


def load(apps: Any, _: Any) -> None:
    areas = dict(apps.get_model("places", "Area").objects.values_list("code", "pk"))
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["area"] in areas]
    model = apps.get_model("audience", "PostcodeDistrict")
    made = (model(code=row["district"], area_id=areas[row["area"]]) for row in rows)
    model.objects.bulk_create(made, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("audience", "0002_kept_counts"), ("places", "0002_reference_areas")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
