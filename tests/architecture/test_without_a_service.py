"""A service can be taken out: its lines leave the composition root, and what is left boots and works.

Here the product without each service starts, and the one without any works. That it works without each, going
on from the database of the one without any, is a row of `dev.py faults` (tests/faults/scenarios/services.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.left import Left, copied, services
from tests.architecture.taking_out import without

pytestmark = pytest.mark.xdist_group("without")  # one place for all copies


def test_the_services_are_found() -> None:
    assert services() == ["alerts", "appeals", "families", "partners", "rhi", "textsafe"]


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
    """Where each copy stands in its turn."""
    return tmp_path_factory.mktemp("without")


@pytest.mark.slow
def test_what_is_left_without_any_migrates_an_empty_database_and_works_on_incidents(place: Path) -> None:
    """Before the others: they stand at the same place in their turn."""
    with copied(place, *services()) as nothing:
        done = nothing.works()
    assert done.returncode == 0, done.stdout[-5000:]
    assert " passed" in done.stdout


@pytest.fixture(scope="module", params=services())
def left(request: pytest.FixtureRequest, place: Path) -> Iterator[Left]:
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
