"""The limit of the lists as gunicorn serves it: a connection for each thread."""

from __future__ import annotations

import os
from collections.abc import Iterable
from threading import local
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from benchmarks.peers.raw import Raw, Start  # noqa: E402

_own = local()


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """As `Raw`, by the thread's own."""
    if not hasattr(_own, "raw"):
        _own.raw = Raw()
    answer: Iterable[bytes] = _own.raw(environ, start)
    return answer
