"""Seals and their links are as untouchable as the entries they cover."""

from typing import ClassVar

from django.db import migrations

FORWARD = """
SELECT audit_refuse_change('audit_seal'), audit_refuse_truncate('audit_seal'),
       audit_refuse_change('audit_sealedentry'), audit_refuse_truncate('audit_sealedentry');
"""


class Migration(migrations.Migration):
    dependencies: ClassVar[list[tuple[str, str]]] = [("audit", "0003_seals")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
