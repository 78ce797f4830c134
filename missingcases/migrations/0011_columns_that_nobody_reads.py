"""A team that never owned an action, and whether a file is a picture, which its type says."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("missingcases", "0010_queues_read_what_has_not_ended")]

    operations = [
        migrations.RemoveField("action", "owner_team"),
        migrations.RemoveField("attachment", "is_image"),
    ]
