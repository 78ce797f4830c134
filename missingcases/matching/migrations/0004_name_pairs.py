"""Pairs of words of family and given names, by which people are found; made for everybody who has keys."""

from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models

PAIRS = """
INSERT INTO matching_namepair (pair, organisation_id, person_id)
SELECT DISTINCT (leads::bigint << 32) | (follows::bigint & 4294967295), k.organisation_id, k.person_id
FROM matching_personkeys k
CROSS JOIN unnest(CASE k.family WHEN '{}' THEN '{0}' ELSE k.family END) AS leads
CROSS JOIN unnest(CASE k.given WHEN '{}' THEN '{0}' ELSE k.given END) AS follows
WHERE k.family <> '{}' OR k.given <> '{}'
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[Any]] = [
        ("accounts", "0005_organisation_takes_passwords"),
        ("matching", "0003_pairs_put_off"),
    ]

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="NamePair",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "pair",
                        "organisation_id",
                        "person_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("pair", models.BigIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pairs",
                        to="matching.personkeys",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(PAIRS, migrations.RunSQL.noop),
    ]
