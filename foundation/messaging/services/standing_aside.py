"""The bulk lane stands aside while a text that hurries is due or under way.

A worker of bulk has a lower priority, but its work in the database has not. For as long as a text of the
alert or urgent lane is on its way to the provider it begins nothing new there.
"""

from __future__ import annotations

import time

from foundation.prepared import fetch_row

# A text that hurries takes a tenth of that. One that waits longer is held back by something else.
UNDER_WAY_SECONDS = 2
# Bulk never stands still: at least so often each of its threads sends one.
LONGEST_SECONDS = 0.5
_LOOK_AGAIN_SECONDS = 0.02
_HURRIES = """
SELECT EXISTS (SELECT FROM messaging_message WHERE lane IN ('alert', 'urgent') AND status = 'queued'
               AND next_attempt_at BETWEEN now() - make_interval(secs => %(seconds)s) AND now())
    OR EXISTS (SELECT FROM messaging_message WHERE lane IN ('alert', 'urgent') AND status = 'sending'
               AND claimed_at > now() - make_interval(secs => %(seconds)s))
"""


def stand_aside() -> None:
    """Wait until nothing hurries, at most `LONGEST_SECONDS`."""
    until = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < until and _anything_hurries():
        time.sleep(_LOOK_AGAIN_SECONDS)


def _anything_hurries() -> bool:
    (found,) = fetch_row(_HURRIES, {"seconds": UNDER_WAY_SECONDS}) or (False,)
    return bool(found)
