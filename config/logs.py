"""Structured logs that hold no personal data: an exception is its class and where it was raised.

The words of an exception are dropped, because a database or a provider may put a row or a number
into them, and local variables are never printed.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Mapping
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

# Lines that end in ": /the/address"; `config.request_log` has it already, made safe.
ENDS_IN_ADDRESS = frozenset({"django.request", "django.security.csrf"})
TASKS = "celery.app.trace"


def where_raised(error: BaseException) -> list[str]:
    """The frames of `error` as ``file:line function``, outermost first, without any values."""
    return [
        f"{frame.filename.rsplit('site-packages/', 1)[-1]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]


def strip_exception(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Replace exception information by class and place."""
    info = event.pop("exc_info", None)
    event.pop("exception", None)
    record: logging.LogRecord | None = event.get("_record")
    if not info and record is not None:
        info = record.exc_info
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["raised"] = where_raised(error)
    return event


def strip_address(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Drop what names a visitor: the audit trail knows who, a log line need not."""
    for key in ("ip", "user_agent", "user_id"):
        event.pop(key, None)
    return event


def strip_words(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Undo what libraries write into their lines: an exception's words, a task's result, an address."""
    given = event.pop("positional_args", ())
    record: logging.LogRecord | None = event.get("_record")
    if record is None or event.get("_from_structlog"):
        return event
    if record.name == TASKS and isinstance(given, Mapping):
        event["task"], event["task_id"] = given.get("name"), given.get("id")
    if record.name == TASKS or (event.get("exc_info") and given):
        event["event"] = str(record.msg).strip()
    elif record.name in ENDS_IN_ADDRESS:
        event["event"] = str(event["event"]).partition(": /")[0]
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.ExtraAdder(allow=()),
]
FINAL: list[Processor] = [
    strip_words,
    strip_exception,
    strip_address,
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    structlog.processors.JSONRenderer(),
]


def configure() -> None:
    """Route structlog through the standard library, so that every line takes the same way."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED[:-1],
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
