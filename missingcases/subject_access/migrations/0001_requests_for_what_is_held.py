import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.fields
import missingcases.subject_access.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_organisation_takes_passwords"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("missingcases", "0012_releases_beyond_incidents"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessRequest",
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
                        default=missingcases.subject_access.models.request_reference,
                        max_length=16,
                        unique=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("collecting", "Being collected"),
                            ("in_review", "In review"),
                            ("second_look", "Second look"),
                            ("making", "Being made"),
                            ("ready", "Ready to give"),
                            ("given", "Given"),
                            ("ended_without", "Ended without"),
                        ],
                        default="received",
                        max_length=14,
                    ),
                ),
                (
                    "asked",
                    foundation.fields.EncryptedTextField(verbose_name="who asks, and how to answer them"),
                ),
                ("received_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "extension_reason",
                    foundation.fields.EncryptedTextField(blank=True, verbose_name="why it was extended"),
                ),
                (
                    "identity",
                    foundation.fields.EncryptedTextField(
                        blank=True, verbose_name="how the identity was checked"
                    ),
                ),
                ("identity_checked_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("collected", models.PositiveIntegerField(default=0)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "stored_as",
                    models.CharField(
                        blank=True, help_text="Path below MEDIA_ROOT; never served.", max_length=200
                    ),
                ),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                (
                    "given_how",
                    foundation.fields.EncryptedTextField(blank=True, verbose_name="how it was given"),
                ),
                ("wipe_at", models.DateTimeField(blank=True, null=True)),
                ("wiped_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "identity_checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="missingcases.missingperson",
                    ),
                ),
                (
                    "reviewed_by",
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
                "ordering": ["-received_on", "-id"],
                "indexes": [
                    models.Index(fields=["organisation", "-received_on", "-id"], name="access_of_body"),
                    models.Index(
                        condition=models.Q(("wipe_at__isnull", False), ("wiped_at__isnull", True)),
                        fields=["wipe_at"],
                        name="access_to_wipe",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(("confirmed_by", models.F("reviewed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="access_is_confirmed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "given"), _negated=True),
                            models.Q(("confirmed_by__isnull", False), ("given_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="given_access_was_confirmed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=80)),
                ("row_id", models.BigIntegerField(default=0)),
                ("title", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("content", foundation.fields.EncryptedTextField()),
                (
                    "caution",
                    models.CharField(
                        blank=True, help_text="Why it is weighed before it is given.", max_length=300
                    ),
                ),
                ("stored_file", models.CharField(blank=True, max_length=200)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                (
                    "marks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("third_party", "About somebody else too"),
                                ("harm_risk", "May cause serious harm"),
                                ("crime_prejudice", "May prejudice an investigation"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("undecided", "Not decided"),
                            ("include", "Include"),
                            ("withhold", "Withhold"),
                        ],
                        default="undecided",
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    foundation.fields.EncryptedTextField(blank=True, verbose_name="why it is withheld"),
                ),
                (
                    "may_be_named",
                    models.BooleanField(
                        default=False, help_text="Withheld: the pack says that something of this kind is."
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="subject_access.accessrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["request", "decision", "id"], name="access_item_by_decision")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("row_id", 0), _negated=True),
                        fields=("request", "model", "row_id"),
                        name="access_item_once",
                    )
                ],
            },
        ),
    ]
