"""One id from a browser's request to the task it set off, so that their log lines are found together.

It travels in the task's headers, never in its arguments, and is bound to every line that the task writes.
"""

from __future__ import annotations

from typing import Any

import structlog
from celery.signals import before_task_publish, task_postrun, task_prerun

HEADER = "harbour_request_id"


@before_task_publish.connect
def take_along(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """Give a task the id of the request, or of the task, that sets it off."""
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    if headers is not None and request_id:
        headers[HEADER] = request_id


@task_prerun.connect
def bind(task_id: str = "", task: Any = None, **_: Any) -> None:
    """Put the ids on every line of the task; one that beat sent is its own beginning."""
    structlog.contextvars.clear_contextvars()
    request_id = getattr(task.request, HEADER, None) or task_id
    structlog.contextvars.bind_contextvars(request_id=request_id, task_id=task_id)


@task_postrun.connect
def let_go(**_: Any) -> None:
    """A thread of the pool takes the next task with nothing of this one."""
    structlog.contextvars.clear_contextvars()
