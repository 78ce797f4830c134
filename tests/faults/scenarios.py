"""Every fault with the product's own processes: nothing is sent twice, nothing vanishes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F

from foundation.messaging.models import Message
from foundation.messaging.services.send import LOST_AFTER
from foundation.sandbox.control import Control
from foundation.sandbox.enums import FaultKind
from launcher import ports
from tests.faults.flood import account, ask_many, wait_until_ended
from tests.processes import Processes, wait_until

FLOOD = range(100, 110)


class Product:
    """Provider, public site, one worker for texts and beat, on this test's database and Redis."""

    def __init__(self, processes: Processes, provider: Control) -> None:
        self.processes = processes
        self.provider = provider

    def worker(self) -> None:
        """Start (again) the worker of the lanes that texts go through."""
        for lane in ("urgent", "normal"):
            self.processes.worker(lane)
        self.processes.wait_for_workers("urgent", "normal")

    def kill_workers(self) -> None:
        """kill -9 both."""
        for lane in ("urgent", "normal"):
            self.processes.kill(f"worker-{lane}")


@pytest.fixture
def product(committing_db, redis_url, processes, settings, met_officer, met_supervisor, charity) -> Product:
    provider_port, mail_port, public_port = ports.pick(), ports.pick(), ports.pick()
    public, provider = f"http://127.0.0.1:{public_port}", f"http://127.0.0.1:{provider_port}"
    settings.TWILIO_BASE_URL, settings.PUBLIC_BASE_URL, settings.EMAIL_PORT = provider, public, mail_port
    processes.env = {
        "PUBLIC_BASE_URL": public,
        "TWILIO_BASE_URL": provider,
        "EMAIL_PORT": str(mail_port),
        "SANDBOX_PACE": "0.02",
    }
    control = processes.provider(port=provider_port)
    processes.web("public", "config.public_urls", port=public_port)
    started = Product(processes, control)
    started.worker()
    processes.beat()
    return started


@pytest.fixture
def flood(met_officer, met_supervisor, caseworker) -> Callable[[], int]:
    return lambda: ask_many(met_officer.actor, met_supervisor.actor, caseworker.actor, FLOOD)


def test_a_worker_killed_during_the_call(product, flood) -> None:
    product.provider.break_(FaultKind.SLOW, times=3, seconds=3)
    intended = flood()
    wait_until(lambda: Message.objects.filter(status="sending").exists(), "a claimed message")
    product.kill_workers()
    product.worker()
    _let_time_pass()
    wait_until_ended(seconds=120)
    account("kill -9 of the workers during the call", intended, product.provider)


def _let_time_pass() -> None:
    """What a killed worker had claimed is thought lost after a while: that while goes by."""
    held = Message.objects.filter(status="sending")
    held.update(claimed_at=F("claimed_at") - LOST_AFTER - timedelta(seconds=1))
