"""A sighting that waits calls somebody on a clock; a billboard player that is silent is told of once."""

from django.db import migrations, models
from django.db.models import Q

# What waits already calls from now on: nothing that came before this clock is forgotten.
CALL_WHAT_WAITS = """
UPDATE appeals_sighting SET call_at = now()
WHERE (status = 'received') OR (status = 'triaged' AND triage <> 'malicious') OR status = 'passed_to_police';
"""


class Migration(migrations.Migration):
    dependencies = [("appeals", "0006_what_a_force_feed_carries")]

    operations = [
        migrations.AddField(
            "sighting",
            "call_at",
            models.DateTimeField(
                blank=True, help_text="When somebody is next written to, unless it is taken up.", null=True
            ),
        ),
        migrations.AddField(
            "sighting",
            "called",
            models.PositiveSmallIntegerField(default=0, help_text="How often, for what it waits for now."),
        ),
        migrations.RunSQL(CALL_WHAT_WAITS, migrations.RunSQL.noop),
        migrations.AddIndex(
            "sighting",
            models.Index(condition=Q(call_at__isnull=False), fields=["call_at"], name="sighting_to_call"),
        ),
        migrations.AddField(
            "outlet",
            "silence_told_at",
            models.DateTimeField(
                blank=True,
                help_text="Since when staff know that it is silent; empty once it came back.",
                null=True,
            ),
        ),
    ]
