"""Kicking the worker of a lane once the transaction has committed. The sweeper finds what was lost."""

from __future__ import annotations

import time
from threading import Lock

from django.db import transaction

from foundation.messaging.enums import Lane
from foundation.tasks import send_or_leave

# Receipts come in floods: one kick, a moment later, is for all that this process stores until then.
TOGETHER_SECONDS = 0.25


def kick(*, message_id: int, lane: str) -> None:
    """Have the message sent as soon as this transaction has committed."""
    transaction.on_commit(lambda: _send(message_id, lane))


def _send(message_id: int, lane: str) -> None:
    from foundation.messaging.tasks import send

    send_or_leave(send, message_id, lane=lane)


def kick_broadcasts(*, lane: str) -> None:
    """Have the broadcasts of a lane go on as soon as this transaction has committed."""
    transaction.on_commit(lambda: _send_to_many(lane))


def _send_to_many(lane: str) -> None:
    from foundation.messaging.tasks import sweep_broadcasts

    send_or_leave(sweep_broadcasts, list(Lane).index(Lane(lane)), lane=lane)


def kick_callback(*, raw_id: int) -> None:
    """Have a stored callback read as soon as this transaction has committed."""
    transaction.on_commit(lambda: _read(raw_id))


def _read(raw_id: int) -> None:
    from foundation.messaging.tasks import read_callback

    send_or_leave(read_callback, raw_id, lane="urgent")


class _Receipts:
    """When the next reading that was kicked begins, so that one kick serves all receipts before it."""

    def __init__(self) -> None:
        self._begins = 0.0
        self._lock = Lock()

    def is_served(self) -> bool:
        """Whether a reading is on its way; if none is, the caller kicks one now."""
        with self._lock:
            now = time.monotonic()
            served = now < self._begins
            if not served:
                self._begins = now + TOGETHER_SECONDS
        return served


_receipts = _Receipts()


def kick_receipts() -> None:
    """Have stored receipts read a moment after this transaction has committed, many by one reading."""
    transaction.on_commit(_read_receipts)


def _read_receipts() -> None:
    from foundation.messaging.tasks import read_callbacks

    if not _receipts.is_served():
        # A little later than the moment until which receipts count on it.
        send_or_leave(read_callbacks, lane="normal", after=TOGETHER_SECONDS * 1.2)
