"""Commands that run a module or a management command of the checkout beside the two servers."""

from __future__ import annotations

import contextlib
import os
import subprocess

from launcher import browser, installation, locks, services, venv
from launcher.accounts import server_account
from launcher.places import LOGS, ROOT, VAR, venv_python
from launcher.say import Trouble


def faults(arguments: list[str]) -> int:
    """Inject every fault and print the table."""
    if not _exists("tests/faults"):
        raise Trouble("there is no tests/faults in this checkout, so no fault was injected.")
    return _beside_servers("tests.faults", arguments)


def bench(arguments: list[str]) -> int:
    """Measure one thing with a command of its own, or loads by name, or every load."""
    name = arguments[0] if arguments else ""
    if name.isidentifier() and (ROOT / "benchmarks" / name / "__main__.py").exists():
        return _beside_servers(f"benchmarks.{name}", arguments[1:], on_disk=True)
    venv.ensure("test")
    try:
        with services.with_kept_database("bench") as env:
            argv = [str(venv_python()), "-m", "benchmarks", *arguments]
            return subprocess.run(argv, env=env, cwd=ROOT, check=False).returncode
    except locks.Taken as other:
        raise Trouble(f"a bench is running here already (process {other.holder}); wait for it.") from None


def shots(arguments: list[str]) -> int:
    """Take the screenshots of every page."""
    if not _exists("tests/screenshots"):
        raise Trouble("there is no tests/screenshots in this checkout.")
    venv.ensure("test")
    if browser.get() is None:
        raise Trouble("there is no Chromium or Chrome here and none could be fetched: install one.")
    return _beside_servers("tests.screenshots", arguments)


def _exists(path: str) -> bool:
    return (ROOT / f"{path}.py").exists() or (ROOT / path / "__main__.py").exists()


def _beside_servers(module: str, arguments: list[str], *, on_disk: bool = False) -> int:
    venv.ensure("test")
    with services.throwaway(on_disk=on_disk) as env:
        argv = [str(venv_python()), "-m", module, *arguments]
        return subprocess.run(argv, env=env, cwd=ROOT, check=False).returncode


def manage(arguments: list[str]) -> int:
    """Run a management command on this installation: beside a running one, or with its servers started."""
    venv.ensure("run")
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locks.held(VAR / "run.lock"))
        except locks.Taken:
            env = {**os.environ, **installation.remembered_environment(), "HARBOUR_ENV": "demo"}
            if "DATABASE_URL" not in env:
                raise Trouble("Harbour is just starting or stopping here; try again in a moment.") from None
        else:
            LOGS.mkdir(parents=True, exist_ok=True)
            account = server_account()
            env = installation.environment("127.0.0.1", 8000, 8001)
            installation.start_servers(env, installation.state_folder(account), account, stack)
        argv = [str(venv_python()), "manage.py", *arguments]
        return subprocess.run(argv, env=env, cwd=ROOT, check=False).returncode
