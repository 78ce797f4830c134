"""A worker keeps its database connections from task to task, as a web process does from request to request.

Celery closes them before and after each task. Opening one takes longer than most tasks' statements: Postgres
starts a process, and that reads anew what it knew of the tables. A kept one is asked whether it still stands
by the first statement of a task (CONN_HEALTH_CHECKS). After a task that failed it is let go: Django may take
a connection for sound on which a statement was cut off. Our tasks run in threads, which no signal cuts off
(docs/adr/0071).
"""

from __future__ import annotations

from typing import Any

from celery import states
from celery.signals import task_postrun, task_prerun
from django.db import close_old_connections, connections

# Celery counts the tasks between two closings; this many never come.
NEVER = 2**62


@task_prerun.connect
def ask_whether_it_stands(task: Any = None, **_: Any) -> None:
    """Have the first statement of a task find out whether its connection was lost since the last."""
    if not task.request.is_eager:
        close_old_connections()


@task_postrun.connect
def let_go_after_a_failure(task: Any = None, state: str = "", **_: Any) -> None:
    """Whatever a task that failed left behind goes with its connection."""
    if not task.request.is_eager and state != states.SUCCESS:
        connections.close_all()
