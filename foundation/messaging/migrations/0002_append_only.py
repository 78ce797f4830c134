"""Nobody changes a message's log or its receipts: the database refuses, whoever asks."""

from typing import ClassVar

from django.db import migrations

TABLES = ("messaging_attempt", "messaging_receipt")
FUNCTION = """
CREATE FUNCTION messaging_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of messages is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def _guard(table: str) -> str:
    return f"""
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION messaging_is_append_only();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION messaging_is_append_only();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_change;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate;
"""


def _unguard(table: str) -> str:
    return f"DROP TRIGGER {table}_no_truncate ON {table}; DROP TRIGGER {table}_no_change ON {table};"


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("messaging", "0001_initial")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(
            FUNCTION + "".join(_guard(table) for table in TABLES),
            "".join(_unguard(table) for table in TABLES) + "DROP FUNCTION messaging_is_append_only();",
        ),
    ]
