"""The transaction that records a finding: with an appeal live at twenty partners, and without one."""

from __future__ import annotations

import time

from django.db import connection, transaction

from benchmarks.load import Goal, Load, Ready, Took
from benchmarks.loads.textsafe import Desk
from benchmarks.made_outlets import Partners, made_on, outlets
from missingcases.models import Incident
from tests.missingcases.making import located

PARTNERS = 20


def _prepare(_rows: int) -> Ready:
    partners, desk = Partners(), Desk()
    shown_by = outlets(partners, PARTNERS)
    partners.stop()

    def closed(incident: Incident) -> Took:
        begun = time.perf_counter()
        located(desk.actor, incident)
        return Took(time.perf_counter() - begun)

    def ours() -> Took:
        incident = desk.incident()
        made_on(incident, shown_by)
        return closed(incident)

    def commit() -> Took:
        incident = desk.incident()
        begun = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE missingcases_incident SET version = version WHERE id = %s", [incident.pk])
        return Took(time.perf_counter() - begun)

    return Ready(ours=ours, peer=lambda: closed(desk.incident()), limit=commit)


LOAD = Load(
    "appeals_closing",
    "the closing transaction, appeal at 20 partners",
    Goal(peer=0.5),
    _prepare,
    rounds=15,
    grows="ms",
    writes=True,
)
