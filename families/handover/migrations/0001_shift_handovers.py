import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import families.handover.models
import foundation.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_organisation_takes_passwords"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        default=families.handover.models.handover_reference, max_length=16, unique=True
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("writing", "Being written"),
                            ("signed_out", "Waiting for the incoming shift"),
                            ("done", "Signed by both"),
                            ("cancelled", "Taken back"),
                        ],
                        default="writing",
                        max_length=10,
                    ),
                ),
                ("begun_at", models.DateTimeField()),
                ("sign_by", models.DateTimeField()),
                (
                    "note",
                    foundation.fields.EncryptedTextField(blank=True, verbose_name="for the whole shift"),
                ),
                ("signed_out_at", models.DateTimeField(blank=True, null=True)),
                ("signed_in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    foundation.fields.EncryptedTextField(
                        blank=True, verbose_name="words of the incoming shift"
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "charity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "incoming",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outgoing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["outgoing", "status"], name="handover_by_outgoing"),
                    models.Index(fields=["incoming", "status"], name="handover_by_incoming"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outgoing", models.F("incoming")), _negated=True),
                        name="handover_is_of_two_people",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["writing", "signed_out"])),
                        fields=("outgoing", "charity"),
                        name="one_unsigned_handover_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["signed_out", "done"]), _negated=True),
                            ("signed_out_at__isnull", False),
                            _connector="OR",
                        ),
                        name="handover_is_signed_out_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "done"), _negated=True),
                            ("signed_in_at__isnull", False),
                            _connector="OR",
                        ),
                        name="handover_done_is_signed_by_both",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandoverLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=16)),
                ("position", models.PositiveSmallIntegerField()),
                ("section", models.CharField(max_length=80)),
                ("words", foundation.fields.EncryptedTextField()),
                ("url", models.CharField(max_length=200)),
                ("detail", foundation.fields.EncryptedTextField(blank=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("note", foundation.fields.EncryptedTextField(blank=True)),
                ("is_waiting", models.BooleanField(default=True)),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="handover.handover",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("handover", "key"), name="one_line_a_thing")],
            },
        ),
    ]
