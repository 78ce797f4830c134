import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import foundation.sandbox.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Fault",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("busy", "Refuse: too many requests (429)"),
                            ("refuse", "Refuse: bad request (400)"),
                            ("fault", "Answer with a fault, not accepted (500)"),
                            ("fault_after", "Accept, then answer with a fault (500)"),
                            ("cut_before", "Cut the connection before accepting"),
                            ("cut_after", "Cut the connection after accepting"),
                            ("slow", "Accept, then answer late"),
                            ("receipts_lost", "Lose every receipt"),
                            ("receipts_doubled", "Send every receipt twice"),
                            ("receipts_reversed", "Send receipts in the wrong order"),
                            ("receipts_late", "Send receipts late"),
                            ("receipts_forged", "Sign receipts with the wrong key"),
                            ("list_down", "Refuse questions about earlier messages (500)"),
                            ("mail_later", "E-mail: refuse for now (451)"),
                            ("mail_refused", "E-mail: refuse for good (550)"),
                            ("mail_cut", "E-mail: take it, then cut the connection"),
                        ],
                        max_length=20,
                        verbose_name="What goes wrong",
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        blank=True, max_length=254, verbose_name="Only for this number or e-mail address"
                    ),
                ),
                (
                    "remaining",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="How many times"),
                ),
                ("seconds", models.FloatField(default=0, verbose_name="Seconds (for the late ones)")),
            ],
        ),
        migrations.CreateModel(
            name="Handset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=20, unique=True)),
                ("is_on", models.BooleanField(default=True)),
                ("has_opted_out", models.BooleanField(default=False)),
                ("last_text_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("message_id", models.CharField(blank=True, db_index=True, max_length=255)),
                ("sender", models.CharField(max_length=254)),
                ("to", models.CharField(max_length=1000)),
                ("subject", models.CharField(blank=True, max_length=998)),
                ("plain", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                ("arrived_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sid",
                    models.CharField(default=foundation.sandbox.models.new_sid, max_length=34, unique=True),
                ),
                ("account_sid", models.CharField(max_length=34)),
                ("inbound", models.BooleanField(default=False)),
                ("to", models.CharField(max_length=20)),
                ("sender", models.CharField(max_length=20)),
                ("service_sid", models.CharField(blank=True, max_length=34)),
                ("body", models.TextField()),
                ("segments", models.PositiveSmallIntegerField(default=1)),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("sent", "Sent"),
                            ("delivered", "Delivered"),
                            ("undelivered", "Undelivered"),
                            ("failed", "Failed"),
                            ("received", "Received"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("error_code", models.PositiveIntegerField(blank=True, null=True)),
                ("reference", models.CharField(blank=True, db_index=True, max_length=64)),
                ("callback_url", models.TextField(blank=True)),
                ("validity_seconds", models.PositiveIntegerField(default=36000)),
                ("discard_body", models.BooleanField(default=False)),
                ("obfuscate_number", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "handset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="sandbox.handset",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["to", "-id"], name="sandbox_text_to"),
                    models.Index(fields=["handset", "-id"], name="sandbox_text_handset"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("sent", "Sent"),
                            ("delivered", "Delivered"),
                            ("undelivered", "Undelivered"),
                            ("failed", "Failed"),
                            ("received", "Received"),
                        ],
                        max_length=12,
                    ),
                ),
                ("error_code", models.PositiveIntegerField(blank=True, null=True)),
                ("copies", models.PositiveSmallIntegerField(default=1)),
                ("forged", models.BooleanField(default=False)),
                ("due_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("answered", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="sandbox.text"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True)),
                        fields=["due_at"],
                        name="sandbox_step_due",
                    )
                ],
            },
        ),
    ]
