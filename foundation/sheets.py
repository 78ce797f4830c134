"""Rows of one model as the text that COPY reads, made without a database and always the same way.

For filling whole tables with made data, in processes that have no connection. What a row does not say is
what the model's field gives by itself; a field that would draw or read the clock must be given.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import connection, models

from foundation.fields import EncryptedTextField, box

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_NOTHING = "\\N"


class Sheet:
    """Rows of one model. `columns` (attributes: ``person_id``) are those each row gives, in that order."""

    def __init__(self, model: type[models.Model], *columns: str) -> None:
        self.model = model
        fields = {field.attname: field for field in model._meta.concrete_fields}
        others = [name for name in fields if name not in columns]
        self._tail = "".join(f"\t{_default(fields[name])}" for name in others)
        names = ", ".join(f'"{fields[name].column}"' for name in (*columns, *others))
        self.statement = f'COPY "{model._meta.db_table}" ({names}) FROM STDIN'
        self._secret = [at for at, name in enumerate(columns) if isinstance(fields[name], EncryptedTextField)]
        self._lines: list[str] = []

    def add(self, *values: Any) -> None:
        """One row. Encrypted columns are given in the clear and encrypted here."""
        cells = [_TEXT[type(value)](value) for value in values]
        for at in self._secret:
            if values[at]:
                cells[at] = box().encrypt(values[at].encode()).decode()
        self._lines.append("\t".join(cells) + self._tail)

    def add_sealed(self, *values: Any) -> None:
        """One row whose encrypted columns are encrypted already, as many rows have the same words."""
        self._lines.append("\t".join([_TEXT[type(value)](value) for value in values]) + self._tail)

    def take(self) -> bytes:
        """What was added since the last time."""
        lines, self._lines = self._lines, []
        return ("\n".join(lines) + "\n").encode() if lines else b""


@lru_cache(maxsize=50_000)
def sealed(words: str) -> str:
    """Encrypted words that very many rows share, encrypted once a process."""
    return box().encrypt(words.encode()).decode()


def copy_page(statement: str, page: bytes) -> None:
    """Give one page to the database. Raises what `bulk_create` would raise where it refuses a row."""
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(statement, BytesIO(page))


def _default(field: models.Field[Any, Any]) -> str:
    """What a new object has there. Raises for what differs from run to run, or is nothing of its own."""
    drawn = field.has_default() and callable(field.default) and field.default not in (list, dict)
    if drawn or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        raise ValueError(f"{field.model.__name__} rows must give {field.attname}")
    value = field.get_default()
    if value is None and not field.null:
        raise ValueError(f"{field.model.__name__} rows must give {field.attname}")
    return _TEXT.get(type(value), str)(value)


def _str(value: str) -> str:
    # Looking is much quicker than translating, and hardly any text has a sign that means something.
    if value.isprintable() and "\\" not in value:
        return value
    return value.translate(_ESCAPES)


def _array(values: list[Any] | tuple[Any, ...]) -> str:
    return ("{" + ",".join(map(_element, values)) + "}").translate(_ESCAPES)


def _element(value: Any) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return _TEXT[type(value)](value)


_TEXT: dict[type, Callable[[Any], str]] = {
    str: _str,
    int: str,
    float: repr,
    bool: lambda value: "t" if value else "f",
    type(None): lambda _: _NOTHING,
    datetime: datetime.isoformat,
    date: date.isoformat,
    Decimal: str,
    UUID: str,
    list: _array,
    tuple: _array,
    dict: lambda value: json.dumps(value).translate(_ESCAPES),
}
