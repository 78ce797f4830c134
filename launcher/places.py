"""Where things lie on this machine."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from launcher.accounts import Account, can_enter

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VAR = ROOT / "var"
LOGS = VAR / "log"
BYTECODE = VAR / "bytecode"
IS_WINDOWS = os.name == "nt"
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
# What a run of the tests writes at its most, and what the machine is left with beside it.
ROOM_BYTES, LEFT_BYTES = 3 << 30, 3 << 30


def venv_python() -> Path:
    """The interpreter of the virtual environment (it may not exist yet)."""
    return VENV / ("Scripts/python.exe" if IS_WINDOWS else "bin/python")


def venv_tool(name: str) -> str:
    """The path of a command that a package installed in the virtual environment."""
    return str(VENV / ("Scripts" if IS_WINDOWS else "bin") / name)


def scratch_parent(account: Account | None) -> Path:
    """A temporary folder that the servers' account can enter (some machines give root a private one)."""
    candidates = [Path(tempfile.gettempdir()), Path("/var/tmp"), Path("/tmp")]  # noqa: S108
    for candidate in candidates:
        if candidate.is_dir() and can_enter(candidate, account):
            return candidate
    return candidates[0]


def memory_parent(account: Account | None) -> Path | None:
    """A folder in memory with room for a throwaway database, or None.

    A test that commits copies some two thousand files: on a busy disk that takes seconds, in memory a
    tenth of one. Small machines and containers, whose memory or /dev/shm is short, keep to the disk.
    """
    if not IN_MEMORY.is_dir() or not can_enter(IN_MEMORY, account):
        return None
    free = shutil.disk_usage(IN_MEMORY).free
    return IN_MEMORY if free >= ROOM_BYTES and _memory_left() >= ROOM_BYTES + LEFT_BYTES else None


def _memory_left() -> int:
    """Bytes that may still be used, by the machine and by the container's limit; 0 where nobody says."""
    try:
        told = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines())
        left = int(told["MemAvailable"].split()[0]) << 10
    except (OSError, KeyError, ValueError):
        return 0
    for group in (Path("/sys/fs/cgroup"), Path("/sys/fs/cgroup/memory")):
        for limit, used in (
            ("memory.max", "memory.current"),
            ("memory.limit_in_bytes", "memory.usage_in_bytes"),
        ):
            try:
                left = min(left, int((group / limit).read_text()) - int((group / used).read_text()))
            except (OSError, ValueError):  # no such file, or "max"
                continue
    return left
