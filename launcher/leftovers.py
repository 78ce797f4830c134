"""What a killed launcher left running. On Linux the kernel ends it; elsewhere the next start does."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from launcher import children, say
from launcher.places import ROOT

PATIENCE_SECONDS = 15


def record(file: Path, pids: Mapping[str, int]) -> None:
    """Remember the children by name, for the next start to find."""
    file.write_text(json.dumps(dict(pids)))


def end(file: Path) -> None:
    """End what the last start left, politely and then for certain. Strangers with a reused id are spared."""
    try:
        known = {str(name): int(pid) for name, pid in json.loads(file.read_text()).items()}
    except (OSError, ValueError, AttributeError):
        return
    left = {name: pid for name, pid in known.items() if children.alive(pid) and _is_ours(pid)}
    if left:
        say.step(f"an earlier start was killed and left {', '.join(sorted(left))} running: stopping them.")
    for pid in left.values():
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(children.alive(pid) for pid in left.values()) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in left.values():
        children.kill_group(pid)
    file.unlink(missing_ok=True)


def _is_ours(pid: int) -> bool:
    """Whether the process runs out of this checkout's environment."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        command = subprocess.run(
            ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, check=False
        ).stdout
    return str(ROOT / ".venv").encode() in command
