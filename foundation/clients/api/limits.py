"""How much one client may ask in a minute. Counted in Redis.

Without Redis each web process counts for itself, so a client may then ask up to the limit times the number of
processes (four in docker-compose.yml, two under the launcher) until Redis answers again, which is tried every
five seconds. Counting in Postgres instead would make every read a write, in the very minute in
which something is broken already.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from threading import local

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

WINDOW = 60
# Redis gets this long, twice where the first connection was lost: a limit must not become an outage.
PATIENCE = 0.25


@dataclass(frozen=True, slots=True)
class Standing:
    """How a caller stands in the present minute."""

    limit: int
    used: int
    seconds_left: int

    @property
    def is_over(self) -> bool:
        """Whether this request is one too many."""
        return self.used > self.limit

    def headers(self) -> dict[str, str]:
        """RateLimit header fields, as the IETF draft has them; Retry-After for one too many."""
        left = max(0, self.limit - self.used)
        found = {
            "RateLimit-Policy": f'"minute";q={self.limit};w={WINDOW}',
            "RateLimit": f'"minute";r={left};t={self.seconds_left}',
        }
        return found | ({"Retry-After": str(self.seconds_left)} if self.is_over else {})


_own = local()
_here: Counter[str] = Counter()
_away_until = 0.0


def count(who: str, limit: int) -> Standing:
    """Count one request of `who` (an id or a digest, never a name) and say how they stand."""
    now = time.time()
    minute = int(now // WINDOW)
    key = f"api:{who}:{minute}"
    return Standing(limit, _counted(key, now), WINDOW - int(now % WINDOW))


def _kept(url: str) -> redis.Redis:
    """This thread's own connection, kept: taking one from a pool costs as much as counting.

    One that Redis closed meanwhile is made anew, once and at once.
    """
    if getattr(_own, "url", None) != url:
        _own.url, _own.redis = (
            url,
            redis.Redis.from_url(
                url,
                socket_timeout=PATIENCE,
                socket_connect_timeout=PATIENCE,
                single_connection_client=True,
                retry=Retry(NoBackoff(), 1),
            ),
        )
    return _own.redis  # type: ignore[no-any-return]  # what a thread keeps has no type


def _counted(key: str, now: float) -> int:
    global _away_until  # noqa: PLW0603 - one circuit breaker a process
    if now >= _away_until:
        try:
            used = int(_kept(settings.REDIS_URL).incr(key))
            if used == 1:
                _kept(settings.REDIS_URL).expire(key, WINDOW * 2)
            return used
        except redis.RedisError:
            _away_until = now + 5
    if len(_here) > 10_000:
        _here.clear()
    _here[key] += 1
    return _here[key]
