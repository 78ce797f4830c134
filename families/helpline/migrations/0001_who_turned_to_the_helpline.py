import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import families.helpline.models.concerns
import families.helpline.models.contacts
import foundation.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_organisation_takes_passwords"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("missingcases", "0011_columns_that_nobody_reads"),
    ]

    operations = [
        migrations.CreateModel(
            name="HelplineContact",
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
                        default=families.helpline.models.contacts.contact_reference,
                        max_length=16,
                        unique=True,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("call", "Telephone call"),
                            ("text", "Text"),
                            ("email", "E-mail"),
                            ("web", "Website or chat"),
                            ("in_person", "In person"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "caller",
                    models.CharField(
                        choices=[
                            ("missing_person", "Somebody who is missing, or thinks of going"),
                            ("relative", "A relative"),
                            ("friend", "A friend, or somebody who is worried"),
                            ("professional", "A professional"),
                            ("unknown", "They did not say"),
                        ],
                        default="unknown",
                        max_length=16,
                    ),
                ),
                ("is_anonymous", models.BooleanField(default=True)),
                ("name", foundation.fields.EncryptedTextField(blank=True)),
                (
                    "reach_by",
                    foundation.fields.EncryptedTextField(blank=True, verbose_name="how to reach them"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unclaimed", "Nobody has it yet"),
                            ("claimed", "With a colleague"),
                            ("closed", "Closed"),
                        ],
                        default="unclaimed",
                        max_length=10,
                    ),
                ),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("begun_at", models.DateTimeField()),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, help_text="When they hung up or left.", null=True),
                ),
                ("notes", foundation.fields.EncryptedTextField(blank=True)),
                ("answers", foundation.fields.EncryptedTextField(default="{}")),
                ("answer_due_at", models.DateTimeField(blank=True, null=True)),
                (
                    "call_back_at",
                    models.DateTimeField(blank=True, help_text="When we promised to ring.", null=True),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("form_token", models.UUIDField(unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "charity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "claimed_by",
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
                "ordering": ["-begun_at", "-pk"],
                "indexes": [
                    models.Index(fields=["charity", "status", "answer_due_at"], name="helpline_by_clock"),
                    models.Index(fields=["claimed_by", "status"], name="helpline_by_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_anonymous", False), models.Q(("name", ""), ("reach_by", "")), _connector="OR"
                        ),
                        name="anonymous_contact_names_nobody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "claimed"), _negated=True),
                            ("claimed_by__isnull", False),
                            _connector="OR",
                        ),
                        name="claimed_contact_has_its_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "closed"), _negated=True),
                            models.Q(
                                ("answer_due_at__isnull", True),
                                ("call_back_at__isnull", True),
                                ("closed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="closed_contact_owes_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("wish", "The caller wishes it"),
                            ("threat_to_life", "Threat to life"),
                            ("serious_harm", "Serious harm"),
                            ("child_abuse", "Abuse of a child"),
                            ("court_order", "Order of a court"),
                            ("terrorism", "Terrorism"),
                        ],
                        max_length=16,
                    ),
                ),
                ("reason", foundation.fields.EncryptedTextField(blank=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "Waiting for a manager"),
                            ("linked", "Linked"),
                            ("refused", "Not linked"),
                            ("ended", "Link ended"),
                        ],
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="missingcases.incident",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="helpline.helplinecontact",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["asked", "linked"])),
                        fields=("contact",),
                        name="one_live_link_a_contact",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ground", "wish"),
                            models.Q(("status", "linked"), _negated=True),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="link_on_a_ground_is_decided_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Concern",
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
                        default=families.helpline.models.concerns.concern_reference,
                        max_length=16,
                        unique=True,
                    ),
                ),
                ("is_threat_to_life", models.BooleanField()),
                ("concern", foundation.fields.EncryptedTextField()),
                ("raised_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("raised", "Waiting for the duty manager"),
                            ("taken", "With the duty manager"),
                            ("released", "Passed to the force"),
                            ("kept", "Kept confidential"),
                        ],
                        default="raised",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missingcases.release",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="helpline.helplinecontact",
                    ),
                ),
            ],
            options={
                "ordering": ["-raised_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["raised", "taken"])),
                        fields=("contact",),
                        name="one_open_concern_a_contact",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ThreeWayCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "on_the_line",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("missing_person", "The missing person"),
                                ("relative", "A relative"),
                                ("friend", "A friend"),
                                ("police", "A police officer"),
                                ("social_worker", "A social worker"),
                                ("health", "Somebody of the health service"),
                                ("shelter", "A shelter or hostel"),
                                ("other", "Somebody else"),
                            ],
                            max_length=16,
                        ),
                        size=None,
                    ),
                ),
                ("consented", models.BooleanField(verbose_name="everybody agreed to it beforehand")),
                ("agreed", foundation.fields.EncryptedTextField(verbose_name="what was agreed")),
                ("made_at", models.DateTimeField()),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="three_way_calls",
                        to="helpline.helplinecontact",
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
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("consented", True)), name="three_way_call_was_agreed_to"
                    )
                ],
            },
        ),
    ]
