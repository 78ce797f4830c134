"""`dev.py test`: everything that must be green, on servers of its own."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence

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
    with services.throwaway() as env:
        failed = [] if chosen else _static(env)
        if not _run("tests", [*_pytest(chosen, has_browser), *measured], env):
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


def _static(env: Mapping[str, str]) -> list[str]:
    failed = [name for name, (tool, *rest) in STATIC if not _run(name, [venv_tool(tool), *rest], env)]
    check = [str(venv_python()), "manage.py", "makemigrations", "--check", "--dry-run"]
    return failed if _run("migrations", check, env) else [*failed, "migrations"]


def _run(name: str, argv: Sequence[str], env: Mapping[str, str]) -> bool:
    say.step(f"{name}: {argv[0].rsplit('/', 1)[-1]} {' '.join(argv[1:])}")
    return subprocess.run(list(argv), env=dict(env), cwd=ROOT, check=False).returncode == 0
