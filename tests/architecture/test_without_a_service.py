"""A service can be taken out: its lines leave the composition root, and what is left boots and works."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.taking_out import copy_without, without
from tests.processes import compiled_in

pytestmark = pytest.mark.xdist_group("without")  # the copy is made once
ROOT = Path(__file__).resolve().parents[2]
# What must go on working whatever service is missing: an incident from report to closing, and its pages.
TESTS = ("tests/missingcases/test_one_incident.py", "tests/missingcases_pages/test_reach.py")


def services() -> list[str]:
    """The packages above `missingcases` and below the composition root."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = next(one["layers"] for one in contracts if one["name"].startswith("A floor imports"))
    between = floors[1 : floors.index("missingcases")]
    return [name.strip() for floor in between for name in floor.split("|")]


def test_the_services_are_found() -> None:
    assert services() == ["appeals", "families", "rhi", "textsafe"]


def test_taking_out_leaves_everything_else() -> None:
    source = """
from textsafe import subscribers as t
from other import subscribers as o
ROUTES = {Event: Route(together=(t.stop, o.stop), afterwards=(t.go,)), Other: Route()}
ENTRIES = {"a": {"task": "textsafe.go", "every": 1}, "b": {"task": "other.go"}, "sms:textsafe": t.X}
urlpatterns = [path("textsafe/", include("textsafe.urls")), path("", include("other.urls"))]
ALL = (*t.MERGE, *o.MERGE)
WORDS = "a sentence on textsafe"
"""
    assert without("textsafe", source).splitlines() == [
        "from other import subscribers as o",
        "ROUTES = {Event: Route(together=(o.stop,), afterwards=()), Other: Route()}",
        "ENTRIES = {'b': {'task': 'other.go'}}",
        "urlpatterns = [path('', include('other.urls'))]",
        "ALL = (*o.MERGE,)",
        "WORDS = 'a sentence on textsafe'",
    ]


@pytest.fixture(scope="module", params=services())
def left(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The service's name and a copy of the product without it."""
    target = tmp_path_factory.mktemp("without") / "harbour"
    target.mkdir()
    copy_without(request.param, ROOT, target)
    return request.param, target


def run(target: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    """Run Python there, with nothing of this checkout in its path."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    return subprocess.run(
        [sys.executable, *argv],
        env=compiled_in(target, {**env, "PYTHONPATH": str(target)}),
        cwd=target,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_it_is_really_gone(left) -> None:
    service, target = left
    code = f"import importlib.util, config; print(importlib.util.find_spec('{service}'), config.__file__)"
    assert run(target, "-c", code).stdout.split() == ["None", str(target / "config" / "__init__.py")]


@pytest.mark.parametrize(
    "command", [["check"], ["makemigrations", "--check", "--dry-run"], ["state_diagrams", "--help"]]
)
def test_what_is_left_starts(left, command: list[str]) -> None:
    _, target = left
    done = run(target, "manage.py", *command)
    assert done.returncode == 0, done.stderr[-3000:]


def test_nothing_that_is_left_calls_what_is_gone(left) -> None:
    """An entry of a list goes with its service; a line in a function stays, and would fail when it runs."""
    _, target = left
    done = run(target, "-m", "ruff", "check", "--isolated", "--select", "F821", "config", "tests")
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_what_is_left_migrates_an_empty_database_and_works_on_incidents(left) -> None:
    """Its own test run makes a database, migrates it, takes an incident to its end and opens its pages."""
    _, target = left
    done = run(target, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *TESTS)
    assert done.returncode == 0, done.stdout[-5000:]
    assert " passed" in done.stdout
