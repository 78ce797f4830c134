"""The fixtures every test may use. Servers come from `python3 dev.py test` or `dev.py services`."""

from __future__ import annotations

import gc
import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests import isolation

pytest_plugins = [
    "tests.fixtures_home",
    "tests.fixtures_public_role",
    "tests.fixtures_processes",
    "tests.fixtures_provider",
    "tests.cast",
]


# How fast the machine is today is no property of the code.
hypothesis.settings.register_profile(
    "here", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--without-browser", action="store_true", help="leave out the tests that need Chromium")


def pytest_configure(config: pytest.Config) -> None:
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        raise pytest.UsageError(
            "no servers: run `python3 dev.py test ...` or `python3 dev.py services -- .venv/bin/pytest ...`"
        )
    if os.environ.get("HARBOUR_ENV") != "test":
        raise pytest.UsageError("HARBOUR_ENV must be `test`")
    number = isolation.worker_number() * isolation.REDIS_DATABASES_A_WORKER
    isolation.use_redis(isolation.with_path(os.environ["REDIS_URL"], str(number)))


# The folders whose single tests take longest go first: no process is left with one at the end.
LONGEST = ("tests/walls/", "tests/config/", "tests/api/")


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that takes `browser`, `page` or `live_stack` need not be marked by hand."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if names & {"browser", "page", "browser_context"}:
            item.add_marker("browser")
        if "_stack" in names:
            item.add_marker(pytest.mark.xdist_group("stack"))  # one process, so that it starts once
    if config.getoption("--without-browser"):
        left_out = [item for item in items if item.get_closest_marker("browser")]
        items[:] = [item for item in items if not item.get_closest_marker("browser")]
        config.hook.pytest_deselected(items=left_out)


def pytest_collection_finish() -> None:
    """The tests too are loaded by now, and stay to the end."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much of the matrix of the walls was run (docs/walls.md)."""
    for report in terminalreporter.stats.get("passed", []):
        for name, said in report.user_properties:
            if name == "walls":
                terminalreporter.write_line(f"walls: {said}")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker, tmp_path_factory, request) -> Iterator[None]:
    """Migrate one template in the whole run; every process works on a clone of it."""
    url = os.environ["DATABASE_URL"]
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", secrets.token_hex(4))[:8]
    kept = isolation.kept_template()
    template = kept or f"template_{run}"
    name = f"test_{run}_{isolation.worker_number()}"
    with django_db_blocker.unblock():
        shared = Path(tempfile.gettempdir()) if kept else tmp_path_factory.getbasetemp().parent
        with isolation.only_one_process(shared / f"{template}.lock"):
            if not isolation.database_exists(url, template):
                isolation.migrate_template(url, template)
        isolation.clone_database(url, template=template, name=name)
        before = isolation.use_database(name)
    os.environ["HARBOUR_TEST_TEMPLATE"] = template
    yield
    with django_db_blocker.unblock():
        isolation.use_database(before)
        isolation.drop_database(url, name)
        if not isolation.is_distributed() and not kept:
            isolation.drop_database(url, template)


@pytest.fixture
def redis_url() -> Iterator[str]:
    """An empty Redis database of this test's own; the cache and Celery of this process use it."""
    before = os.environ["REDIS_URL"]
    url = isolation.next_redis_url(before)
    isolation.use_redis(url)
    yield url
    isolation.use_redis(before)


@pytest.fixture
def committing_db(request, django_db_setup, django_db_blocker) -> Iterator[str]:
    """A migrated database of this test's own in which commits are real; yields its DATABASE_URL.

    Threads of this process use it, and so do subprocesses, as DATABASE_URL points at it meanwhile.
    Not together with `db` or the django_db mark, which wrap the test in a transaction.
    """
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        raise pytest.UsageError("committing_db and django_db do not go together in one test")
    with isolation.throwaway_database(os.environ["HARBOUR_TEST_TEMPLATE"], django_db_blocker) as url:
        yield url
