"""Which months were dropped whole: as untouchable as the seals that stay of them."""

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_seals_append_only")]

    operations = [
        migrations.CreateModel(
            name="DroppedMonth",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(unique=True)),
                ("entries", models.PositiveIntegerField()),
                ("first_event_id", models.BigIntegerField()),
                ("last_event_id", models.BigIntegerField()),
                ("dropped_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.RunSQL(
            "SELECT audit_refuse_change('audit_droppedmonth'), audit_refuse_truncate('audit_droppedmonth')",
            migrations.RunSQL.noop,
        ),
    ]
