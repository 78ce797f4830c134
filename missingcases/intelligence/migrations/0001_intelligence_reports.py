import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.fields
import missingcases.intelligence.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_organisation_takes_passwords"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("missingcases", "0011_columns_that_nobody_reads"),
    ]

    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=8)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "code"), name="source_has_its_own_code"),
                    models.UniqueConstraint(
                        condition=models.Q(("digest", ""), _negated=True),
                        fields=("organisation", "digest"),
                        name="source_has_one_code",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
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
                        default=missingcases.intelligence.models.report_reference, max_length=16, unique=True
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Being written"),
                            ("waiting", "Waiting for approval"),
                            ("returned", "Returned to its author"),
                            ("approved", "Approved, not sent yet"),
                            ("sent", "Sent"),
                            ("acknowledged", "Acknowledged"),
                            ("outcome", "Outcome given"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("cse", "Child sexual exploitation"),
                            ("cce", "Child criminal exploitation or county lines"),
                            ("trafficking", "Trafficking or modern slavery"),
                            ("whereabouts", "Where a missing person is"),
                            ("abuse", "Abuse or violence"),
                            ("terrorism", "Terrorism or travel to a conflict"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                        verbose_name="about",
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("immediate", "Immediate: somebody may be in danger"),
                            ("routine", "Routine"),
                        ],
                        default="routine",
                        max_length=10,
                    ),
                ),
                ("obtained_at", models.DateTimeField(verbose_name="when it was told")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("interview", "Return Home Interview"),
                            ("conversation", "Conversation by text"),
                            ("family_contact", "Contact with a family"),
                            ("sighting", "Sighting"),
                            ("say_something", "Say Something"),
                            ("staff", "Told to staff in another way"),
                        ],
                        default="staff",
                        max_length=16,
                    ),
                ),
                ("origin_label", models.CharField(blank=True, max_length=60)),
                ("origin_id", models.BigIntegerField(blank=True, null=True)),
                (
                    "instructions",
                    foundation.fields.EncryptedTextField(blank=True, verbose_name="handling instructions"),
                ),
                ("review_on", models.DateField()),
                (
                    "word_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "returned_reason",
                    foundation.fields.EncryptedTextField(blank=True, verbose_name="why it came back"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("acknowledge_by", models.DateTimeField(blank=True, null=True)),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("useful", "Useful"),
                            ("led_to_action", "Led to action"),
                            ("no_further_action", "No further action"),
                            ("not_credible", "Not credible"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "outcome_words",
                    foundation.fields.EncryptedTextField(blank=True, verbose_name="what came of it"),
                ),
                ("outcome_at", models.DateTimeField(blank=True, null=True)),
                ("call_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "force",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="missingcases.incident",
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
                    "release",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missingcases.release",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intelligence.source",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["organisation", "status", "-id"], name="intelligence_by_author"),
                    models.Index(fields=["force", "status", "-id"], name="intelligence_by_force"),
                    models.Index(fields=["origin_label", "origin_id"], name="intelligence_by_origin"),
                    models.Index(
                        condition=models.Q(("call_at__isnull", False)),
                        fields=["call_at"],
                        name="intelligence_to_call",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word_keys"], name="intelligence_by_words"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ("approved", "sent", "acknowledged", "outcome")), _negated=True
                            ),
                            models.Q(("approved_at__isnull", False), ("force__isnull", False)),
                            _connector="OR",
                        ),
                        name="approved_report_has_a_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            ("author__isnull", True),
                            models.Q(("approved_by", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="report_approved_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ("sent", "acknowledged", "outcome")), _negated=True),
                            models.Q(
                                ("acknowledge_by__isnull", False),
                                ("release__isnull", False),
                                ("sent_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="sent_report_is_a_release",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "outcome"), _negated=True),
                            models.Q(models.Q(("outcome", ""), _negated=True), ("outcome_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="ended_report_has_its_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="missingcases.incident",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="intelligence.report",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("report", "incident"), name="incident_mentioned_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("original", foundation.fields.EncryptedTextField(verbose_name="as it was told")),
                (
                    "sanitised",
                    foundation.fields.EncryptedTextField(blank=True, verbose_name="as police read it"),
                ),
                (
                    "source_grade",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "1: reliable"), (2, "2: untested"), (3, "3: not reliable")],
                        null=True,
                    ),
                ),
                (
                    "intelligence_grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A: known directly to the source"),
                            ("B", "B: known indirectly, and corroborated"),
                            ("C", "C: known indirectly to the source"),
                            ("D", "D: not known"),
                            ("E", "E: suspected to be false"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "handling",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("P", "P: lawful sharing permitted"),
                            ("C", "C: sharing permitted with conditions"),
                        ],
                        max_length=1,
                    ),
                ),
                (
                    "conditions",
                    foundation.fields.EncryptedTextField(blank=True, verbose_name="conditions of sharing"),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="intelligence.report",
                    ),
                ),
            ],
            options={
                "ordering": ["report_id", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("report", "position"), name="line_has_its_place"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handling", "C"), _negated=True),
                            models.Q(("conditions", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="conditions_are_said",
                    ),
                ],
            },
        ),
    ]
