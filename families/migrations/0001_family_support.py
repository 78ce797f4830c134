import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import families.references
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
            name="FamilyMember",
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
                        default=families.references.member_reference, max_length=16, unique=True
                    ),
                ),
                ("name", foundation.fields.EncryptedTextField()),
                (
                    "relationship",
                    models.CharField(
                        choices=[
                            ("parent", "Parent or step-parent"),
                            ("partner", "Partner"),
                            ("former_partner", "Former partner"),
                            ("child", "Child"),
                            ("sibling", "Brother or sister"),
                            ("grandparent", "Grandparent"),
                            ("other_relative", "Another relative"),
                            ("carer", "Carer or foster carer"),
                            ("friend", "Friend"),
                            ("other", "Somebody else"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("next_of_kin", "Next of kin"),
                            ("reporter", "Reported them missing"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=12,
                    ),
                ),
                (
                    "consent",
                    models.CharField(
                        choices=[
                            ("not_asked", "Not asked yet"),
                            ("given", "Agreed"),
                            ("limited", "Agreed, with limits"),
                            ("refused", "Refused"),
                        ],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                (
                    "consent_scope",
                    foundation.fields.EncryptedTextField(blank=True, verbose_name="what they agreed to"),
                ),
                ("languages", models.CharField(blank=True, max_length=100)),
                ("needs_interpreter", models.BooleanField(default=False)),
                ("code_word", foundation.fields.EncryptedTextField(blank=True)),
                (
                    "safe_hours",
                    foundation.fields.EncryptedTextField(blank=True, verbose_name="when it is safe to ring"),
                ),
                (
                    "contact_wish",
                    models.CharField(
                        choices=[("not_asked", "Not asked yet"), ("yes", "Yes"), ("no", "No")],
                        default="not_asked",
                        max_length=10,
                        verbose_name="wish to hear from us",
                    ),
                ),
                (
                    "follow_up_wish",
                    models.CharField(
                        choices=[("not_asked", "Not asked yet"), ("yes", "Yes"), ("no", "No")],
                        default="not_asked",
                        max_length=10,
                        verbose_name="wish to be followed up",
                    ),
                ),
                ("is_blocked", models.BooleanField(default=False)),
                ("blocked_why", foundation.fields.EncryptedTextField(blank=True)),
                ("added_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(default=families.references.point_reference, max_length=16, unique=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sms", "Mobile, calls and texts"),
                            ("phone", "Phone, calls only"),
                            ("email", "E-mail"),
                            ("post", "Post"),
                        ],
                        max_length=6,
                    ),
                ),
                ("value", foundation.fields.EncryptedTextField()),
                ("value_key", models.CharField(blank=True, max_length=64)),
                ("is_preferred", models.BooleanField(default=False)),
                ("is_unsafe", models.BooleanField(default=False)),
                ("unsafe_why", foundation.fields.EncryptedTextField(blank=True)),
                ("unsafe_at", models.DateTimeField(blank=True, null=True)),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unsafe_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="families.familymember",
                    ),
                ),
            ],
            options={
                "ordering": ["-is_preferred", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("value_key", ""), _negated=True),
                        fields=["value_key"],
                        name="families_by_address",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_unsafe", False),
                            models.Q(
                                models.Q(("unsafe_why", ""), _negated=True), ("unsafe_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="unsafe_point_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_unsafe", False), ("is_preferred", False), _connector="OR"),
                        name="unsafe_point_is_not_preferred",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("is_preferred", True)),
                        fields=("member",),
                        name="one_preferred_point",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guidance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=100)),
                ("text", models.TextField()),
                ("is_active", models.BooleanField(default=True)),
                ("place", models.PositiveSmallIntegerField(default=0)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "charity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "guidance",
                "ordering": ["place", "pk"],
            },
        ),
        migrations.CreateModel(
            name="IdentityCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("code_word", "They said the code word"),
                            ("call_back", "We rang them on a number we knew"),
                            ("in_person", "We met them and know them"),
                        ],
                        max_length=10,
                    ),
                ),
                ("passed", models.BooleanField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="families.familymember",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="families.contactpoint",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SupportCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(default=families.references.case_reference, max_length=16, unique=True),
                ),
                ("about", foundation.fields.EncryptedTextField(verbose_name="whom they miss")),
                ("missing_since", models.DateField(blank=True, null=True)),
                (
                    "nation",
                    models.CharField(
                        choices=[
                            ("england_wales", "England and Wales"),
                            ("scotland", "Scotland"),
                            ("northern_ireland", "Northern Ireland"),
                        ],
                        default="england_wales",
                        max_length=20,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("aftercare", "Aftercare"), ("closed", "Closed")],
                        default="open",
                        max_length=10,
                    ),
                ),
                (
                    "is_narrowed",
                    models.BooleanField(
                        default=False, help_text="Only named workers and duty managers see it."
                    ),
                ),
                (
                    "paused_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="The incident ended: no follow-up until a person says how to go on.",
                        null=True,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                    "contact_person",
                    models.ForeignKey(
                        blank=True,
                        help_text="The single point of contact whom the family knows by name.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
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
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "ordering": ["-opened_at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["charity", "status", "-opened_at", "-id"], name="families_by_status"
                    ),
                    models.Index(fields=["contact_person", "status"], name="families_by_contact_person"),
                    models.Index(
                        condition=models.Q(("incident__isnull", False)),
                        fields=["incident"],
                        name="families_by_incident",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "closed"), _negated=True),
                            ("closed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="closed_support_has_its_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Signpost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("due_on", models.DateField()),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "told_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signposts",
                        to="families.supportcase",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "constraints": [models.UniqueConstraint(fields=("case", "key"), name="signpost_once")],
            },
        ),
        migrations.CreateModel(
            name="MemberBond",
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
                            ("married", "Married or living together"),
                            ("separated", "Separated"),
                            ("parent_child", "Parent and child"),
                            ("siblings", "Brothers or sisters"),
                            ("friends", "Friends"),
                            ("other", "Other"),
                        ],
                        max_length=14,
                    ),
                ),
                ("in_conflict", models.BooleanField(default=False)),
                ("why", foundation.fields.EncryptedTextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="families.familymember",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="families.familymember",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bonds",
                        to="families.supportcase",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="bond_has_one_direction"
                    ),
                    models.UniqueConstraint(fields=("first", "second"), name="bond_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("paused", "Paused"),
                            ("done", "Done"),
                            ("stopped", "Stopped"),
                        ],
                        default="planned",
                        max_length=7,
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="families.familymember",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="families.supportcase",
                    ),
                ),
            ],
            options={
                "ordering": ["due_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "planned")),
                        fields=["due_at"],
                        name="families_follow_ups_due",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "step"), name="follow_up_step_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="familymember",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="members", to="families.supportcase"
            ),
        ),
        migrations.CreateModel(
            name="CounsellingReferral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("to", foundation.fields.EncryptedTextField(verbose_name="who they were referred to")),
                ("agreed", foundation.fields.EncryptedTextField(verbose_name="what they agreed to pass on")),
                ("referred_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("referred", "Referred, no answer yet"),
                            ("accepted", "Accepted"),
                            ("waiting_list", "On a waiting list"),
                            ("completed", "Completed"),
                            ("declined", "Declined by the counsellor"),
                            ("ended", "Ended at their wish"),
                        ],
                        default="referred",
                        max_length=12,
                    ),
                ),
                ("outcome", foundation.fields.EncryptedTextField(blank=True, verbose_name="what came of it")),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "referred_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counselling",
                        to="families.familymember",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counselling",
                        to="families.supportcase",
                    ),
                ),
            ],
            options={
                "ordering": ["-referred_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ContactRecord",
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
                        default=families.references.contact_reference, max_length=16, unique=True
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("call", "Call"),
                            ("text", "Text"),
                            ("email", "E-mail"),
                            ("in_person", "In person"),
                            ("letter", "Letter"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("in", "They contacted us"), ("out", "We contacted them")], max_length=3
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("subject", foundation.fields.EncryptedTextField(blank=True)),
                (
                    "words",
                    foundation.fields.EncryptedTextField(
                        blank=True, verbose_name="summary, or the words of the text"
                    ),
                ),
                (
                    "feeling",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("calm", "Calm"),
                            ("anxious", "Anxious"),
                            ("distressed", "Distressed"),
                            ("angry", "Angry"),
                            ("hopeless", "Hopeless"),
                            ("numb", "Numb or shut off"),
                            ("not_known", "Could not tell"),
                        ],
                        max_length=10,
                        verbose_name="how they were",
                    ),
                ),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), blank=True, default=list, size=None
                    ),
                ),
                (
                    "risk",
                    models.CharField(
                        choices=[
                            ("none", "No risk heard"),
                            ("concern", "A concern to keep an eye on"),
                            ("at_risk", "At risk: a colleague must know"),
                            ("immediate", "In danger now"),
                        ],
                        default="none",
                        max_length=9,
                    ),
                ),
                (
                    "risk_words",
                    foundation.fields.EncryptedTextField(blank=True, verbose_name="what the risk is"),
                ),
                (
                    "form_token",
                    models.UUIDField(help_text="One filled-in form is one entry.", null=True, unique=True),
                ),
                ("message_id", models.BigIntegerField(null=True)),
                ("inbound_id", models.BigIntegerField(null=True, unique=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("delivered_at", models.DateTimeField(blank=True, null=True)),
                ("failed_at", models.DateTimeField(blank=True, null=True)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="families.contactrecord",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="families.contactpoint",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="families.familymember",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="families.supportcase",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at", "-pk"],
                "indexes": [
                    models.Index(fields=["case", "-started_at"], name="families_log_by_case"),
                    models.Index(fields=["worker", "-started_at"], name="families_log_by_worker"),
                    models.Index(
                        condition=models.Q(("inbound_id__isnull", False), ("read_at__isnull", True)),
                        fields=["started_at"],
                        name="families_unread",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="contact_ends_after_it_began",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("channel", "call"), ("ended_at__isnull", True)),
                        fields=("worker",),
                        name="one_running_call_a_worker",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_kept_out", models.BooleanField()),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access",
                        to="families.supportcase",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("case", "user"),
                        name="colleague_named_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BlockedParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", foundation.fields.EncryptedTextField()),
                ("number", foundation.fields.EncryptedTextField(blank=True)),
                ("number_key", models.CharField(blank=True, max_length=64)),
                ("why", foundation.fields.EncryptedTextField()),
                ("added_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="blocked",
                        to="families.supportcase",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "blocked parties",
            },
        ),
        migrations.CreateModel(
            name="SupportTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(default=families.references.task_reference, max_length=16, unique=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("action", "Action"),
                            ("call_back", "Promised call"),
                            ("risk", "Risk to look after"),
                        ],
                        max_length=9,
                    ),
                ),
                ("words", foundation.fields.EncryptedTextField(verbose_name="what is to be done")),
                ("due_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "To do"), ("done", "Done"), ("dropped", "Not needed any more")],
                        default="open",
                        max_length=7,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="families.supportcase",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="families.contactrecord",
                    ),
                ),
                (
                    "ended_by",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="families.familymember",
                    ),
                ),
                (
                    "owner",
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
                "ordering": ["due_at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "open")), fields=["due_at"], name="families_tasks_due"
                    ),
                    models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["owner", "due_at"],
                        name="families_tasks_of",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", foundation.fields.EncryptedTextField(verbose_name="what they were told")),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("nothing", "Nothing about them being found"),
                            ("safe_and_well", "That they were found, or are safe and well"),
                            ("whereabouts", "Where they are or were found"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("own", "What we know ourselves"),
                            ("release", "Released to us by the police"),
                            ("appeal", "A publicity appeal"),
                            ("message", "A message home from the missing person"),
                        ],
                        max_length=8,
                        verbose_name="where it came from",
                    ),
                ),
                ("source_reference", models.CharField(blank=True, max_length=16)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("call", "Call"),
                            ("text", "Text"),
                            ("email", "E-mail"),
                            ("in_person", "In person"),
                            ("letter", "Letter"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("form_token", models.UUIDField(null=True, unique=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="families.supportcase",
                    ),
                ),
                (
                    "check_made",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="families.identitycheck",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="families.told",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="families.familymember",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "told",
                "ordering": ["-at", "-pk"],
            },
        ),
    ]
