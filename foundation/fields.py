"""Text kept encrypted in the database, and a keyed index to find equal numbers without reading them.

The cryptography is `cryptography.fernet`; here is only the binding to a model field.
"""

from __future__ import annotations

import hmac
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models
from django.db.models.expressions import Combinable


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def box() -> MultiFernet:
    """The keys in force: the first encrypts, all of them decrypt (`settings.FIELD_KEYS`)."""
    return _box(tuple(settings.FIELD_KEYS))


def blind_index(value: str, *, purpose: str) -> str:
    """A keyed digest of `value`: equal values of one purpose match, nothing can be read back."""
    message = f"{purpose}\x00{value}".encode()
    return hmac.new(settings.INDEX_KEY.encode(), message, sha256).hexdigest()


if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
else:  # Django's fields take no type arguments when they run.
    _TextField = models.TextField


if TYPE_CHECKING:
    _BigIntegerField = models.BigIntegerField[int | Combinable, int]
else:
    _BigIntegerField = models.BigIntegerField


class TransactionNumberField(_BigIntegerField):
    """The number of the transaction that wrote the row (`pg_current_xact_id`).

    It means something in one cluster only: a restored database counts anew, so a restore sets every such
    column to 0, which is before everything (`foundation.backups`). To migrations it is a whole number.
    """

    def deconstruct(self) -> Any:
        """As the plain field: the difference is ours, not the database's."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.BigIntegerField", args, kwargs


class EncryptedTextField(_TextField):
    """Text that the database, its backups and its logs only ever hold encrypted. It cannot be searched."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in; an empty string stays empty so that absence can be queried."""
        text = super().get_prep_value(value)
        return text if text in (None, "") else box().encrypt(str(text).encode()).decode()

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Decrypt on the way out."""
        return value if value in (None, "") else box().decrypt(value.encode()).decode()

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every comparison but emptiness: equal texts encrypt differently."""
        if lookup_name not in {"isnull", "exact"}:
            raise TypeError("An encrypted field cannot be searched; use its blind index.")
        return super().get_lookup(lookup_name)


@lru_cache(maxsize=2048)
def _opened(token: str, keys: tuple[str, ...]) -> str:
    return _box(keys).decrypt(token.encode()).decode()


class KeptOpenTextField(EncryptedTextField):
    """Encrypted text that a process keeps open in its memory: for addresses and secrets of systems.

    They are needed at the moment when hundreds of systems have to be told. Never for what tells of a person.
    """

    def deconstruct(self) -> Any:
        """As the one that is opened each time: to the database there is no difference."""
        name, _, args, kwargs = super().deconstruct()
        return name, "foundation.fields.EncryptedTextField", args, kwargs

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Decrypt on the way out, unless this process has done so before."""
        return value if value in (None, "") else _opened(str(value), tuple(settings.FIELD_KEYS))
