"""Where the reading of a force's feed stands, and which appeals a feed carries or did carry."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appeals", "0005_outlets_read_and_answer"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="sharingpolicy",
            name="feed_etag",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="sharingpolicy",
            name="feed_failed_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sharingpolicy",
            name="feed_items",
            field=models.PositiveIntegerField(default=0, help_text="How many it held when it was read last."),
        ),
        migrations.AddField(
            model_name="sharingpolicy",
            name="feed_modified",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="sharingpolicy",
            name="feed_next_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When it is read next; while somebody reads it, when they are given up.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="sharingpolicy",
            name="feed_problems",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="What of it could not be taken, and since when: no content of it.",
            ),
        ),
        migrations.AlterField(
            model_name="sharingpolicy",
            name="feed_problem",
            field=models.CharField(
                blank=True, help_text="Why it could not be read the last time.", max_length=80
            ),
        ),
        migrations.CreateModel(
            name="FeedEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(help_text="Of what was taken last.", max_length=64)),
                ("taken_at", models.DateTimeField()),
                ("gone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "deleted",
                    models.BooleanField(default=False, help_text="The feed said so itself, by a tombstone."),
                ),
                ("kept_at", models.DateTimeField(blank=True, null=True)),
                ("kept_reason", models.TextField(blank=True)),
                (
                    "appeal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feed_entry",
                        to="appeals.appeal",
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("gone_at__isnull", False), ("kept_at__isnull", True)),
                        fields=["gone_at"],
                        name="feed_entry_that_left",
                    )
                ],
            },
        ),
    ]
