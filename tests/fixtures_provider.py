"""The stand-in text provider as a fixture: a real HTTP server speaking Twilio's protocol."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from foundation.sandbox.control import Control


@pytest.fixture
def provider(
    request: pytest.FixtureRequest, settings: Any, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Control]:
    """A running provider, empty, that our gateways talk to; yields the handle to break and read it.

    It commits to its own tables in threads of its own, so take it with `committing_db` (where its
    callbacks are to find our rows) or with the django_db mark (where only the gateway is tested).
    Callbacks go to `settings.PUBLIC_BASE_URL`; set it before the first text.
    """
    if "committing_db" in request.fixturenames:
        request.getfixturevalue("committing_db")
    from foundation.sandbox.server import Provider

    settings.SANDBOX_PACE = 0.02
    settings.SANDBOX_RETRY = 0.02
    settings.TWILIO_TIMEOUT = 3
    with django_db_blocker.unblock():
        running = Provider()
        running.start()
        settings.TWILIO_BASE_URL = running.url
        settings.EMAIL_PORT = running.mail_port
        control = Control(running.url)
        try:
            control.reset()
            yield control
            control.reset()
        finally:
            running.stop()


@pytest.fixture
def handed_over(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When each text to many left its worker, by the monotonic clock.

    On a busy machine the provider has one a while later: that says nothing of when it was let go.
    """
    from foundation.messaging.services.handing import Handing
    from foundation.messaging.services.line_run import LineRun

    moments: list[float] = []
    decide = LineRun._next

    def noting(run: LineRun) -> tuple[float, Handing | None]:
        wait, one = decide(run)
        if one is not None:
            moments.append(time.monotonic())
        return wait, one

    monkeypatch.setattr(LineRun, "_next", noting)
    return moments
