"""`dev.py test`: everything that must be green, on servers of its own."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence

from launcher import say, services, venv
from launcher.places import ROOT, venv_python, venv_tool

STATIC = (
    ("code style", ("ruff", "check", ".")),
    ("formatting", ("ruff", "format", "--check", ".")),
    ("templates", ("djlint", "templates", "--lint", "--quiet")),
    ("floors and rooms", ("lint-imports", "--no-logo")),
    ("types", ("mypy",)),
)


def test(arguments: Sequence[str]) -> int:
    """Run every check. Pytest arguments narrow the run to pytest alone. Returns the exit code."""
    venv.ensure("test")
    started = time.monotonic()
    with services.throwaway() as env:
        failed = [] if arguments else _static(env)
        if not _run("tests", _pytest(arguments), env):
            failed.append("tests")
    took = time.monotonic() - started
    if failed:
        say.trouble(f"FAILED after {took:.0f} s: {', '.join(failed)}.")
        return 1
    say.step(f"everything passed in {took:.0f} s.")
    return 0


def _pytest(arguments: Sequence[str]) -> list[str]:
    chosen = list(arguments) or ["-n", "2", "--dist", "loadgroup", "-q"]
    return [str(venv_python()), "-m", "pytest", *chosen]


def _static(env: Mapping[str, str]) -> list[str]:
    failed = [name for name, (tool, *rest) in STATIC if not _run(name, [venv_tool(tool), *rest], env)]
    check = [str(venv_python()), "manage.py", "makemigrations", "--check", "--dry-run"]
    return failed if _run("migrations", check, env) else [*failed, "migrations"]


def _run(name: str, argv: Sequence[str], env: Mapping[str, str]) -> bool:
    say.step(f"{name}: {argv[0].rsplit('/', 1)[-1]} {' '.join(argv[1:])}")
    return subprocess.run(list(argv), env=dict(env), cwd=ROOT, check=False).returncode == 0
