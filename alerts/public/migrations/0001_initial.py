"""The pictures made for the public site, and the one view through which it sees alerts.

A view runs with its owner's rights, so the site's role needs none on alerts, incidents or contents. Each row
says whether it may be shown at this moment; what is not live has no words in it. A rehearsal is in no row:
it says so itself, and it hangs on no incident to join.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

_LIVE = """(
    alert.status = 'issued'
    AND alert.ended_at IS NULL
    AND alert.expires_at > now()
    AND incident.status IN ('reported', 'absent', 'missing', 'long_term', 'reopened')
    AND NOT incident.starts_held
    AND NOT EXISTS (SELECT FROM alerts_notice over WHERE over.alert_id = alert.id AND over.kind = 'cancel')
)"""
_SHOWN = """jsonb_build_object(
    'first_name', content.first_name, 'age', content.age, 'clothing', content.clothing,
    'last_seen_place', content.last_seen_place, 'last_seen_at', content.last_seen_at,
    'suspect', content.suspect, 'vehicle', content.vehicle, 'polygon', content.polygon,
    'alt_text', content.alt_text, 'alt_text_cy', content.alt_text_cy,
    'has_picture', content.stored_name <> '',
    'wordings', (
        SELECT COALESCE(jsonb_agg(jsonb_build_object(
            'language', wording.language, 'headline', wording.headline,
            'description', wording.description, 'instruction', wording.instruction
        )), '[]'::jsonb)
        FROM alerts_alertwording wording WHERE wording.content_id = content.id
    )
)"""

MAKE = f"""
CREATE VIEW alerts_public_alert AS
SELECT alert.id AS alert_id, alert.token, alert.reference, notice.id AS notice_id, alert.issued_at,
       notice.sent_at AS changed_at, alert.expires_at, notice.area_ids,
       CASE WHEN {_LIVE} THEN {_SHOWN} END AS shown,
       picture.stored_name AS picture_name,
       {_LIVE} AS is_live
FROM alerts_childrescuealert alert
JOIN missingcases_incident incident ON incident.id = alert.incident_id
JOIN LATERAL (
    SELECT * FROM alerts_notice newest
    WHERE newest.alert_id = alert.id AND newest.kind <> 'cancel'
    ORDER BY newest.number DESC LIMIT 1
) notice ON true
JOIN alerts_alertcontent content ON content.id = notice.content_id
LEFT JOIN alerts_public_picture picture ON picture.content_id = content.id
WHERE NOT alert.is_rehearsal;
"""  # noqa: S608 - the parts are constants of this file
UNDO = "DROP VIEW alerts_public_alert;"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("alerts", "0001_initial"),
        ("missingcases", "0013_force_references_in_any_case"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicAlert",
            fields=[
                ("alert_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("token", models.CharField(max_length=24)),
                ("reference", models.CharField(max_length=16)),
                ("notice_id", models.BigIntegerField()),
                ("issued_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                (
                    "area_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("shown", models.JSONField(null=True)),
                ("picture_name", models.CharField(max_length=80, null=True)),
                ("is_live", models.BooleanField()),
            ],
            options={"db_table": "alerts_public_alert", "ordering": ["-issued_at"], "managed": False},
        ),
        migrations.CreateModel(
            name="PublicPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stored_name", models.CharField(max_length=80, unique=True)),
                ("made_at", models.DateTimeField()),
                (
                    "content",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="alerts.alertcontent",
                    ),
                ),
            ],
            options={"db_table": "alerts_public_picture"},
        ),
        migrations.RunSQL(MAKE, UNDO),
    ]
