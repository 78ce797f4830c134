from django.db import migrations, models
from django.db.models import F, Q


def those_before_are_done(apps, schema_editor):
    """What was confirmed until now was started in the same transaction."""
    batches = apps.get_model("imports", "ImportBatch").objects.filter(confirmed_at__isnull=False)
    batches.update(starts_done_at=F("confirmed_at"), started=F("held"))


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial")]

    operations = [
        migrations.AddField(
            "importbatch",
            "started",
            models.PositiveIntegerField(default=0, help_text="Open incidents started since confirmed."),
        ),
        migrations.AddField("importbatch", "starts_done_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunPython(those_before_are_done, migrations.RunPython.noop),
        migrations.AddIndex(
            "importbatch",
            models.Index(
                fields=["updated_at"],
                condition=Q(("confirmed_at__isnull", False), ("starts_done_at__isnull", True)),
                name="import_starts_unfinished",
            ),
        ),
    ]
