"""How long things of webhooks last. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

# After a new secret was made, both sign: the receiver changes over when it suits it.
BOTH_SIGN = timedelta(hours=24)
# A webhook is tried for so long, then it waits for a replay.
TRIED_FOR = timedelta(days=3)
# An address that has taken nothing for so long is stopped and its administrators are told.
STOPPED_AFTER = timedelta(days=3)
# The list of deliveries reaches back so far.
KEPT = timedelta(days=30)
_FIRST_REST = timedelta(seconds=5)
_LONGEST_REST = timedelta(hours=1)


def rests_until(failures: int, now: datetime) -> datetime:
    """Until when an address is left alone after its `failures`-th failure in a row (1 or more)."""
    doubled: timedelta = min(_FIRST_REST * 2 ** min(failures - 1, 20), _LONGEST_REST)
    return now + doubled
