"""Reading back what a child wrote since it was started."""

from __future__ import annotations

from pathlib import Path


def size(log: Path) -> int:
    """Bytes written so far; 0 when there is no log yet."""
    return log.stat().st_size if log.exists() else 0


def lines_since(log: Path, offset: int) -> list[str]:
    """What is not blank after `offset`, so that an earlier start is never blamed on this one."""
    try:
        written = log.read_bytes()[offset:].decode(errors="replace")
    except OSError:
        return []
    return [text.strip() for text in written.splitlines() if text.strip()]
