"""What keeps a form without a session from abuse: a signed key, and a count that knows nobody.

No address of a sender is looked at, kept or turned into anything (docs/adr/0084).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import Enum
from uuid import UUID, uuid4

from django.core import signing
from django.core.cache import caches
from redis.exceptions import RedisError

QUICKEST_SECONDS = 3  # nobody reads the questions and answers them in less
LASTS_SECONDS = 12 * 3600


class Unfit(Enum):
    """What is wrong with the key that came with a form."""

    TOO_QUICK = "too_quick"
    TOO_OLD = "too_old"


@dataclass(frozen=True, slots=True)
class FormKeys:
    """The keys of one form, told from others by `name`; `most_a_minute` is for all its senders."""

    name: str
    most_a_minute: int

    def _signer(self) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=self.name)

    def new_key(self) -> str:
        """For a form that is shown now."""
        return self._signer().sign(uuid4().hex)

    def read_key(self, key: str) -> UUID | Unfit:
        """The form's own number, or what is wrong."""
        try:
            number = self._signer().unsign(key, max_age=LASTS_SECONDS)
        except signing.BadSignature:  # one whose time is over is such, too
            return Unfit.TOO_OLD
        try:
            self._signer().unsign(key, max_age=QUICKEST_SECONDS)
        except signing.SignatureExpired:
            return UUID(hex=number)
        return Unfit.TOO_QUICK

    def is_flooded(self) -> bool:
        """Count one form; whether there are more in this minute than people could send.

        Where Redis is away nothing is counted: what somebody tells is worth more than the count.
        """
        key = f"{self.name}:{int(time.time() // 60)}"
        try:
            caches["fast"].add(key, 0, 120)
            return int(caches["fast"].incr(key)) > self.most_a_minute
        except (RedisError, OSError):
            return False
