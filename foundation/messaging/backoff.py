"""How long to wait before another attempt. Pure but for the jitter."""

from __future__ import annotations

import random
from datetime import timedelta

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=10)


def wait_after(tries: int) -> timedelta:
    """The wait after `tries` failures (1 or more): doubling, with jitter so that a crowd spreads."""
    doubled: timedelta = min(FIRST_WAIT * 2 ** min(tries - 1, 20), LONGEST_WAIT)
    return doubled * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, not a secret
