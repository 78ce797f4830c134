"""Many new rows at once by Postgres's COPY, some ten times as fast as inserting them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from django.db import connection, models


def copy_in(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Write new rows of `model`, whose columns are numbers, dates, words or arrays of numbers."""
    if not rows:
        return
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    lines = ("\t".join(_text(getattr(row, field.attname)) for field in fields) for row in rows)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY {connection.ops.quote_name(model._meta.db_table)} ({columns}) FROM STDIN",
            StringIO("".join(f"{line}\n" for line in lines)),
        )


def _text(value: object) -> str:
    """One value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Iterable) and not isinstance(value, str):
        return f"{{{','.join(map(str, value))}}}"
    return str(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
