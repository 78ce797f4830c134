"""An outlet that is switched off reads ends alone; a placement known from the restore ledger is read too.

A placement that was published again before its end was confirmed is replaced by the newer one.
"""

from django.db import migrations, models

# As in 0005: live only while its outlet is on; whether or not our own page was made; one column more.
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
       ) AND placement.status = 'live' AND outlet.is_active AS is_live,
       COALESCE(placement.withdraw_from, appeal.withdrawn_at) AS gone_at,
       placement.status = 'withdrawing' AS is_untold,
       placement.status = 'confirmed' AS is_confirmed,
       placement.status = 'replaced' AS is_replaced
FROM appeals_placement placement
JOIN appeals_appeal appeal ON appeal.id = placement.appeal_id
JOIN appeals_outlet outlet ON outlet.id = placement.outlet_id
JOIN missingcases_incident incident ON incident.id = appeal.incident_id
LEFT JOIN appeals_publication publication ON publication.appeal_id = appeal.id
WHERE placement.live_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("appeals", "0007_sightings_call_and_players_fall_silent")]

    operations = [
        migrations.RunSQL(READ, migrations.RunSQL.noop),
        migrations.AddField("publicplacement", "is_replaced", models.BooleanField(default=False)),
        migrations.AlterField(
            "placement",
            "status",
            models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("sending", "Being sent"),
                    ("live", "Live"),
                    ("failed", "Could not be published"),
                    ("unknown", "Perhaps published"),
                    ("withdrawing", "To be told"),
                    ("told", "Told to take it down"),
                    ("confirmed", "Confirmed gone"),
                    ("dropped", "Never published"),
                    ("replaced", "Published again since"),
                ],
                default="planned",
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            "placement", models.Index(fields=["appeal", "outlet"], name="placement_by_outlet")
        ),
    ]
