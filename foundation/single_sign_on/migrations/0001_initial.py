import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import foundation.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0005_organisation_takes_passwords"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Provider",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.CharField(max_length=300)),
                ("client_id", models.CharField(max_length=200)),
                ("client_secret", foundation.fields.EncryptedTextField()),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), size=None
                    ),
                ),
                ("is_on", models.BooleanField(default=False)),
                ("role_claim", models.CharField(default="roles", max_length=200)),
                (
                    "newcomers",
                    models.CharField(
                        choices=[
                            ("invited", "Only people who were invited"),
                            (
                                "everybody",
                                "Everybody whom the sign-in gives a role; their account is made at once",
                            ),
                        ],
                        default="invited",
                        max_length=20,
                    ),
                ),
                (
                    "trusted_amr",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, default=list, size=None
                    ),
                ),
                (
                    "trusted_acr",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BreakGlass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("named_at", models.DateTimeField(auto_now_add=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "user"), name="break_glass_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("issuer", models.CharField(max_length=300)),
                ("subject", models.CharField(max_length=255)),
                (
                    "proof",
                    models.CharField(
                        choices=[
                            ("invitation", "The link of an invitation"),
                            ("password", "Signing in here once"),
                            ("first", "The first sign-in, which made the account"),
                        ],
                        max_length=20,
                    ),
                ),
                ("tied_at", models.DateTimeField(auto_now_add=True)),
                ("last_used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "issuer", "subject"), name="identity_is_one_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EmailDomain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=253)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="domains",
                        to="single_sign_on.provider",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="email_domain_leads_to_one_provider",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.CharField(max_length=200)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("police_officer", "Police officer or liaison"),
                            ("police_supervisor", "Police supervisor"),
                            ("police_inspector", "Police inspector"),
                            ("police_superintendent", "Police superintendent"),
                            ("police_coordinator", "Missing person coordinator"),
                            ("charity_caseworker", "Charity caseworker"),
                            ("charity_manager", "Charity duty manager"),
                            ("charity_publicity", "Charity publicity officer"),
                            ("family_support", "Family support worker"),
                            ("rhi_interviewer", "Return Home Interviewer"),
                            ("local_authority", "Local authority worker"),
                            ("national_unit", "National unit officer"),
                            ("partner_worker", "Partner worker"),
                            ("auditor", "Auditor or data protection officer"),
                            ("administrator", "Administrator"),
                            ("api_client", "API client"),
                            ("system", "System"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="single_sign_on.provider",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("provider", "value", "role"), name="role_rule_once")
                ],
            },
        ),
    ]
