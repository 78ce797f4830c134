"""The limit of the lists as gunicorn serves it: a connection for each thread."""

from __future__ import annotations

import os
from collections.abc import Iterable
from threading import local
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from benchmarks.peers.raw import Start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

_own = local()


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """As `Raw`, by the thread's own."""
    if not hasattr(_own, "raw"):
        from benchmarks.peers.raw import Raw

        _own.raw = Raw()
    answer: Iterable[bytes] = _own.raw(environ, start)
    return answer
