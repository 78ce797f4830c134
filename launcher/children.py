"""Child processes that never outlive the launcher."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from launcher.accounts import Account

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def bound_to_us(sign: int = signal.SIGTERM) -> Callable[[], None] | None:
    """For `preexec_fn`: on Linux the kernel sends the child `sign` when this process is gone.

    Call it from the main thread, as the child is sent the signal when the thread that started it ends.
    """
    parent = os.getpid()
    if _libc is None:
        return None
    prctl = _libc.prctl

    def ask_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, sign)
        if os.getppid() != parent:  # it died between the fork and the request
            os._exit(1)

    return ask_kernel


def spawn(
    argv: Sequence[str],
    *,
    env: Mapping[str, str],
    log: Path | None = None,
    account: Account | None = None,
    cwd: Path | None = None,
    death_signal: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that Ctrl-C reaches it only through `stop`.

    Call it from the main thread: on Linux the child is sent `death_signal` when that thread ends.
    Output is appended to `log`; without one it goes to the screen.
    """
    out = log.open("ab") if log else None
    try:
        return subprocess.Popen(
            list(argv),
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT if out else None,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=bound_to_us(death_signal),  # noqa: PLW1509
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    finally:
        if out:
            out.close()


def stop(
    process: subprocess.Popen[bytes], *, first: int = signal.SIGTERM, patience_seconds: float = 10.0
) -> None:
    """Ask, wait, then kill the child and whatever it started."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(first)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience_seconds)
    kill_group(process.pid)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(5)


def kill_group(pid: int) -> None:
    """Kill what is left of a child's session; quiet when nothing is."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def alive(pid: int) -> bool:
    """Whether a process with this id exists (a zombie counts as gone)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    status = Path(f"/proc/{pid}/stat")
    if status.exists():
        with contextlib.suppress(OSError):
            return status.read_text().rpartition(")")[2].split()[0] != "Z"
    return True
