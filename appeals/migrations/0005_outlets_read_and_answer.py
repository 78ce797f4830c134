"""What outlets read of a placement says whether they still owe its end; files carry their checksum."""

from django.db import migrations, models

# As in 0002, with two columns more at the end.
READ = """
CREATE OR REPLACE VIEW appeals_public_placement AS
SELECT placement.id AS placement_id, placement.reference, placement.outlet_id, placement.change,
       appeal.token, appeal.reference AS appeal_reference, placement.shown, placement.content_id,
       publication.area_ids, placement.live_at, placement.updated_at, appeal.expires_at,
       placement.embargo_until,
       (
           appeal.status = 'live'
           AND incident.status IN ('reported', 'absent', 'missing', 'long_term', 'reopened')
           AND NOT incident.starts_held
           AND (appeal.expires_at IS NULL OR appeal.expires_at > now())
       ) AND placement.status = 'live' AS is_live,
       COALESCE(placement.withdraw_from, appeal.withdrawn_at) AS gone_at,
       placement.status = 'withdrawing' AS is_untold,
       placement.status = 'confirmed' AS is_confirmed
FROM appeals_placement placement
JOIN appeals_appeal appeal ON appeal.id = placement.appeal_id
JOIN appeals_publication publication ON publication.appeal_id = appeal.id
JOIN missingcases_incident incident ON incident.id = appeal.incident_id
WHERE placement.live_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("appeals", "0004_our_own_outlets")]

    operations = [
        migrations.RunSQL(READ, migrations.RunSQL.noop),
        migrations.AddField("publicplacement", "is_untold", models.BooleanField(default=False)),
        migrations.AddField("publicplacement", "is_confirmed", models.BooleanField(default=False)),
        migrations.AddField("rendition", "checksum", models.CharField(blank=True, max_length=64)),
        migrations.AlterField(
            "outletreport",
            "kind",
            models.CharField(
                choices=[("link", "Link"), ("check_in", "Check-in"), ("read", "Read")], max_length=10
            ),
        ),
    ]
