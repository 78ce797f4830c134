"""The short way asks nothing only to hear that its connection stands, and outlives one that does not."""

from __future__ import annotations

import contextlib

import pytest
from django.db import close_old_connections, connection

from foundation.audit.models import AuditEvent
from tests.api.conftest import System


def next_request(system: System, path: str) -> int:
    """The status of an answer to a request that finds a kept connection, as every one but the first does.

    The test browser leaves out the signal that has a kept connection looked at.
    """
    close_old_connections()
    assert connection.health_check_enabled
    assert not connection.health_check_done
    return int(system.get(path).status_code)


def test_a_pull_sends_nothing_to_ask_whether_the_connection_stands(
    committing_db: str, met_system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask() -> bool:
        raise AssertionError("a statement only to ask")

    monkeypatch.setattr(connection, "is_usable", ask)
    assert next_request(met_system, "/incidents") == 200


def test_a_connection_that_was_lost_is_made_anew_and_the_pull_answered_and_written_down(
    committing_db: str, met_system: System
) -> None:
    assert met_system.get("/incidents").status_code == 200
    before = AuditEvent.objects.count()
    with connection.cursor() as cursor, contextlib.suppress(Exception):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    connection.errors_occurred = False  # it was lost between two requests, and nobody has noticed
    assert next_request(met_system, "/incidents") == 200
    assert AuditEvent.objects.count() == before + 1
