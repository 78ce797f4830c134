"""Bringing everything encrypted under the newest field key, so that an older one can be thrown away.

Runs beside a working product: a row that changes meanwhile is left to the next run, none is overwritten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from psycopg2 import sql

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.fields import EncryptedTextField, box

ROTATOR = Actor.system("rotate_field_keys")
BATCH = 500
# What of a second factor is encrypted (foundation.accounts.adapters.SecondFactorAdapter).
FACTOR_SECRETS = ("secret", "seed")
FACTOR_LISTS = ("migrated_codes",)


@dataclass(slots=True)
class Found:
    """What one table held: texts brought under the newest key, and texts that no key opens."""

    label: str
    rotated: int = 0
    unreadable: int = 0


def rotate() -> Iterator[Found]:
    """Go through every encrypted field, table by table; twice changes nothing."""
    for model in encrypted_models():
        yield _rotate_model(model)
    yield _rotate_factors()


def encrypted_models() -> list[type[models.Model]]:
    """Every model with an encrypted field."""
    return [model for model in apps.get_models() if _columns(model)]


def _columns(model: type[models.Model]) -> list[str]:
    return [str(f.column) for f in model._meta.concrete_fields if isinstance(f, EncryptedTextField)]


def renewed(token: str) -> str | None:
    """The same text under the newest key; None where it is already. Raises `InvalidToken`."""
    try:
        Fernet(settings.FIELD_KEYS[0]).decrypt(token)
    except InvalidToken:
        return box().rotate(token).decode()
    return None


def _rotate_model(model: type[models.Model]) -> Found:
    found = Found(model._meta.label)
    for keys, tokens in _rows(model):
        for column, token in tokens.items():
            _rotate_one(model, keys, column, token, found)
    _tell(model, found, _columns(model))
    return found


def _rotate_one(
    model: type[models.Model], keys: dict[str, int], column: str, token: str, found: Found
) -> None:
    try:
        new = renewed(token)
    except InvalidToken:
        found.unreadable += 1
        return
    if new is None:
        return
    same_row = sql.SQL(" AND ").join(_equals(name) for name in (*keys, column))
    statement = sql.SQL("UPDATE {} SET {} = %s WHERE {}").format(
        sql.Identifier(model._meta.db_table), sql.Identifier(column), same_row
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [new, *keys.values(), token])
        found.rotated += cursor.rowcount


def _equals(column: str) -> sql.Composed:
    return sql.SQL("{} = %s").format(sql.Identifier(column))


def _rows(model: type[models.Model]) -> Iterator[tuple[dict[str, int], dict[str, str]]]:
    """Each row's key and its tokens as they lie in the database, a batch at a time."""
    keys, columns = [str(field.column) for field in model._meta.pk_fields], _columns(model)
    key_list = sql.SQL(", ").join(map(sql.Identifier, keys))
    everything = sql.SQL(", ").join(map(sql.Identifier, [*keys, *columns]))
    head = sql.SQL("SELECT {} FROM {}").format(everything, sql.Identifier(model._meta.db_table))
    tail = sql.SQL(" ORDER BY {} LIMIT {}").format(key_list, sql.Literal(BATCH))
    places = sql.SQL(", ").join([sql.Placeholder()] * len(keys))
    after = sql.SQL(" WHERE ({}) > ({})").format(key_list, places)
    last: list[int] = []
    while True:
        with connection.cursor() as cursor:
            cursor.execute(sql.Composed([head, after, tail] if last else [head, tail]), last)
            rows = cursor.fetchall()
        for row in rows:
            texts = dict(zip(columns, row[len(keys) :], strict=True))
            yield dict(zip(keys, row, strict=False)), {name: text for name, text in texts.items() if text}
        if len(rows) < BATCH:
            return
        last = list(rows[-1][: len(keys)])


def _rotate_factors() -> Found:
    """Second factors keep their secrets inside JSON; each is locked while it is rewritten."""
    found = Found(Authenticator._meta.label)
    for pk in list(Authenticator.objects.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update(no_key=True).filter(pk=pk).first()
            if row is not None and _rotate_data(row.data, found):
                row.save(update_fields=["data"])
    _tell(Authenticator, found, ["data"])
    return found


def _rotate_data(data: dict[str, object], found: Found) -> bool:
    before = found.rotated
    for name in FACTOR_SECRETS:
        if isinstance(data.get(name), str):
            data[name] = _token(str(data[name]), found)
    for name in FACTOR_LISTS:
        kept = data.get(name)
        if isinstance(kept, list):
            data[name] = [_token(str(one), found) for one in kept]
    return found.rotated > before


def _token(token: str, found: Found) -> str:
    try:
        new = renewed(token)
    except InvalidToken:
        found.unreadable += 1
        return token
    if new is None:
        return token
    found.rotated += 1
    return new


def _tell(model: type[models.Model], found: Found, fields: list[str]) -> None:
    if found.rotated:
        audit.record(actor=ROTATOR, action="field_keys.rotated", target=model, fields=fields)
