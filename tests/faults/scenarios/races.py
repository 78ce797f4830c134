"""Two officers and eight workers on one incident."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

from django.db import connection

from foundation.access import Refused
from foundation.messaging import tasks
from tests.faults.counting import account
from tests.faults.flood import GOOD, Flood
from tests.faults.product import Product
from tests.processes import wait_until
from textsafe.models import Request
from textsafe.services.requests import ask_for_text
from textsafe.services.screening import approve_request

WORKERS = 8
PRESSES = 4


def test_one_incident(
    product: Product, flood: Flood, second_met_officer: Any, second_caseworker: Any
) -> None:
    """Both press twice at once, two screeners approve at once, each worker is told to send it."""
    product.start_public()
    incident, number = flood.report(), flood.new_number()
    officers = (flood.officer, second_met_officer.actor)
    tokens = (uuid4(), uuid4())

    def ask(turn: int) -> None:
        ask_for_text(
            actor=officers[turn % 2],
            incident_id=incident.pk,
            form_token=tokens[turn % 2],
            phone_id=None,
            number=number,
            answers=GOOD,
        )

    together([lambda turn=turn: ask(turn) for turn in range(PRESSES)])
    request = Request.objects.get(incident=incident)
    screeners = (flood.screener, second_caseworker.actor)
    refused = together([lambda actor=actor: _approve(actor, request.pk) for actor in screeners])
    assert sorted(refused) == [False, True]
    flood.requests.append(request.pk)

    message = flood.messages.get()
    for _ in range(WORKERS):
        tasks.send.apply_async(args=[message.pk], queue=message.lane)
    product.start_workers(concurrency=WORKERS)
    product.processes.beat()
    flood.clear_up()
    wait_until(lambda: _told(product, message.lane) > WORKERS, "every worker to have been told", seconds=120)
    account(
        "two officers and eight workers on one incident",
        flood,
        product.provider,
        hit=_told(product, message.lane),
        intended=1,
    )


def _approve(actor: Any, request_id: int) -> bool:
    """Whether it was refused, as the other was first."""
    try:
        approve_request(actor=actor, request_id=request_id, age_group="adult", language="en", seen=[])
    except Refused:
        return True
    return False


def _told(product: Product, lane: str) -> int:
    """How often a worker was told to send."""
    return product.processes.log(f"worker-{lane}").count("Task messaging.send[")


def together(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run them in threads that start at the same moment."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
