"""How often one token may ask in a minute. Where Redis is away nobody is turned away."""

from __future__ import annotations

import time

from django.core.cache import caches
from redis.exceptions import RedisError

from appeals.public.outlets.tokens import hash_of
from foundation.problems import Problem

# A player asks and checks in every few seconds at most.
MOST_A_MINUTE = 120


def require_room(token: str) -> None:
    """Count one request. Raises `Problem` 429 for one too many."""
    if token and _counted(f"appeals:players:{int(time.time() // 60)}:{hash_of(token)[:16]}") > MOST_A_MINUTE:
        words = f"More than {MOST_A_MINUTE} requests in a minute. Wait for the next."
        raise Problem(429, "too_many", words, retry_after=60)


def _counted(key: str) -> int:
    try:
        caches["fast"].add(key, 0, 120)
        return int(caches["fast"].incr(key))
    except (RedisError, OSError, ValueError):  # a count that ended between the two is none
        return 0
