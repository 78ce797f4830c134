"""Writing a message's log and telling its owner: always in the transaction of the move itself.

Each is one statement that takes what it needs from the messages where they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging.enums import AttemptOutcome, MessageStatus

_LOG = """
    INSERT INTO messaging_attempt (message_id, number, at, outcome, code, reason, provider_id, user_id)
    SELECT id, attempts, %s, %s, %s, %s, %s, %s FROM messaging_message WHERE id = ANY(%s) ORDER BY id
"""
_TELL = """
    INSERT INTO messaging_settlementrow
        (message_id, service, owner_label, owner_id, status, at, due_at, attempts, error_kind)
    SELECT id, service, owner_label, owner_id, %s, %s, %s, 0, ''
    FROM messaging_message WHERE id = ANY(%s) ORDER BY id
"""


def write_log(
    message_ids: Sequence[int],
    outcome: AttemptOutcome,
    *,
    code: str = "",
    reason: str = "",
    provider_id: str = "",
    actor: Actor | None = None,
) -> None:
    """Append one line to each message's log."""
    user_id = actor.user_id if actor else None
    _write(_LOG, [timezone.now(), outcome.value, code, reason, provider_id, user_id], message_ids)


def tell_owners(message_ids: Sequence[int], status: MessageStatus, *, at: datetime) -> None:
    """Owe the owners of these messages the news that they came to stand at `status`."""
    _write(_TELL, [MessageStatus(status).value, at, at], message_ids)


def _write(statement: str, values: list[Any], message_ids: Sequence[int]) -> None:
    if not message_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, list(message_ids)])
