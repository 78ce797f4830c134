"""No picture of a message that was taken away is given out; who asks for it is told that it is gone."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("alerts.cap.migrations.0003_pictures_that_the_public_site_can_read")
_REMOVED = """EXISTS (
           SELECT FROM alerts_pictureremoval removal
           WHERE removal.alert_id = alert.id AND removal.stored_name = content.stored_name
       )"""
_PICTURE = f"CASE WHEN {_REMOVED} THEN '' ELSE message.picture_name END AS picture_name"
_LOST = f"message.picture_name <> '' AND {_REMOVED} AS has_lost_picture"
NEW = BEFORE.NEW.replace("message.picture_name,", f"{_PICTURE},\n       {_LOST},")


class Migration(migrations.Migration):
    dependencies = [
        ("cap", "0003_pictures_that_the_public_site_can_read"),
        ("alerts", "0021_ranks_witnesses_pictures"),
    ]
    operations = [migrations.RunSQL(NEW, BEFORE.NEW)]
