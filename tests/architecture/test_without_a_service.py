"""A service can be taken out: its lines leave the composition root, and what is left boots and works."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import isolation
from tests.architecture.taking_out import copy_without, without
from tests.processes import compiled_in

pytestmark = pytest.mark.xdist_group("without")  # the copy is made once
ROOT = Path(__file__).resolve().parents[2]
# What must go on working whatever service is missing: an incident from report to closing, and its pages.
TESTS = ("tests/missingcases/test_one_incident.py", "tests/missingcases_pages/test_reach.py")


@dataclass(frozen=True)
class Left:
    """The product without some services, in a folder of its own."""

    without: tuple[str, ...]
    folder: Path

    def run(self, *argv: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run Python there, with nothing of this checkout in its path."""
        env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
        here = {"PYTHONPATH": str(self.folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
        return subprocess.run(
            [sys.executable, *argv],
            env=compiled_in(self.folder.parent, {**env, **here, **more}),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


def services() -> list[str]:
    """The packages above `missingcases` and below the composition root."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = next(one["layers"] for one in contracts if one["name"].startswith("A floor imports"))
    between = floors[1 : floors.index("missingcases")]
    return [name.strip() for floor in between for name in floor.split("|")]


def test_the_services_are_found() -> None:
    assert services() == ["alerts", "appeals", "families", "rhi", "textsafe"]


def test_taking_out_leaves_everything_else() -> None:
    source = """
from textsafe import subscribers as t
from other import subscribers as o
ROUTES = {Event: Route(together=(t.stop, o.stop), afterwards=(t.go,)), Other: Route()}
ENTRIES = {"a": {"task": "textsafe.go", "every": 1}, "b": {"task": "other.go"}, "sms:textsafe": t.X}
urlpatterns = [path("textsafe/", include("textsafe.urls")), path("", include("other.urls"))]
ALL = (*t.MERGE, *o.MERGE)
ANONYMOUS: Handler = t.take
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


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each copy stands in its turn: at one address all that is the same is compiled once."""
    return tmp_path_factory.mktemp("without")


@contextlib.contextmanager
def copied(place: Path, *services: str) -> Iterator[Left]:
    """A copy of the product without these services."""
    folder = place / "harbour"
    folder.mkdir()
    copy_without(services, ROOT, folder)
    yield Left(services, folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def bare(place: Path) -> Iterator[str]:
    """A database migrated from empty by the product without any service.

    The products without one go on from there: what is common to all is migrated once.
    """
    server, name = os.environ["DATABASE_URL"], f"bare_{secrets.token_hex(4)}"
    isolation.make_database(server, name)
    with copied(place, *services()) as nothing:
        done = nothing.run("manage.py", "migrate", "-v", "0", DATABASE_URL=isolation.with_path(server, name))
    assert done.returncode == 0, done.stderr[-3000:]
    yield name
    isolation.drop_database(server, name)


@pytest.fixture(scope="module", params=services())
def left(request: pytest.FixtureRequest, place: Path, bare: str) -> Iterator[Left]:
    """The product without one service."""
    with copied(place, request.param) as product:
        yield product


# In one process: each start would load all of Django and the product again.
STARTS = """
import importlib.util, sys
from django.core.management import execute_from_command_line
import config

print(importlib.util.find_spec(sys.argv[1]), config.__file__)
for words in (["check"], ["makemigrations", "--check", "--dry-run"], ["state_diagrams", "--help"]):
    try:
        execute_from_command_line(["manage.py", *words])
    except SystemExit as end:
        if end.code:
            sys.exit(f"{words[0]} ended with {end.code}")
"""


def test_it_is_really_gone_and_what_is_left_starts(left: Left) -> None:
    done = left.run("-c", STARTS, *left.without)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    assert done.stdout.splitlines()[0].split() == ["None", str(left.folder / "config" / "__init__.py")]
    assert "usage: manage.py state_diagrams" in done.stdout


def test_nothing_that_is_left_calls_what_is_gone(left: Left) -> None:
    """An entry of a list goes with its service; a line in a function stays, and would fail when it runs."""
    done = left.run("-m", "ruff", "check", "--isolated", "--select", "F821", "config", "tests")
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_what_is_left_migrates_an_empty_database_and_works_on_incidents(left: Left, bare: str) -> None:
    """Its own test run migrates a database, takes an incident to its end and opens its pages."""
    argv = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *TESTS)
    done = left.run(*argv, HARBOUR_TEST_BEGINNING=bare)
    assert done.returncode == 0, done.stdout[-5000:]
    assert " passed" in done.stdout
