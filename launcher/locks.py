"""Locks that the kernel lets go when their holder dies, so that none is ever stale."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]


class Taken(Exception):
    """Another process holds it; `holder` is the id it wrote, or an empty string."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock while the block runs. Raises Taken."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if fcntl:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Taken(os.read(handle, 32).decode(errors="replace").strip()) from None
        os.truncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)


def is_free(path: Path) -> bool:
    """Whether nobody holds it. A lock that was never made is not ours to judge: taken."""
    if not path.exists():
        return False
    try:
        with held(path):
            return True
    except Taken:
        return False
