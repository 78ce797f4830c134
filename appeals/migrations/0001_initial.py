import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import appeals.references
import foundation.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_organisation_takes_passwords"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("missingcases", "0010_queues_read_what_has_not_ended"),
        ("places", "0002_reference_areas"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicAppeal",
            fields=[
                ("appeal_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("token", models.CharField(max_length=24)),
                ("reference", models.CharField(max_length=16)),
                ("shown", models.JSONField()),
                ("page", models.JSONField()),
                (
                    "area_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("words", models.CharField(max_length=400)),
                ("published_at", models.DateTimeField()),
                ("content_id", models.BigIntegerField()),
                ("is_live", models.BooleanField()),
            ],
            options={
                "db_table": "appeals_public_appeal",
                "ordering": ["-published_at"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="PublicPlacement",
            fields=[
                ("placement_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=16)),
                ("outlet_id", models.BigIntegerField()),
                ("change", models.BigIntegerField()),
                ("token", models.CharField(max_length=24)),
                ("appeal_reference", models.CharField(max_length=16)),
                ("shown", models.JSONField()),
                ("content_id", models.BigIntegerField()),
                (
                    "area_ids",
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                ("live_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(null=True)),
                ("embargo_until", models.DateTimeField(null=True)),
                ("is_live", models.BooleanField()),
                ("gone_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "appeals_public_placement",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(default=appeals.references.appeal_reference, max_length=16, unique=True),
                ),
                (
                    "token",
                    models.CharField(default=appeals.references.address_token, max_length=24, unique=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("high_risk_urgent", "High risk, urgent"),
                            ("standard", "Standard"),
                            ("poster", "Poster"),
                            ("web_only", "Website only"),
                            ("regional", "Regional"),
                            ("anniversary", "Anniversary"),
                            ("birthday", "Birthday"),
                            ("age_progressed", "Age-progressed picture"),
                            ("long_term", "Long-term"),
                        ],
                        default="standard",
                        max_length=18,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("draft", "Draft"),
                            ("police_authorised", "Authorised by police"),
                            ("family_consented", "Ready to publish"),
                            ("scheduled", "Scheduled"),
                            ("live", "Live"),
                            ("paused", "Paused"),
                            ("withdrawn", "Withdrawn"),
                            ("declined", "Declined"),
                        ],
                        default="requested",
                        max_length=18,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("police", "Asked for by police"),
                            ("charity", "Begun by the charity"),
                            ("system", "Sent by a system of the force"),
                            ("feed", "Read from the force's feed"),
                            ("proposed", "Proposed for the day"),
                        ],
                        max_length=10,
                    ),
                ),
                ("requested_at", models.DateTimeField()),
                (
                    "request_reason",
                    models.TextField(help_text="Why publicity is wanted, in the words of who asks."),
                ),
                (
                    "form_token",
                    models.UUIDField(
                        blank=True, help_text="One form is one request.", null=True, unique=True
                    ),
                ),
                (
                    "external_reference",
                    models.CharField(
                        blank=True, help_text="What the force's own system calls this appeal.", max_length=80
                    ),
                ),
                (
                    "no_publicity",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("police_refused", "Police refused"),
                                ("family_refused", "Family refused"),
                                ("risk_from_publicity", "Publicity would put them at risk"),
                                ("covert_operation", "A covert operation"),
                                ("suicide_risk", "Risk of suicide"),
                                ("child_identity_order", "A court order protects the child's identity"),
                                ("asylum_risk", "Risk to somebody who seeks asylum"),
                                ("already_located", "Already located"),
                                ("insufficient_information", "Too little is known"),
                                ("wanted_person", "Wanted by police"),
                                ("no_photo", "No photo"),
                                ("person_declined_previously", "They said no to publicity before"),
                            ],
                            max_length=28,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("risk_checked_at", models.DateTimeField(blank=True, null=True)),
                ("risk_words", models.TextField(blank=True)),
                ("balance", models.TextField(blank=True, help_text="How the views and risks were weighed.")),
                ("review_at", models.DateTimeField(blank=True, null=True)),
                ("authorised_at", models.DateTimeField(blank=True, null=True)),
                ("override_at", models.DateTimeField(blank=True, null=True)),
                ("override_reason", models.TextField(blank=True)),
                ("publish_at", models.DateTimeField(blank=True, null=True)),
                ("first_live_at", models.DateTimeField(blank=True, null=True)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("expiry_asked_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "withdrawn_cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("stopped", "The incident is no longer open"),
                            ("consent_withdrawn", "Consent was withdrawn"),
                            ("police_veto", "Police asked for it"),
                            ("staff", "The charity withdrew it"),
                            ("expired", "Its time was over"),
                            ("merged", "Another appeal took its place"),
                        ],
                        max_length=18,
                    ),
                ),
                ("withdrawn_reason", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "authorised_by",
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
                    "organisation",
                    models.ForeignKey(
                        help_text="The force that owns the incident.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "override_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who at the charity took it up or last wrote its content; somebody else publishes it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "risk_checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
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
                "ordering": ["-requested_at", "-id"],
                "indexes": [
                    models.Index(fields=["incident", "-requested_at"], name="appeal_by_incident"),
                    models.Index(fields=["charity", "status", "-requested_at"], name="appeal_by_charity"),
                    models.Index(fields=["organisation", "-requested_at"], name="appeal_by_force"),
                    models.Index(
                        condition=models.Q(("status", "scheduled")),
                        fields=["publish_at"],
                        name="appeal_to_publish",
                    ),
                    models.Index(
                        condition=models.Q(("status__in", ["live", "paused"])),
                        fields=["expires_at"],
                        name="appeal_to_lapse",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("external_reference", ""), _negated=True),
                        fields=("organisation", "external_reference"),
                        name="external_appeal_once_a_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "withdrawn"), _negated=True),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawn_cause", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="withdrawn_appeal_says_when_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["live", "paused"]), _negated=True),
                            ("first_live_at__isnull", False),
                            _connector="OR",
                        ),
                        name="live_appeal_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "scheduled"), _negated=True),
                            ("publish_at__isnull", False),
                            _connector="OR",
                        ),
                        name="scheduled_appeal_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_by__isnull", True),
                            models.Q(("published_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_second_person_publishes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("override_at__isnull", True),
                            models.Q(("override_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_override_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AppealArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aimed_at",
                        to="appeals.appeal",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("appeal", "area"), name="area_once_an_appeal")
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "by",
                    models.CharField(
                        choices=[
                            ("family", "Next of kin"),
                            ("parental_responsibility", "Somebody with parental responsibility"),
                            ("placing_authority", "Placing authority"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("given", "Given"), ("refused", "Refused"), ("withdrawn", "Withdrawn")],
                        max_length=10,
                    ),
                ),
                ("covers_photo", models.BooleanField(default=False)),
                ("covers_surname", models.BooleanField(default=False)),
                ("name", foundation.fields.EncryptedTextField(help_text="Who answered.")),
                ("relation", models.CharField(blank=True, max_length=80)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("in_person", "In person"),
                            ("telephone", "By telephone"),
                            ("written", "In writing"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="appeals.appeal",
                    ),
                ),
                (
                    "recorded_by",
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
                "ordering": ["-recorded_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="FragmentCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.URLField(max_length=300)),
                ("is_active", models.BooleanField(default=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("found", models.BooleanField(blank=True, null=True)),
                ("problem", models.CharField(blank=True, max_length=80)),
                ("next_at", models.DateTimeField(blank=True, null=True)),
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
                    models.UniqueConstraint(fields=("organisation", "url"), name="fragment_page_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Outlet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(default=appeals.references.outlet_reference, max_length=16, unique=True),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("website", "Our website"),
                            ("media_email", "Media partner, by e-mail"),
                            ("media_feed", "Media partner, by feed"),
                            ("mastodon", "Mastodon"),
                            ("bluesky", "Bluesky"),
                            ("billboard", "Digital billboards"),
                            ("poster", "Posters"),
                            ("webhook", "Partner, by webhook"),
                        ],
                        max_length=12,
                    ),
                ),
                ("address", foundation.fields.EncryptedTextField(blank=True)),
                (
                    "account",
                    models.CharField(
                        blank=True, help_text="Whom we are at a social network.", max_length=120
                    ),
                ),
                ("secret", foundation.fields.EncryptedTextField(blank=True)),
                ("token_hash", models.CharField(blank=True, max_length=64)),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("cy", "Welsh")], default="en", max_length=2
                    ),
                ),
                (
                    "formats",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24),
                        blank=True,
                        default=list,
                        help_text="Creatives that it plays.",
                        size=None,
                    ),
                ),
                ("verifiable", models.BooleanField(default=True)),
                ("is_active", models.BooleanField(default=True)),
                ("last_heard_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="The partner whose systems read what is published here.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("token_hash", ""), _negated=True),
                        fields=["token_hash"],
                        name="outlet_by_token",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "name"), name="outlet_once_a_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="OutletArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reaches",
                        to="appeals.outlet",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("outlet", "area"), name="area_once_an_outlet")
                ],
            },
        ),
        migrations.CreateModel(
            name="OutletReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("link", "Link"), ("check_in", "Check-in")], max_length=10),
                ),
                ("outlet_id", models.BigIntegerField(blank=True, null=True)),
                ("body", models.JSONField(default=dict)),
                ("received_at", models.DateTimeField()),
                ("processed_at", models.DateTimeField(blank=True, null=True)),
                ("result", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("processed_at__isnull", True)),
                        fields=["received_at"],
                        name="outlet_report_unread",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PartyView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("police", "Police"),
                            ("family", "Family"),
                            ("placing_authority", "Placing authority"),
                            ("person", "The missing person's likely wishes"),
                            ("charity", "Charity"),
                        ],
                        max_length=18,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("for", "For publicity"),
                            ("against", "Against publicity"),
                            ("unsure", "Not sure"),
                            ("not_asked", "Could not be asked"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "given_by",
                    foundation.fields.EncryptedTextField(
                        blank=True, help_text="Who said so, by name and role."
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="party_views",
                        to="appeals.appeal",
                    ),
                ),
                (
                    "recorded_by",
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
                "ordering": ["-recorded_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stored_name", models.CharField(max_length=80, unique=True)),
                ("content_type", models.CharField(max_length=40)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("left", models.FloatField(default=0)),
                ("top", models.FloatField(default=0)),
                ("right", models.FloatField(default=1)),
                ("bottom", models.FloatField(default=1)),
                ("made_at", models.DateTimeField()),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="appeals.appeal",
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
                    "photo",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="missingcases.photo",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bottom__lte", 1),
                            ("left__gte", 0),
                            ("right__lte", 1),
                            ("top__gte", 0),
                            ("left__lt", models.F("right")),
                            ("top__lt", models.F("bottom")),
                        ),
                        name="picture_is_cut_from_its_photo",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Content",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("first_name", models.CharField(max_length=60)),
                ("surname", models.CharField(blank=True, max_length=80)),
                ("show_surname", models.BooleanField(default=False)),
                ("age", models.PositiveSmallIntegerField(blank=True, help_text="When last seen.", null=True)),
                ("missing_since", models.DateField()),
                ("alt_text", models.CharField(blank=True, max_length=250)),
                ("alt_text_cy", models.CharField(blank=True, max_length=250)),
                ("made_at", models.DateTimeField()),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contents",
                        to="appeals.appeal",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.area"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="appeals.picture",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("appeal", "number"), name="content_once_a_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("picture__isnull", True),
                            models.Q(("alt_text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_picture_has_its_alternative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("age__isnull", True), ("age__lte", 125), _connector="OR"),
                        name="content_age_is_human",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Placement",
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
                        default=appeals.references.placement_reference, max_length=16, unique=True
                    ),
                ),
                (
                    "shown",
                    models.JSONField(
                        default=dict,
                        help_text="Language to what this outlet shows: `appeals.projection.Published`.",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("sending", "Being sent"),
                            ("live", "Live"),
                            ("failed", "Could not be published"),
                            ("unknown", "Perhaps published"),
                            ("withdrawing", "To be told"),
                            ("told", "Told to take it down"),
                            ("confirmed", "Confirmed gone"),
                            ("dropped", "Never published"),
                        ],
                        default="planned",
                        max_length=12,
                    ),
                ),
                ("embargo_until", models.DateTimeField(blank=True, null=True)),
                ("planned_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(blank=True, null=True)),
                (
                    "problem",
                    models.CharField(
                        blank=True, help_text="A code of ours, never an answer's text.", max_length=80
                    ),
                ),
                ("live_at", models.DateTimeField(blank=True, null=True)),
                ("remote_id", models.CharField(blank=True, max_length=300)),
                ("remote_url", models.CharField(blank=True, max_length=500)),
                (
                    "withdraw_from",
                    models.DateTimeField(blank=True, help_text="When it was to be taken down.", null=True),
                ),
                ("withdrawal_sent_at", models.DateTimeField(blank=True, null=True)),
                ("chased", models.PositiveSmallIntegerField(default=0)),
                (
                    "still_shown_at",
                    models.DateTimeField(blank=True, help_text="Last seen there after that.", null=True),
                ),
                ("confirmed_gone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ours", "Our own pages, in the same moment"),
                            ("link", "The outlet, by its link"),
                            ("api", "The outlet's system"),
                            ("check_in", "The billboard player's check-in"),
                            ("fetch", "We looked, and it is gone"),
                            ("staff", "A member of staff, with evidence"),
                        ],
                        max_length=10,
                    ),
                ),
                ("change", models.BigIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placements",
                        to="appeals.appeal",
                    ),
                ),
                (
                    "content",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="appeals.content"
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="appeals.outlet",
                    ),
                ),
            ],
            options={
                "ordering": ["outlet__name", "-id"],
                "indexes": [
                    models.Index(fields=["outlet", "change"], name="placement_by_change"),
                    models.Index(
                        condition=models.Q(
                            ("status__in", ["planned", "sending", "failed", "unknown", "withdrawing", "told"])
                        ),
                        fields=["next_at"],
                        name="placement_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("status__in", ["planned", "sending", "live", "failed", "unknown"])
                        ),
                        fields=("appeal", "outlet"),
                        name="placement_once_an_outlet",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "live"), _negated=True),
                            ("live_at__isnull", False),
                            _connector="OR",
                        ),
                        name="live_placement_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["withdrawing", "told", "confirmed"]), _negated=True),
                            ("withdraw_from__isnull", False),
                            _connector="OR",
                        ),
                        name="taken_down_from_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "told"), _negated=True),
                            ("withdrawal_sent_at__isnull", False),
                            _connector="OR",
                        ),
                        name="told_outlet_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_gone_at__isnull", False),
                                ("status", "confirmed"),
                                models.Q(("confirmed_by", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "confirmed"), _negated=True),
                                ("confirmed_by", ""),
                                ("confirmed_gone_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="confirmed_gone_says_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shown", models.JSONField(default=dict)),
                ("page", models.JSONField(default=dict, help_text="Language to the finished page.")),
                (
                    "area_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        help_text="Its areas and all above them.",
                        size=None,
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True, help_text="What the public search looks in.", max_length=400
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "appeal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publication",
                        to="appeals.appeal",
                    ),
                ),
                (
                    "content",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="appeals.content"
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["area_ids"], name="publication_by_area")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rendition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("cy", "Welsh")], default="en", max_length=2
                    ),
                ),
                ("stored_name", models.CharField(max_length=80, unique=True)),
                ("content_type", models.CharField(max_length=40)),
                ("size", models.PositiveBigIntegerField()),
                ("made_at", models.DateTimeField()),
                (
                    "content",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renditions",
                        to="appeals.content",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content", "kind", "language"), name="rendition_once_a_kind"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SharingPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sharing",
                    models.CharField(
                        choices=[("off", "Not taken"), ("draft", "Taken as drafts")],
                        default="off",
                        max_length=6,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("high_risk_urgent", "High risk, urgent"),
                            ("standard", "Standard"),
                            ("poster", "Poster"),
                            ("web_only", "Website only"),
                            ("regional", "Regional"),
                            ("anniversary", "Anniversary"),
                            ("birthday", "Birthday"),
                            ("age_progressed", "Age-progressed picture"),
                            ("long_term", "Long-term"),
                        ],
                        default="standard",
                        max_length=18,
                    ),
                ),
                ("feed_url", models.URLField(blank=True, max_length=300)),
                ("feed_read_at", models.DateTimeField(blank=True, null=True)),
                ("feed_problem", models.CharField(blank=True, max_length=80)),
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
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "sharing policies",
            },
        ),
        migrations.CreateModel(
            name="Sighting",
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
                        default=appeals.references.sighting_reference, max_length=16, unique=True
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sighting", "I have seen them"),
                            ("it_is_me", "I am the person in this appeal"),
                            ("not_true", "This is not true, or I am safe"),
                        ],
                        default="sighting",
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("triaged", "Triaged"),
                            ("passed_to_police", "Passed to police"),
                            ("acknowledged", "Acknowledged by police"),
                            ("assessed", "Assessed"),
                            ("outcome", "Outcome known"),
                        ],
                        default="received",
                        max_length=16,
                    ),
                ),
                (
                    "triage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("immediate", "Immediate danger"),
                            ("routine", "Routine"),
                            ("malicious", "Malicious"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        blank=True, help_text="By which of our channels they saw it.", max_length=12
                    ),
                ),
                ("received_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=250)),
                (
                    "certainty",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sure", "I am sure it was them"),
                            ("likely", "I think it was them"),
                            ("unsure", "It might have been them"),
                        ],
                        max_length=8,
                    ),
                ),
                ("description", models.TextField()),
                ("with_whom", models.CharField(blank=True, max_length=300)),
                ("direction", models.CharField(blank=True, max_length=200)),
                ("vehicle", models.CharField(blank=True, max_length=200)),
                ("is_anonymous", models.BooleanField(default=False)),
                ("reporter_name", foundation.fields.EncryptedTextField(blank=True)),
                ("reporter_contact", foundation.fields.EncryptedTextField(blank=True)),
                ("photo_name", models.CharField(blank=True, max_length=80)),
                ("photo_type", models.CharField(blank=True, max_length=40)),
                ("triaged_at", models.DateTimeField(blank=True, null=True)),
                ("triage_words", models.TextField(blank=True)),
                (
                    "pass_by",
                    models.DateTimeField(blank=True, help_text="When police are to have it.", null=True),
                ),
                ("passed_at", models.DateTimeField(blank=True, null=True)),
                ("acknowledge_by", models.DateTimeField(blank=True, null=True)),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirmed", "It was them"),
                            ("not_them", "It was somebody else"),
                            ("not_supported", "Could not be supported"),
                            ("no_action", "No further action"),
                        ],
                        max_length=14,
                    ),
                ),
                ("outcome_words", models.TextField(blank=True)),
                ("outcome_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_at", models.DateTimeField(auto_now=True)),
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
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sightings",
                        to="appeals.appeal",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
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
                    "passed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "triaged_by",
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
                "ordering": ["-received_at", "-id"],
                "indexes": [
                    models.Index(fields=["incident", "-received_at"], name="sighting_by_incident"),
                    models.Index(fields=["appeal", "-received_at"], name="sighting_by_appeal"),
                    models.Index(fields=["status", "received_at"], name="sighting_by_status"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_anonymous", False),
                            models.Q(("reporter_contact", ""), ("reporter_name", "")),
                            _connector="OR",
                        ),
                        name="anonymous_means_nobody_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "received"), models.Q(("triage", ""), _negated=True), _connector="OR"
                        ),
                        name="triaged_says_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    models.CharField(help_text="The address of the appeal it came from.", max_length=24),
                ),
                ("form_key", models.UUIDField(unique=True)),
                ("body", foundation.fields.EncryptedTextField()),
                ("photo", models.BinaryField(blank=True, null=True)),
                ("received_at", models.DateTimeField()),
                ("processed_at", models.DateTimeField(blank=True, null=True)),
                ("result", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("processed_at__isnull", True)),
                        fields=["received_at"],
                        name="submission_unread",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TakedownEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("what", models.CharField(max_length=24)),
                ("code", models.CharField(blank=True, max_length=80)),
                ("evidence", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ledger",
                        to="appeals.placement",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
                "indexes": [models.Index(fields=["placement", "at"], name="takedown_by_placement")],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("cy", "Welsh")], default="en", max_length=2
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Everybody"),
                            ("media", "Media partners"),
                            ("social", "Social media"),
                            ("billboard", "Billboards"),
                            ("poster", "Posters"),
                        ],
                        default="public",
                        max_length=10,
                    ),
                ),
                ("headline", models.CharField(blank=True, max_length=120)),
                ("description", models.TextField(blank=True)),
                ("clothing", models.CharField(blank=True, max_length=300)),
                (
                    "content",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wordings",
                        to="appeals.content",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.area",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content", "language", "audience", "region"),
                        name="wording_once_an_audience",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
