"""What keeps a form without a session from abuse: a signed key, and a count that knows nobody.

No address of a sender is looked at, kept or turned into anything, as for sightings (docs/adr/0084).
"""

from __future__ import annotations

import time
from enum import Enum
from uuid import UUID, uuid4

from django.core import signing
from django.core.cache import caches
from redis.exceptions import RedisError

QUICKEST_SECONDS = 3  # nobody reads the questions and answers them in less
LASTS_SECONDS = 12 * 3600
MOST_A_MINUTE = 120
_signer = signing.TimestampSigner(salt="families.say_something")


class Unfit(Enum):
    """What is wrong with the key that came with a form."""

    TOO_QUICK = "too_quick"
    TOO_OLD = "too_old"


def new_key() -> str:
    """For a form that is shown now."""
    return _signer.sign(uuid4().hex)


def read_key(key: str) -> UUID | Unfit:
    """The form's own number, or what is wrong."""
    try:
        number = _signer.unsign(key, max_age=LASTS_SECONDS)
    except signing.BadSignature:  # one whose time is over is such, too
        return Unfit.TOO_OLD
    try:
        _signer.unsign(key, max_age=QUICKEST_SECONDS)
    except signing.SignatureExpired:
        return UUID(hex=number)
    return Unfit.TOO_QUICK


def is_flooded() -> bool:
    """Count one form; whether there are more in this minute than people could send.

    Where Redis is away nothing is counted: what somebody tells is worth more than the count.
    """
    key = f"say_something:{int(time.time() // 60)}"
    try:
        caches["fast"].add(key, 0, 120)
        return int(caches["fast"].incr(key)) > MOST_A_MINUTE
    except (RedisError, OSError):
        return False
