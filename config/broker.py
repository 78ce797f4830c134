"""The queue's connection: a worker outlives its Redis also with tasks in hand.

Where Redis is killed while a worker has a task in hand and waits for the next, kombu (5.7) closes its
channels twice: what fails in the first round is closed again when the connection's data is gone, and the
missing data is an AttributeError, which ends the worker for good. A task that ends afterwards is acknowledged
on the lost channel with the same outcome. Both hear the truth here, that there is no connection, and kombu
knows what to do then: the worker connects anew, and what it could not acknowledge comes back or is found by
the sweeps (docs/adr/0086).
"""

from __future__ import annotations

from typing import Any

from kombu.transport import redis
from redis.exceptions import ConnectionError as NoConnection


class Channel(redis.Channel):  # type: ignore[misc]  # kombu has no types here
    """A channel that calls itself unconnected once its connection is closed."""

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        if self.connection is None or self.connection.client is None:
            raise NoConnection("this channel's connection is closed")
        found: dict[str, Any] = super()._connparams(asynchronous)
        return found


class Transport(redis.Transport):  # type: ignore[misc]
    """Celery's way to Redis, for `broker_transport`."""

    Channel = Channel
