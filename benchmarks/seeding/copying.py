"""Rows into a table by COPY: what a row does not say is what the model's field gives by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import StringIO
from typing import Any

from django.db import connection, models
from django.utils import timezone

FLUSHED_AT = 20_000
# From so many rows on it is quicker to make the indexes afterwards.
MANY = 50_000


class Rows:
    """Rows of one model. `columns` are those each row gives, in that order, the key first."""

    def __init__(self, model: type[models.Model], *columns: str) -> None:
        self.model = model
        fields = {field.attname: field for field in model._meta.concrete_fields}
        others = [name for name in fields if name not in columns]
        self._tail = "".join(f"\t{_text(_default(fields[name]))}" for name in others)
        names = ", ".join(f'"{fields[name].column}"' for name in (*columns, *others))
        self._copy = f'COPY "{model._meta.db_table}" ({names}) FROM STDIN'
        self._lines: list[str] = []
        self.count = 0

    def add(self, *values: object) -> None:
        """One row."""
        self._lines.append("\t".join(map(_text, values)) + self._tail)
        self.count += 1
        if len(self._lines) >= FLUSHED_AT:
            self.flush()

    def flush(self) -> None:
        """Send what is waiting."""
        if self._lines:
            with connection.cursor() as cursor:
                cursor.copy_expert(self._copy, StringIO("\n".join(self._lines) + "\n"))
            self._lines.clear()

    def finish(self) -> None:
        """Send the rest and let the table's own numbering go on behind it."""
        self.flush()
        key = self.model._meta.pk
        if isinstance(key, models.AutoField):
            table, column = self.model._meta.db_table, key.column
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, %s), "
                    f'(SELECT coalesce(max("{column}"), 0) + 1 FROM "{table}"), false)',
                    [f'"{table}"', column],
                )


def _default(field: models.Field[Any, Any]) -> object:
    """What a new object has there. Raises for a field that has nothing of its own."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now()
    value = field.get_default()
    if value is None and not field.null:
        raise ValueError(f"{field.model.__name__} rows must give {field.attname}")
    return "{}" if isinstance(value, dict) else value


def _text(value: object) -> str:
    """One value as COPY reads it."""
    if isinstance(value, str):
        if "\\" in value or "\n" in value or "\t" in value:
            return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
        return value
    if value is None:
        return "\\N"
    if isinstance(value, date):
        return value.isoformat()
    return f"{{{','.join(map(str, value))}}}" if isinstance(value, Sequence) else str(value)


@contextmanager
def bare(tables: Sequence[str], rows: int) -> Iterator[None]:
    """The tables without indexes and foreign keys while they are filled, where that is worth it."""
    if rows < MANY:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]::oid[])",
            [list(tables)],
        )
        keys = cursor.fetchall()
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index x"
            " WHERE indrelid = ANY(%s::regclass[]::oid[])"
            " AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid)",
            [list(tables)],
        )
        indexes = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, how in indexes:
            cursor.execute(how)
        for table, name, how in keys:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {how}')
