"""The window on appeals says of one that only media partners have so far that it is awaited, not gone."""

from django.db import migrations, models

# As in 0002, with one column more at the end.
READ = """
CREATE OR REPLACE VIEW appeals_public_appeal AS
SELECT appeal.id AS appeal_id, appeal.token, appeal.reference, publication.shown, publication.page,
       publication.area_ids, publication.words, appeal.first_live_at AS published_at, publication.content_id,
       (
           appeal.status = 'live'
           AND incident.status IN ('reported', 'absent', 'missing', 'long_term', 'reopened')
           AND NOT incident.starts_held
           AND (appeal.expires_at IS NULL OR appeal.expires_at > now())
       ) AND EXISTS (
           SELECT FROM appeals_placement placement JOIN appeals_outlet outlet ON outlet.id = placement.outlet_id
           WHERE placement.appeal_id = appeal.id AND placement.status = 'live' AND outlet.channel = 'website'
       ) AS is_live,
       EXISTS (
           SELECT FROM appeals_placement placement JOIN appeals_outlet outlet ON outlet.id = placement.outlet_id
           WHERE placement.appeal_id = appeal.id AND placement.status = 'planned'
           AND outlet.channel = 'website'
       ) AS is_awaited
FROM appeals_publication publication
JOIN appeals_appeal appeal ON appeal.id = publication.appeal_id
JOIN missingcases_incident incident ON incident.id = appeal.incident_id
WHERE appeal.first_live_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("appeals", "0008_what_outlets_read_when_switched_off_or_left_over")]

    operations = [
        migrations.RunSQL(READ, migrations.RunSQL.noop),
        migrations.AddField("publicappeal", "is_awaited", models.BooleanField(default=False)),
    ]
