"""From the commit of a finding until every partner who showed the appeal has heard and answered.

Writing down what they answered comes after it and is told beside: nobody shows the appeal any longer for it.
The peer tells one after another, over one kept connection, as a loop over outlets does; the limit is one call
to one partner: with all at once, that is what it would take if calls and writing cost nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from statistics import median

import requests
from django.conf import settings
from django.db import connection, transaction

from appeals import delivery
from appeals.models import Placement
from benchmarks.load import Check, Goal, Load, Ready, Took
from benchmarks.loads.textsafe import Desk
from benchmarks.made_outlets import Partners, made_on, outlets
from missingcases.models import Incident
from tests.missingcases.making import located


def _prepare(_rows: int, *, count: int) -> Ready:
    settings.OUTLET_ALLOWED_HOSTS = ["127.0.0.1"]
    partners, desk = Partners(), Desk()
    shown_by = outlets(partners, count)
    session = requests.Session()
    session.trust_env = False
    told: list[int] = []
    written: list[float] = []

    def ours() -> Took:
        incident = desk.incident()
        appeal = made_on(incident, shown_by)
        begun = committed(desk, incident)
        delivery.tell_outlets(appeal.pk)
        written.append((time.perf_counter() - begun) * 1000)
        took = partners.last_answered() - begun
        told.append(Placement.objects.filter(appeal=appeal, status="told").count())
        return Took(took)

    def one_after_another(many: int) -> Callable[[], Took]:
        def run() -> Took:
            begun = time.perf_counter()
            for number in range(many):
                session.post(partners.address(number), json={"type": "appeal.withdrawn"}, timeout=10)
            return Took(time.perf_counter() - begun)

        return run

    def counters() -> dict[str, float]:
        incident = desk.incident()
        appeal = made_on(incident, shown_by)
        committed(desk, incident)
        statements: list[str] = []

        def note(execute: Callable[..., object], sql: str, *rest: object) -> object:
            statements.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            delivery.tell_outlets(appeal.pk)
        return {"statements": len(statements), "ms until it is written down": median(written)}

    return Ready(
        ours=ours,
        peer=one_after_another(count),
        limit=one_after_another(1),
        counters=counters,
        checks=lambda: [Check("told each time", f"{min(told)} of {count}", min(told) == count)],
        close=partners.stop,
    )


def committed(desk: Desk, incident: Incident) -> float:
    """Record that the person is found; when that was committed."""
    at: list[float] = []
    with transaction.atomic():
        transaction.on_commit(lambda: at.append(time.perf_counter()))
        located(desk.actor, incident)
    return at[0]


def load(count: int, limit: float) -> Load:
    """With so many partners, told within `limit` times what the slowest takes."""
    return Load(
        f"appeals_told_{count}",
        f"located, {count} channels that answer in 50 ms",
        Goal(limit=1 / limit),
        partial(_prepare, count=count),
        rounds=9 if count < 100 else 5,
        grows="ms",
        writes=True,
    )
