"""A worker's connections outlive its tasks, but neither a fault nor the database's own restart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from celery import shared_task, states
from django.db import connection

from config import kept_connections
from config.celery import app
from foundation.messaging.models import Message
from foundation.messaging.tasks import send
from tests.foundation.messaging.conftest import queue
from tests.processes import Processes, wait_until


def backends() -> set[int]:
    """The sessions of everybody but ourselves in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        return {pid for (pid,) in cursor.fetchall()}


def have_tried(row: Message) -> None:
    """Nobody answers at the provider's address, so the message waits again after its first attempt."""
    send.apply_async(args=[row.pk], queue="urgent")
    tried = Message.objects.filter(pk=row.pk, attempts=1, status="queued")
    wait_until(tried.exists, "the worker tried to send the message")


@pytest.mark.slow
def test_the_next_task_finds_the_connection_of_the_last_and_makes_a_lost_one_anew(
    celery_workers: Callable[..., Processes],
) -> None:
    celery_workers("urgent", pool="threads", concurrency=1)
    have_tried(queue(service="accounts", guard="messaging.always"))
    first = backends()
    have_tried(queue(service="accounts", guard="messaging.always"))
    assert len(first) == 1
    assert backends() == first

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", list(first))
    wait_until(lambda: not backends(), "the database closed it")
    have_tried(queue(service="accounts", guard="messaging.always"))
    assert len(backends()) == 1
    assert backends() != first


@shared_task(name="tests.nothing")
def nothing() -> None:
    """Does nothing."""


@pytest.mark.parametrize(("state", "is_kept"), [(states.SUCCESS, True), (states.FAILURE, False)])
def test_a_connection_is_let_go_after_a_task_that_failed(
    committing_db: str, state: str, is_kept: bool
) -> None:
    connection.ensure_connection()
    held = connection.connection
    nothing.push_request(is_eager=False)
    try:
        kept_connections.let_go_after_a_failure(task=nothing, state=state)
    finally:
        nothing.pop_request()
    assert (connection.connection is held) is is_kept


def test_celery_itself_closes_none_between_tasks() -> None:
    assert app.conf.get("CELERY_DB_REUSE_MAX") == kept_connections.NEVER
