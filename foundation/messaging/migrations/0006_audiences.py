"""Broadcasts go to audiences, part by part, and leave by lines."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

CHANNELS = [("sms", "Text message"), ("email", "E-mail"), ("webhook", "Webhook")]
DELIVERIES = """
ALTER TABLE messaging_delivery ADD COLUMN part bigint NOT NULL DEFAULT 0, ADD COLUMN line_id bigint;
ALTER TABLE messaging_delivery ALTER COLUMN part DROP DEFAULT;
"""


class Migration(migrations.Migration):
    dependencies = [("messaging", "0005_mail_to_us")]

    operations = [
        migrations.RemoveField("broadcast", "is_complete"),
        migrations.RemoveField("broadcast", "recipients"),
        migrations.AddField(
            "broadcast",
            "audience",
            models.CharField(max_length=40, default="", help_text="A name in the switchboard's AUDIENCES."),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="BroadcastPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("part", models.BigIntegerField(help_text="As the audience knows it.")),
                ("after", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                ("is_done", models.BooleanField(default=False)),
                (
                    "broadcast",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="messaging.broadcast",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["broadcast", "part"], name="part_once_a_broadcast")
                ],
                "indexes": [
                    models.Index(
                        fields=["broadcast", "part"], condition=Q(is_done=False), name="part_to_be_done"
                    )
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    DELIVERIES, "ALTER TABLE messaging_delivery DROP COLUMN part, DROP COLUMN line_id"
                )
            ],
            state_operations=[
                migrations.AddField(
                    "delivery", "part", models.BigIntegerField(default=0), preserve_default=False
                ),
                migrations.AddField(
                    "delivery",
                    "line_id",
                    models.BigIntegerField(null=True, help_text="The line it was last handed to."),
                ),
                migrations.AlterField(
                    "delivery",
                    "number",
                    models.BigIntegerField(help_text="The id of its row in the audience."),
                ),
            ],
        ),
        migrations.DeleteModel("Pace"),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True)),
                ("channel", models.CharField(max_length=10, choices=CHANNELS)),
                (
                    "provider",
                    models.CharField(
                        max_length=40, blank=True, help_text="Empty: the channel's own gateway."
                    ),
                ),
                (
                    "sender",
                    models.CharField(
                        max_length=40, blank=True, help_text="Empty: the sender of these settings."
                    ),
                ),
                ("per_second", models.PositiveIntegerField(help_text="Agreed with the provider.")),
                (
                    "kept_back",
                    models.PositiveIntegerField(default=0, help_text="A second, for messages to one person."),
                ),
                ("is_on", models.BooleanField(default=True)),
                ("rests_until", models.DateTimeField(null=True, blank=True)),
                ("next_free_at", models.DateTimeField(null=True, blank=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(per_second__gt=F("kept_back")), name="line_leaves_something"
                    )
                ]
            },
        ),
    ]
