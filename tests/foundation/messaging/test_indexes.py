"""Each receipt writes into every index of these tables: none may say again what another begins with."""

from __future__ import annotations

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db
TABLES = (
    "messaging_message",
    "messaging_attempt",
    "messaging_receipt",
    "messaging_settlementrow",
    "messaging_rawcallback",
)
WHOLE = """
    SELECT indexrelid::regclass::text, indkey::int2[], indisunique FROM pg_index
    WHERE indrelid = %s::regclass AND indpred IS NULL
"""


@pytest.mark.parametrize("table", TABLES)
def test_no_index_is_the_beginning_of_another(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(WHOLE, [table])
        whole = cursor.fetchall()
    idle = {
        name
        for name, columns, is_unique in whole
        for other, longer, _ in whole
        if name != other and not is_unique and longer[: len(columns)] == columns
    }
    assert whole
    assert not idle
