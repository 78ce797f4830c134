"""The window of the public site on what we sent, and that nobody changes a message.

The view leaves rehearsals out by itself, twice: by the message's own status and by its alert. It tests at
each read that the child is still to be found, so a stop depends on no subscriber. It runs with its owner's
rights: the site's role may read its columns and nothing of what they are made from.
"""

from django.db import migrations

VIEW = """
CREATE VIEW cap_public_message AS
SELECT message.id AS message_id, message.identifier, message.msg_type, message.sent, message.expires_at,
       message.document, message.digest, content.stored_name, content.content_type,
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
FROZEN = """
CREATE FUNCTION cap_message_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Its words are emptied when their time is over: that, and nothing else.
    IF TG_OP = 'UPDATE' AND NEW.original = '' AND NEW.document = '' THEN
        OLD.original := '';
        OLD.document := '';
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a CAP message is never changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER cap_message_no_change BEFORE UPDATE OR DELETE ON cap_capmessage
    FOR EACH ROW EXECUTE FUNCTION cap_message_is_frozen();
CREATE TRIGGER cap_message_no_truncate BEFORE TRUNCATE ON cap_capmessage
    FOR EACH STATEMENT EXECUTE FUNCTION cap_message_is_frozen();
ALTER TABLE cap_capmessage ENABLE ALWAYS TRIGGER cap_message_no_change;
ALTER TABLE cap_capmessage ENABLE ALWAYS TRIGGER cap_message_no_truncate;
"""
THAWED = """
DROP TRIGGER cap_message_no_truncate ON cap_capmessage;
DROP TRIGGER cap_message_no_change ON cap_capmessage;
DROP FUNCTION cap_message_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0001_initial"),
        ("cap", "0001_initial"),
        ("missingcases", "0010_queues_read_what_has_not_ended"),
    ]
    operations = [
        migrations.RunSQL(VIEW, "DROP VIEW cap_public_message;"),
        migrations.RunSQL(FROZEN, THAWED),
    ]
