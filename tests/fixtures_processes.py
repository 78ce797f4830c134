"""Fixtures of real processes: Celery workers, beat, the two web sites, a browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from foundation.sandbox.control import Control
from launcher import browser as finder
from tests import isolation
from tests.fixtures_public_role import for_database
from tests.network import Network, network_to
from tests.processes import LANES, ROOT, Processes


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    """Starts real processes and stops them; combine it with `committing_db` and `redis_url`."""
    started = Processes(tmp_path)
    yield started
    started.stop_all()


@pytest.fixture
def celery_workers(committing_db: str, redis_url: str, processes: Processes) -> Callable[..., Processes]:
    """`celery_workers("urgent", "bulk", beat=True)` starts those lanes (else all) and waits for them.

    They share this test's database and Redis. Returns the processes, to kill or read.
    """

    def start(*lanes: str, beat: bool = False, pool: str = "prefork", concurrency: int = 1) -> Processes:
        chosen = lanes or LANES
        for lane in chosen:
            processes.worker(lane, pool=pool, concurrency=concurrency)
        if beat:
            processes.beat()
        processes.wait_for_workers(*chosen)
        return processes

    return start


@dataclass(frozen=True)
class Stack:
    """The whole product, running: base addresses without a trailing slash."""

    staff: str
    public: str
    database_url: str
    redis_url: str
    processes: Processes
    provider: Control  # the stand-in for Twilio and the mail server; its pages are at `provider.url`


@pytest.fixture(scope="session")
def _stack(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any, public_server_url: str
) -> Iterator[Stack]:
    """Started once a session; `live_stack` points a test at it."""
    from django.db import connections

    server, home = os.environ["DATABASE_URL"], os.environ["REDIS_URL"]
    own = connections["default"].settings_dict["NAME"]
    url = isolation.next_redis_url(home)
    template = os.environ["HARBOUR_TEST_TEMPLATE"]
    with isolation.throwaway_database(template, django_db_blocker) as database_url:
        isolation.use_redis(url)
        started = Processes(tmp_path_factory.mktemp("stack"))
        try:
            public_url = for_database(public_server_url, database_url)
            stack = _start_stack(started, database_url, url, public_url)
            # Only a test that asks for it is pointed there: the others stay where they were.
            with django_db_blocker.unblock():
                isolation.use_database(own)
            os.environ["DATABASE_URL"] = server
            isolation.use_redis(home)
            yield stack
        finally:
            started.stop_all()
            isolation.use_redis(home)


def _start_stack(started: Processes, database_url: str, redis_url: str, public_url: str) -> Stack:
    from launcher import ports

    staff_port, public_port, provider_port, mail_port = (ports.pick() for _ in range(4))
    started.env = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "STAFF_BASE_URL": f"http://127.0.0.1:{staff_port}",
        "PUBLIC_BASE_URL": f"http://127.0.0.1:{public_port}",
        "TWILIO_BASE_URL": f"http://127.0.0.1:{provider_port}",
        "EMAIL_PORT": str(mail_port),
        "SANDBOX_PACE": "0.05",
        "SIGN_IN_ALLOWED_HOSTS": "127.0.0.1",
        "MEDIA_ROOT": str(started.folder / "media"),
    }
    provider = started.provider(port=provider_port)
    for lane in LANES:
        started.worker(lane, pool="threads", concurrency=2)
    started.beat()
    staff = started.web("staff", "config.urls", port=staff_port)
    public = started.web("public", "config.public_urls", port=public_port, DATABASE_URL=public_url)
    started.wait_for_workers(*LANES)
    return Stack(staff, public, database_url, redis_url, started, provider)


@pytest.fixture
def live_stack(_stack: Stack, django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[Stack]:
    """Real gunicorn (staff and public), a worker per lane and beat, on a database of their own.

    The processes are shared by the tests of a session, so what one made the next one finds: make your
    own organisations and people. This process's `default` and Redis point there during the test.
    """
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        raise pytest.UsageError("live_stack and django_db do not go together in one test")
    for name in _stack.processes.running:
        _stack.processes.check_alive(name)
    server, redis = os.environ["DATABASE_URL"], os.environ["REDIS_URL"]
    with django_db_blocker.unblock():
        before = isolation.use_database(_stack.database_url.rpartition("/")[2])
        isolation.use_redis(_stack.redis_url)
        os.environ["DATABASE_URL"] = _stack.database_url
        yield _stack
        os.environ["DATABASE_URL"] = server
        isolation.use_redis(redis)
        isolation.use_database(before)


# Milliseconds until something that should appear counts as missing: a busy machine is not a fault.
PATIENCE = 60_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium. Its tests are marked `browser` by themselves."""
    from playwright.sync_api import expect, sync_playwright

    path = finder.find()
    if path is None:
        pytest.fail("no Chromium or Chrome on this machine: run `python3 dev.py test`, which gets one")
    # Playwright keeps an event loop in this thread; the ORM here is not called from inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(path), args=finder.arguments())
        yield launched
        launched.close()


@pytest.fixture
def network(live_stack: Stack) -> Iterator[Network]:
    """A line to the staff site that can be cut, and is nobody else's."""
    with network_to(live_stack.staff) as line:
        yield line


@pytest.fixture
def site(live_stack: Stack) -> str:
    """Where `page` finds the staff site."""
    return live_stack.staff


@pytest.fixture
def page(browser: Any, site: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A fresh browser window on the staff site; a script error or a CSP refusal fails the test."""
    problems: list[str] = []
    context = browser.new_context(base_url=site, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(PATIENCE)
    window = context.new_page()
    window.on("pageerror", lambda error: problems.append(str(error)))
    window.on("console", lambda message: keep_refusals(message.text, problems))
    yield window
    if request.node.stash.get(FAILED, False):
        for tab in context.pages:
            keep_picture(tab, request.node.name)
    context.close()
    assert problems == []


def keep_picture(window: Any, name: str) -> None:
    """Keep what a failed test last saw, under var/test."""
    folder = ROOT / "var" / "test"
    folder.mkdir(parents=True, exist_ok=True)
    window.screenshot(path=str(folder / f"{name[:80].replace('/', '_')}.png"), full_page=True)


def keep_refusals(text: str, problems: list[str]) -> None:
    """Note a message of the console that tells of a refused script or style."""
    if "Content Security Policy" in text:
        problems.append(text)


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Let `page` know whether its test failed, for the screenshot."""
    outcome: Any = yield
    if call.when == "call" and outcome.get_result().failed:
        item.stash[FAILED] = True
