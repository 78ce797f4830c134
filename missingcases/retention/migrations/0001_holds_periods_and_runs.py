import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.fields
import missingcases.retention.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_organisation_takes_passwords"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("missingcases", "0012_releases_beyond_incidents"),
    ]

    operations = [
        migrations.CreateModel(
            name="Run",
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
                        default=missingcases.retention.models.run_reference, max_length=16, unique=True
                    ),
                ),
                ("kind", models.CharField(max_length=80)),
                ("keep_days", models.PositiveIntegerField()),
                ("before", models.DateTimeField(help_text="What ended before this moment.")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed_run", "Proposed"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed_run",
                        max_length=12,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "started_by",
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
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_by__isnull", True),
                            models.Q(("started_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="run_is_started_by_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["proposed_run", "running"])),
                        fields=("organisation", "kind"),
                        name="one_run_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RunItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row_id", models.BigIntegerField()),
                (
                    "came",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("done", "Anonymised"),
                            ("held", "Legal hold"),
                            ("kept", "Something else still needs it"),
                            ("gone", "No longer due"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(blank=True, null=True)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="retention.run"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("came", "done")), fields=["row_id"], name="run_item_done"
                    ),
                    models.Index(
                        condition=models.Q(("came", "waiting")), fields=["run", "id"], name="run_item_waiting"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("run", "row_id"), name="run_item_once")],
            },
        ),
        migrations.CreateModel(
            name="LegalHold",
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
                        default=missingcases.retention.models.hold_reference, max_length=16, unique=True
                    ),
                ),
                ("reason", foundation.fields.EncryptedTextField(verbose_name="why nothing is erased")),
                ("review_on", models.DateField()),
                ("placed_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lift_reason",
                    foundation.fields.EncryptedTextField(blank=True, verbose_name="why it was lifted"),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missingcases.incident",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missingcases.missingperson",
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["review_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=["organisation", "incident", "person"],
                        name="hold_that_stands",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("incident__isnull", True), ("person__isnull", True), _connector="OR"
                        ),
                        name="hold_is_of_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_at__isnull", True), ("lifted_by__isnull", False), _connector="OR"
                        ),
                        name="lifted_hold_names_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=80)),
                ("keep_days", models.PositiveIntegerField()),
                ("basis", models.CharField(max_length=200)),
                ("source", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField(auto_now_add=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["organisation", "kind", "-id"], name="period_in_force")],
            },
        ),
    ]
