"""The picture of a message lies where the public site can read it, and its view says where."""

from django.db import migrations, models

_HEAD = """
SELECT message.id AS message_id, message.identifier, message.msg_type, message.sent, message.expires_at,
       message.document, message.digest, {picture},
"""
_REST = """
       message.expires_at > now() AND (
           message.msg_type = 'Cancel'
           OR (
               alert.status = 'issued'
               AND alert.expires_at > now()
               AND incident.status IN ('reported', 'absent', 'missing', 'long_term', 'reopened')
               AND NOT incident.starts_held
               AND NOT EXISTS (
                   SELECT FROM alerts_notice later
                   WHERE later.alert_id = alert.id AND later.number > notice.number
               )
           )
       ) AS is_live
FROM cap_capmessage message
JOIN alerts_notice notice ON notice.id = message.notice_id
JOIN alerts_alertcontent content ON content.id = notice.content_id
JOIN alerts_childrescuealert alert ON alert.id = notice.alert_id
JOIN missingcases_incident incident ON incident.id = alert.incident_id
WHERE message.direction = 'out' AND message.status = 'Actual' AND NOT alert.is_rehearsal;
"""
_DROP = "DROP VIEW cap_public_message;\n"
_MAKE = "CREATE VIEW cap_public_message AS"
NEW = _DROP + _MAKE + _HEAD.format(picture="message.picture_name") + _REST
OLD = _DROP + _MAKE + _HEAD.format(picture="content.stored_name, content.content_type") + _REST


class Migration(migrations.Migration):
    dependencies = [("cap", "0002_what_the_public_reads")]
    operations = [
        migrations.AddField(
            model_name="capmessage",
            name="picture_name",
            field=models.CharField(
                blank=True, default="", help_text="Where the public site finds it.", max_length=80
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(NEW, OLD),
    ]
