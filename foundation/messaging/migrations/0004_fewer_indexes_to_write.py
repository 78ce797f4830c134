"""Indexes that no query needs, as another begins with the same columns; each receipt wrote into all of them.

Prefixes of references and dedupe keys are never looked for, which is what the last two were for. Dropped
by name: to alter the fields would have Postgres prove every foreign key again.
"""

import django.db.models.deletion
from django.db import migrations, models

DROPPED = {
    "messaging_attempt_message_id_30133d40": "messaging_attempt (message_id)",
    "messaging_message_organisation_id_4feada06": "messaging_message (organisation_id)",
    "messaging_receipt_message_id_35688694": "messaging_receipt (message_id)",
    "messaging_receipt_raw_id_9ab85073": "messaging_receipt (raw_id)",
    "messaging_settlementrow_message_id_1603b53a": "messaging_settlementrow (message_id)",
    "messaging_message_reference_b6284bf7_like": "messaging_message (reference varchar_pattern_ops)",
    "messaging_message_dedupe_key_30cdc678_like": "messaging_message (dedupe_key varchar_pattern_ops)",
}


def _without_index(model: str, field: str, to: str, related_name: str, **more: bool) -> migrations.AlterField:
    key = models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to=to,
        **more,
    )
    return migrations.AlterField(model, field, key)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_organisation_takes_passwords"),
        ("messaging", "0003_broadcasts"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f"DROP INDEX IF EXISTS {name}", f"CREATE INDEX {name} ON {columns}")
                for name, columns in DROPPED.items()
            ],
            state_operations=[
                _without_index("attempt", "message", "messaging.message", "log"),
                _without_index(
                    "message", "organisation", "accounts.organisation", "+", null=True, blank=True
                ),
                _without_index("receipt", "message", "messaging.message", "receipts"),
                _without_index("receipt", "raw", "messaging.rawcallback", "+"),
                _without_index("settlementrow", "message", "messaging.message", "+"),
            ],
        )
    ]
