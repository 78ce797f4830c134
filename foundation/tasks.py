"""Kicking a task so that a lost Redis never fails the request: the sweeper finds what was left."""

from __future__ import annotations

from typing import Any

import structlog
from celery import Task
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


def send_or_leave(task: Task[Any, Any], *args: int, lane: str, after: float = 0.0) -> bool:
    """Queue `task` with ids in `lane`; return False, with a log line, where Redis is away.

    With `after` it runs so many seconds later: a fraction of one, as longer waits belong into the database.
    """
    try:
        task.apply_async(args=args, queue=lane, retry=False, countdown=after or None)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("queue_unreachable", task=task.name, lane=lane, error=type(error).__name__)
        return False
    return True
