"""What every bulk gateway takes and answers. It never writes to our database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from foundation.messaging.gateways.base import Accepted, NotAccepted, OutcomeUnknown, Outgoing

# How one ended. The errors of `gateways.base` are answers here: nothing is raised.
Ended = Accepted | NotAccepted | OutcomeUnknown
# The next to hand over now, or for how many seconds there is none.
Work = Iterator[Outgoing | float]


class BulkGateway(Protocol):
    """One provider's way out for many. It runs in a thread of its own, without a transaction."""

    def send_many(self, work: Work) -> Iterator[tuple[Outgoing, Ended]]:
        """Hand over what `work` gives, at the moment it gives it, and tell how each ended.

        `work` is asked only when the next could be begun at once: what it has not given has not been handed
        over. When it is exhausted, what is under way is waited for. Each ends exactly as the gateway of
        its channel would have ended it; nothing is ever sent a second time.
        """
        ...
