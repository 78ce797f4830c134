"""What keeps a form without a session from abuse: a signed key, a trap, and counts that know nobody.

No address of a sender is looked at, kept or turned into anything (docs/adr/0084): whoever reports may stay
unknown. What is counted is how many forms came for one appeal, and for all, in this minute.
"""

from __future__ import annotations

import hmac
import time
from enum import Enum
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.core.cache import caches
from redis.exceptions import RedisError

# Nobody reads the questions and answers them in less.
QUICKEST_SECONDS = 3
LASTS_SECONDS = 12 * 3600
MOST_A_MINUTE = 30
MOST_OF_ALL_A_MINUTE = 300
MOST_PHOTOS_A_MINUTE = 40
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Key(Enum):
    """What is wrong with the key that came with a form."""

    TOO_QUICK = "too_quick"
    TOO_OLD = "too_old"


def new_key(token: str) -> str:
    """For a form that is shown now, on the page of one appeal."""
    return _signer(token).sign(uuid4().hex)


def read_key(token: str, key: str) -> UUID | Key:
    """The form's own number, or what is wrong."""
    try:
        number = _signer(token).unsign(key, max_age=LASTS_SECONDS)
    except signing.BadSignature:  # one whose time is over is such, too
        return Key.TOO_OLD
    if _age(token, key) < QUICKEST_SECONDS:
        return Key.TOO_QUICK
    return UUID(hex=number)


def _age(token: str, key: str) -> float:
    try:
        _signer(token).unsign(key, max_age=QUICKEST_SECONDS)
    except signing.SignatureExpired:
        return QUICKEST_SECONDS
    return 0


def reference_of(form_key: UUID) -> str:
    """The reference of what a form says: the same however often it is sent."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"appeals.reference\x00" + form_key.bytes, "sha256")
    return "SI-" + "".join(_ALPHABET[byte % 32] for byte in digest[:8])


def proof_of(reference: str) -> str:
    """What stands in the address of the page that tells a reference."""
    return signing.dumps(reference, salt="appeals.kept")


def proven(proof: str) -> str | None:
    """The reference again, for an hour."""
    try:
        return str(signing.loads(proof, salt="appeals.kept", max_age=3600))
    except signing.BadSignature:
        return None


def is_flooded(token: str, *, with_photo: bool) -> bool:
    """Count one form; whether there are more in this minute than people could send.

    Where Redis is away nothing is counted: a report is worth more than the count.
    """
    minute = int(time.time() // 60)
    counts = [(_blind(token), MOST_A_MINUTE), ("all", MOST_OF_ALL_A_MINUTE)]
    if with_photo:
        counts.append(("photos", MOST_PHOTOS_A_MINUTE))
    try:
        # Each is counted, whatever the others say.
        over = [_counted(f"appeals:seen:{minute}:{name}") > most for name, most in counts]

    except (RedisError, OSError):
        return False
    return any(over)


def _counted(key: str) -> int:
    caches["fast"].add(key, 0, 120)
    return int(caches["fast"].incr(key))


def _blind(token: str) -> str:
    return hmac.digest(settings.SECRET_KEY.encode(), b"appeals.flood\x00" + token.encode(), "sha256").hex()[
        :16
    ]


def _signer(token: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"appeals.seen.{token}")
