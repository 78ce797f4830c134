"""Where things lie on this machine."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from launcher.accounts import Account, can_enter

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VAR = ROOT / "var"
LOGS = VAR / "log"
BYTECODE = VAR / "bytecode"
IS_WINDOWS = os.name == "nt"


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
