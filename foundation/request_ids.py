"""The id that ties a request's log lines, tasks, messages and audit entries together; always our own."""

from __future__ import annotations

import structlog


def current() -> str:
    """The id of the request or task that runs here, or ""."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))
