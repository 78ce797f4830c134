"""Asking the WSGI application in this process: the same for every side, so that sockets hide nothing.

It is the staff site with the peers' views beside its own (`benchmarks.urls`), and everybody's requests go
through the whole of its middleware.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.wsgi import get_wsgi_application

Application = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@lru_cache(maxsize=1)
def application() -> Application:
    """The site, made once."""
    return get_wsgi_application()


def ask(path: str, *, app: Application | None = None, **headers: str) -> Answer:
    """One GET. Raises for an answer that is neither 200 nor 304."""
    answer = answered(path, app=app, **headers)
    if answer.status not in (200, 304):
        raise RuntimeError(f"{path} answered {answer.status}: {answer.body[:300]!r}")
    return answer


def answered(path: str, *, app: Application | None = None, **headers: str) -> Answer:
    """One GET, whatever the answer is."""
    place, _, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": place,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "CONTENT_TYPE": "",
        "CONTENT_LENGTH": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    environ.update({f"HTTP_{name.upper()}": value for name, value in headers.items()})
    seen: list[Any] = []
    body = (app or application())(environ, lambda status, lines, *_: seen.append((status, lines)))
    try:
        content = b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    status, lines = seen[0]
    return Answer(int(status.split()[0]), {name.lower(): value for name, value in lines}, content)
