"""`dev.py test`: everything that must be green, on servers of its own."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any, Self

from launcher import browser, say, services, venv
from launcher.places import ROOT, venv_python, venv_tool

STATIC = (
    ("code style", ("ruff", "check", ".")),
    ("formatting", ("ruff", "format", "--check", ".")),
    ("templates", ("djlint", "templates", "--lint", "--quiet")),
    ("floors and rooms", ("lint-imports", "--no-logo")),
    ("types", ("mypy",)),
)


WITHOUT_BROWSER = "--without-browser"
# Measures every branch of the rules (pyproject.toml says which). Asked for, as it doubles the time.
BRANCHES = "--branches"
MEASURED = ("--cov", "--cov-report=term")
# One more than cores: the tests in a browser wait now and then. Two more came to the same time.
WHOLE = ("-n", "3", "--dist", "loadgroup", "-q")


def test(arguments: Sequence[str]) -> int:
    """Run every check. Pytest arguments narrow the run to pytest alone. Returns the exit code.

    The browser tests count: without a browser the run fails, unless `--without-browser` asked for that.
    """
    venv.ensure("test")
    started = time.monotonic()
    left_out = WITHOUT_BROWSER in arguments
    chosen = [argument for argument in arguments if argument not in {WITHOUT_BROWSER, BRANCHES}]
    measured = MEASURED if BRANCHES in arguments else ()
    has_browser = not left_out and browser.get() is not None
    with services.throwaway() as env, Beside({} if chosen else _static(), env) as static:
        say.step("tests, and beside them: " + ", ".join(static.commands) if static.commands else "tests")
        tests_passed = _passes([*_pytest(chosen, has_browser), *measured], env)
        failed = static.failed()
        if not tests_passed:
            failed.append("tests")
    if not has_browser:
        say.trouble("the tests that need a browser DID NOT RUN: journeys, accessibility, screen widths.")
    if not has_browser and not left_out:
        failed.append("browser tests (no Chromium here and none could be fetched; install one)")
    took = time.monotonic() - started
    if failed:
        say.trouble(f"FAILED after {took:.0f} s: {', '.join(failed)}.")
        return 1
    say.step(
        f"everything that ran passed in {took:.0f} s." if left_out else f"everything passed in {took:.0f} s."
    )
    return 0


def _pytest(chosen: Sequence[str], has_browser: bool) -> list[str]:
    options = list(chosen) or list(WHOLE)
    return [str(venv_python()), "-m", "pytest", *options, *([] if has_browser else [WITHOUT_BROWSER])]


def _static() -> dict[str, list[str]]:
    found = {name: [venv_tool(tool), *rest] for name, (tool, *rest) in STATIC}
    return {
        **found,
        "migrations": [str(venv_python()), "manage.py", "makemigrations", "--check", "--dry-run"],
    }


def _passes(argv: Sequence[str], env: Mapping[str, str]) -> bool:
    return subprocess.run(list(argv), env=dict(env), cwd=ROOT, check=False).returncode == 0


class Beside:
    """Commands that run one after another while the tests do, and say what they have to say at the end.

    The tests do not fill the machine all the time: not while the database they start from is made, and not
    when the last ones end.
    """

    def __init__(self, commands: Mapping[str, list[str]], env: Mapping[str, str]) -> None:
        self.commands, self._env = commands, env
        self._said: dict[str, tuple[int, str]] = {}
        self._running: subprocess.Popen[str] | None = None
        self._is_ended, self._starting = False, threading.Lock()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def failed(self) -> list[str]:
        """Waits for them, prints what they said, and names those that failed."""
        self._thread.join()
        for name, (_, said) in self._said.items():
            say.step(f"{name}: {' '.join(self.commands[name][1:])}")
            say.line(said.rstrip())
        return [name for name, (code, _) in self._said.items() if code]

    def __exit__(self, *_: object) -> None:
        with self._starting:
            self._is_ended = True
            if self._running:
                self._running.kill()
        self._thread.join()

    def _run(self) -> None:
        pipes: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL}
        for name, argv in self.commands.items():
            with self._starting:
                if self._is_ended:
                    return
                self._running = subprocess.Popen(argv, env=dict(self._env), cwd=ROOT, text=True, **pipes)
            said, _ = self._running.communicate()
            self._said[name] = (self._running.returncode, said)
