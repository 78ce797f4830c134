"""Structured logs that hold no personal data: an exception is its class and where it was raised.

The words of an exception are dropped, because a database or a provider may put a row or a number
into them, and local variables are never printed.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, Processor


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


# A part of an address so long is a token: an invitation, a new password, an address to confirm.
_TOKEN = re.compile(r"(?<=/)[\w:.-]{20,}(?=/|\s|$)")


def strip_secrets(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Drop what was searched for and what opens a link: whoever reads logs must not use either."""
    if "request" in event:
        event["request"] = _TOKEN.sub("-", str(event["request"]).partition("?")[0])
    if "/" in str(event.get("event", "")):
        event["event"] = _TOKEN.sub("-", str(event["event"]))
    return event


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.ExtraAdder(allow=()),
]
FINAL: list[Processor] = [
    strip_exception,
    strip_address,
    strip_secrets,
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
