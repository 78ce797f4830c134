"""Very many new rows at once by Postgres's COPY: bare values instead of model instances.

What a model would fill in by itself is filled in here too; what its fields do on the way into the
database (encryption) is done. Signals and `save()` are not called, as with `bulk_create`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.db import connection, models
from django.utils import timezone

from foundation.fields import EncryptedTextField

# The signs that mean something to COPY.
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_NOTHING = "\\N"


def take_ids(model: type[models.Model], count: int) -> list[int]:
    """The next `count` keys of the model's own sequence, for rows whose keys others must name."""
    key = model._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, key.column if key else "id", count],
        )
        return [number for (number,) in cursor.fetchall()]


def copy_in(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write new rows whose values stand in the order of `names` (as attributes: ``person_id``).

    Columns that are not named take the model's defaults. Returns how many rows there were. Raises
    what `bulk_create` would raise where the database refuses one; then none is there.
    """
    given = [_field(model, name) for name in names]
    now = timezone.now()
    others = [(one, _maker_of(one, now)) for one in _written(model) if one not in given]
    encoders = [_encoder_of(field) for field in given]
    lines: list[str] = []
    for row in rows:
        cells = [encode(value) for encode, value in zip(encoders, row, strict=True)]
        cells += [make() for _, make in others]
        lines.append("\t".join(cells))
    if lines:
        _copy(model, [*given, *(one for one, _ in others)], "\n".join(lines))
    return len(lines)


def _copy(model: type[models.Model], fields: Iterable[models.Field[Any, Any]], text: str) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    statement = f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN"
    # The cursor's own COPY passes by what turns the driver's errors into Django's.
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(statement, BytesIO(text.encode()))


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _written(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns that somebody has to fill: the database counts keys and knows some defaults by itself."""
    return [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, models.AutoField) and not field.has_db_default()
    ]


def _maker_of(field: models.Field[Any, Any], now: datetime) -> Callable[[], str]:
    """What gives the text of a column that is not named, as the model itself would fill it."""
    if field.has_default() and callable(field.default):
        return lambda: _text(field.get_default())
    is_time = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    same = _text(now if is_time else field.get_default())
    return lambda: same


def _encoder_of(field: models.Field[Any, Any]) -> Callable[[Any], str]:
    if isinstance(field, EncryptedTextField):
        return lambda value: _text(field.get_prep_value(value))
    return _words if isinstance(field, models.CharField | models.TextField) else _text


def _words(value: str | None) -> str:
    return _NOTHING if value is None else str(value).translate(_ESCAPES)


def _text(value: Any) -> str:
    """One value as COPY reads it."""
    if value is None:
        return _NOTHING
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"{{{','.join(map(_element, value))}}}".translate(_ESCAPES)
    return str(value)


def _element(value: Any) -> str:
    """One element of an array."""
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)
