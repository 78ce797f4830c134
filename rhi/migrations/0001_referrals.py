import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.fields
import rhi.references


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_organisation_takes_passwords"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("missingcases", "0011_columns_that_nobody_reads"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuthorityPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_on", models.BooleanField(default=False)),
                (
                    "offered_to",
                    models.CharField(
                        choices=[
                            ("every_child", "Every child who returns"),
                            ("looked_after", "Looked-after children only"),
                        ],
                        default="every_child",
                        max_length=12,
                    ),
                ),
                (
                    "out_of_area",
                    models.BooleanField(
                        default=True,
                        help_text="Also its children who are placed in another authority's area.",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "authority",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        help_text="Who interviews for it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "authority policies",
            },
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(default=rhi.references.referral_reference, max_length=16, unique=True),
                ),
                ("age_at_return", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("looked_after", models.BooleanField(default=False)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("return", "By itself, at the return"),
                            ("system", "Asked for by a system"),
                            ("hand", "By hand"),
                        ],
                        max_length=8,
                    ),
                ),
                ("referred_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("referred", "Referred"),
                            ("allocated", "Allocated"),
                            ("offered", "Offered"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("declined_but_talked", "Declined, but talked"),
                            ("carer_only", "Carer only"),
                            ("unable", "Could not be offered"),
                            ("missing_again", "Missing again"),
                            ("completed", "Interview held"),
                            ("reported", "Reported"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn"),
                            ("deceased", "Stopped: the child has died"),
                        ],
                        default="referred",
                        max_length=20,
                    ),
                ),
                ("allocated_at", models.DateTimeField(blank=True, null=True)),
                ("clock_start", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("offered_at", models.DateTimeField(blank=True, null=True)),
                ("first_contact_at", models.DateTimeField(blank=True, null=True)),
                ("limits_explained_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decline_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("does_not_consider_missing", "Does not consider themself to have been missing"),
                            ("no_trust", "Does not trust us, or what becomes of it"),
                            ("too_many_interviews", "Too many interviews"),
                            ("wants_known_person", "Wants to talk to somebody they know"),
                            ("told_not_to", "Was told not to talk"),
                            ("carer_refused", "The carer refused"),
                            ("cannot_contact", "Could not be reached"),
                            ("missing_again", "Missing again"),
                            ("moved", "Has moved"),
                            ("in_custody", "In custody"),
                            ("unwell", "Unwell"),
                            ("coercion_suspected", "Somebody may be forcing them"),
                        ],
                        max_length=26,
                    ),
                ),
                (
                    "completed_at",
                    models.DateTimeField(blank=True, help_text="When the interview was held.", null=True),
                ),
                (
                    "settled_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it was clear whether there is an interview: the report's clock.",
                        null=True,
                    ),
                ),
                ("report_due_at", models.DateTimeField(blank=True, null=True)),
                ("reported_at", models.DateTimeField(blank=True, null=True)),
                (
                    "breach_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("told_late", "We were told of the return late"),
                            ("no_authority", "It was not known which authority is responsible"),
                            ("no_interviewer", "No interviewer was free"),
                            ("child_asked_later", "The child asked for a later time"),
                            ("child_unwell", "The child was unwell or in hospital"),
                            ("child_in_custody", "The child was in custody"),
                            ("cannot_contact", "Could not be reached"),
                            ("out_of_area", "The child is placed far away"),
                            ("interpreter", "An interpreter had to be found"),
                            ("writing_up", "The report took longer to write"),
                            ("other", "Another reason"),
                        ],
                        max_length=18,
                    ),
                ),
                (
                    "report_breach_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("told_late", "We were told of the return late"),
                            ("no_authority", "It was not known which authority is responsible"),
                            ("no_interviewer", "No interviewer was free"),
                            ("child_asked_later", "The child asked for a later time"),
                            ("child_unwell", "The child was unwell or in hospital"),
                            ("child_in_custody", "The child was in custody"),
                            ("cannot_contact", "Could not be reached"),
                            ("out_of_area", "The child is placed far away"),
                            ("interpreter", "An interpreter had to be found"),
                            ("writing_up", "The report took longer to write"),
                            ("other", "Another reason"),
                        ],
                        max_length=18,
                    ),
                ),
                (
                    "ended_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "Somebody withdrew it"),
                            ("finding_taken_back", "The finding was taken back"),
                            ("missing_again", "Missing again"),
                            ("deceased", "The child has died"),
                            ("merged", "The incident was a duplicate"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "child_called",
                    foundation.fields.EncryptedTextField(
                        blank=True, help_text="What whoever referred them by hand calls them."
                    ),
                ),
                ("carer", foundation.fields.EncryptedTextField(blank=True)),
                ("safe_contact", foundation.fields.EncryptedTextField(blank=True)),
                ("language", models.CharField(blank=True, max_length=60)),
                ("needs", foundation.fields.EncryptedTextField(blank=True)),
                (
                    "gender_preference",
                    models.CharField(
                        choices=[
                            ("none", "No preference, or not asked"),
                            ("woman", "A woman"),
                            ("man", "A man"),
                        ],
                        default="none",
                        max_length=6,
                    ),
                ),
                ("worker_safety", foundation.fields.EncryptedTextField(blank=True)),
                (
                    "summary",
                    foundation.fields.EncryptedTextField(
                        blank=True, help_text="What the authority is told where none was held."
                    ),
                ),
                (
                    "erased_at",
                    models.DateTimeField(
                        blank=True, help_text="When its words were; figures stay.", null=True
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        help_text="The responsible authority: of a looked-after child the one that placed them.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "host_authority",
                    models.ForeignKey(
                        blank=True,
                        help_text="The authority the child is placed in, where it is another.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missingcases.incident",
                    ),
                ),
                (
                    "interviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "next_incident",
                    models.ForeignKey(
                        blank=True,
                        help_text="The next time the child went missing, before there was an interview.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="missingcases.incident",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "referred_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
            ],
            options={
                "ordering": ["due_at", "pk"],
                "indexes": [
                    models.Index(fields=["provider", "status", "due_at"], name="rhi_by_provider"),
                    models.Index(fields=["authority", "status", "due_at"], name="rhi_by_authority"),
                    models.Index(fields=["host_authority", "status", "due_at"], name="rhi_by_host"),
                    models.Index(fields=["interviewer", "status", "due_at"], name="rhi_by_interviewer"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("status__in", ["closed", "deceased", "missing_again", "withdrawn"]),
                            _negated=True,
                        ),
                        fields=("incident",),
                        name="one_running_referral_an_incident",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("clock_start"))),
                        name="rhi_due_after_return",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["accepted", "allocated", "offered"]), _negated=True),
                            ("interviewer__isnull", False),
                            _connector="OR",
                        ),
                        name="rhi_allocated_has_its_interviewer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "completed"), _negated=True),
                            ("completed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="rhi_held_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["declined", "unable"]), _negated=True),
                            models.Q(("decline_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="rhi_not_held_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "reported"), _negated=True),
                            ("reported_at__isnull", False),
                            _connector="OR",
                        ),
                        name="rhi_reported_has_its_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("call", "Telephone call"),
                            ("text", "Text"),
                            ("email", "E-mail"),
                            ("letter", "Letter"),
                            ("visit", "Visit"),
                            ("other", "Another way"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "whom",
                    models.CharField(
                        choices=[
                            ("child", "The child"),
                            ("carer", "A parent or carer"),
                            ("social_worker", "A social worker"),
                            ("school", "School or college"),
                            ("other", "Somebody else"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("talked", "Talked"),
                            ("arranged", "A time was agreed"),
                            ("no_answer", "No answer"),
                            ("left_word", "Left a message"),
                            ("not_safe", "Not safe to talk"),
                            ("wrong", "Wrong number or address"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", foundation.fields.EncryptedTextField(blank=True)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("form_token", models.UUIDField(help_text="One filled-in form is one attempt.", unique=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="rhi.referral",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
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
                    "kind",
                    models.CharField(
                        choices=[("coercion", "Somebody may be forcing the child to decline")], max_length=10
                    ),
                ),
                ("raised_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "settlement",
                    foundation.fields.EncryptedTextField(blank=True, help_text="What was done, in words."),
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
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="rhi.referral",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=("referral", "kind"),
                        name="rhi_one_open_concern_of_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_at__isnull", True), ("settled_by__isnull", False), _connector="OR"
                        ),
                        name="rhi_settled_concern_names_somebody",
                    ),
                ],
            },
        ),
    ]
