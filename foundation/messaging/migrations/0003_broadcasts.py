"""Broadcasts and their deliveries."""

import django.db.models.deletion
from django.db import migrations, models

import foundation.fields
import foundation.messaging.models.broadcast

PARTITIONS = 8
# Partitioned by hash, and not a table for each broadcast: an alert at night must need no DDL.
DELIVERIES = """
CREATE TABLE messaging_delivery (
    broadcast_id bigint NOT NULL
        CONSTRAINT messaging_delivery_broadcast_fk REFERENCES messaging_broadcast (id)
        DEFERRABLE INITIALLY DEFERRED,
    number bigint NOT NULL,
    recipient_id bigint NOT NULL,
    "to" text NOT NULL,
    to_key varchar(64) NOT NULL,
    status varchar(12) NOT NULL,
    attempts smallint NOT NULL CHECK (attempts >= 0),
    next_attempt_at timestamptz NOT NULL,
    claim_token uuid,
    claimed_at timestamptz,
    sent_at timestamptz,
    delivered_at timestamptz,
    provider_id varchar(80) NOT NULL,
    failed_code varchar(60) NOT NULL,
    CONSTRAINT messaging_delivery_pkey PRIMARY KEY (broadcast_id, number),
    CONSTRAINT delivery_once_an_address UNIQUE (broadcast_id, to_key),
    CONSTRAINT delivery_sending_is_claimed
        CHECK (status <> 'sending' OR (claim_token IS NOT NULL AND claimed_at IS NOT NULL))
) PARTITION BY HASH (broadcast_id);
CREATE INDEX delivery_due ON messaging_delivery (broadcast_id, next_attempt_at) WHERE status = 'queued';
CREATE INDEX delivery_claimed ON messaging_delivery (claimed_at) WHERE status = 'sending';
CREATE INDEX delivery_provider_id ON messaging_delivery (provider_id) WHERE provider_id <> '';
""" + "".join(
    f"CREATE TABLE messaging_delivery_{part} PARTITION OF messaging_delivery "
    f"FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {part});"
    for part in range(PARTITIONS)
)
APPEND_ONLY = """
CREATE TRIGGER messaging_deliveryentry_no_change BEFORE UPDATE OR DELETE ON messaging_deliveryentry
    FOR EACH ROW EXECUTE FUNCTION messaging_is_append_only();
CREATE TRIGGER messaging_deliveryentry_no_truncate BEFORE TRUNCATE ON messaging_deliveryentry
    FOR EACH STATEMENT EXECUTE FUNCTION messaging_is_append_only();
ALTER TABLE messaging_deliveryentry ENABLE ALWAYS TRIGGER messaging_deliveryentry_no_change;
ALTER TABLE messaging_deliveryentry ENABLE ALWAYS TRIGGER messaging_deliveryentry_no_truncate;
"""
NOT_APPEND_ONLY = """
DROP TRIGGER messaging_deliveryentry_no_truncate ON messaging_deliveryentry;
DROP TRIGGER messaging_deliveryentry_no_change ON messaging_deliveryentry;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Broadcast",
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
                        default=foundation.messaging.models.broadcast.new_broadcast_reference,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("sms", "Text message"), ("email", "E-mail"), ("webhook", "Webhook")],
                        max_length=10,
                    ),
                ),
                (
                    "lane",
                    models.CharField(
                        choices=[
                            ("alert", "Alert"),
                            ("urgent", "Urgent"),
                            ("normal", "Normal"),
                            ("bulk", "Bulk"),
                        ],
                        max_length=10,
                    ),
                ),
                ("service", models.CharField(max_length=30)),
                ("subject", foundation.fields.EncryptedTextField(blank=True)),
                ("body", foundation.fields.EncryptedTextField()),
                ("owner_label", models.CharField(max_length=80)),
                ("owner_id", models.BigIntegerField()),
                ("guard", models.CharField(max_length=80)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Going out"),
                            ("paused", "Paused"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("recipients", models.PositiveBigIntegerField(default=0)),
                (
                    "is_complete",
                    models.BooleanField(default=False, help_text="No more recipients will be added."),
                ),
                ("valid_until", models.DateTimeField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("created_by_id", models.BigIntegerField(null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["lane"],
                        name="broadcast_running",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner_label", "owner_id"), name="broadcast_once_an_owner"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeliveryEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("broadcast_id", models.BigIntegerField()),
                ("number", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("claimed", "Claimed for sending"),
                            ("accepted", "Accepted by the provider"),
                            ("not_accepted", "Not accepted, to be tried later"),
                            ("rejected", "Rejected for good"),
                            ("refused", "Stopped by its own check"),
                            ("released", "Put back before the provider was called"),
                            ("unknown", "Outcome unknown"),
                            ("found", "Found in the provider's list"),
                            ("not_found", "Not in the provider's list"),
                            ("unclear", "Left for a person"),
                            ("settled", "Settled by a person"),
                            ("suppressed", "Suppressed"),
                            ("cancelled", "Cancelled"),
                            ("expired", "Too late"),
                            ("receipt", "Receipt"),
                        ],
                        max_length=14,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=60)),
                ("provider_id", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["broadcast_id", "number"], name="entry_by_delivery")],
            },
        ),
        migrations.CreateModel(
            name="Pace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("sms", "Text message"), ("email", "E-mail"), ("webhook", "Webhook")],
                        max_length=10,
                        unique=True,
                    ),
                ),
                ("per_second", models.PositiveIntegerField(help_text="Agreed with the provider.")),
                (
                    "kept_back",
                    models.PositiveIntegerField(default=0, help_text="A second, for messages to one person."),
                ),
                ("tokens", models.FloatField(default=0)),
                ("filled_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("per_second__gt", models.F("kept_back"))),
                        name="pace_leaves_something",
                    )
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(DELIVERIES, "DROP TABLE messaging_delivery")],
            state_operations=[
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "broadcast_id",
                                "number",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("number", models.BigIntegerField()),
                        (
                            "recipient_id",
                            models.BigIntegerField(help_text="The subscriber, as its owner knows them."),
                        ),
                        ("to", foundation.fields.EncryptedTextField()),
                        ("to_key", models.CharField(max_length=64)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("queued", "Queued"),
                                    ("sending", "Sending"),
                                    ("sent", "Sent"),
                                    ("delivered", "Delivered"),
                                    ("failed", "Failed"),
                                    ("expired", "Expired"),
                                    ("unknown", "Outcome unknown"),
                                    ("suppressed", "Suppressed"),
                                    ("cancelled", "Cancelled"),
                                ],
                                default="queued",
                                max_length=12,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("next_attempt_at", models.DateTimeField()),
                        ("claim_token", models.UUIDField(null=True)),
                        ("claimed_at", models.DateTimeField(null=True)),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("delivered_at", models.DateTimeField(null=True)),
                        ("provider_id", models.CharField(blank=True, max_length=80)),
                        ("failed_code", models.CharField(blank=True, max_length=60)),
                        (
                            "broadcast",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="messaging.broadcast",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("status", "queued")),
                                fields=["broadcast", "next_attempt_at"],
                                name="delivery_due",
                            ),
                            models.Index(
                                condition=models.Q(("status", "sending")),
                                fields=["claimed_at"],
                                name="delivery_claimed",
                            ),
                            models.Index(
                                condition=models.Q(("provider_id", ""), _negated=True),
                                fields=["provider_id"],
                                name="delivery_provider_id",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("broadcast", "to_key"), name="delivery_once_an_address"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "sending"), _negated=True),
                                    models.Q(("claim_token__isnull", False), ("claimed_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="delivery_sending_is_claimed",
                            ),
                        ],
                    },
                ),
            ],
        ),
        migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY),
    ]
