"""Kicking the worker of a lane once the transaction has committed. The sweeper finds what was lost."""

from __future__ import annotations

from django.db import transaction

from foundation.tasks import send_or_leave


def kick(*, message_id: int, lane: str) -> None:
    """Have the message sent as soon as this transaction has committed."""
    transaction.on_commit(lambda: _send(message_id, lane))


def _send(message_id: int, lane: str) -> None:
    from foundation.messaging.tasks import send

    send_or_leave(send, message_id, lane=lane)


def kick_callback(*, raw_id: int) -> None:
    """Have a stored callback read as soon as this transaction has committed."""
    transaction.on_commit(lambda: _read(raw_id))


def _read(raw_id: int) -> None:
    from foundation.messaging.tasks import read_callback

    send_or_leave(read_callback, raw_id, lane="urgent")
