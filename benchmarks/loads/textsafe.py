"""TextSafe, from an officer's request to the call at the provider; also while very many others go."""

from __future__ import annotations

import http.client
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from threading import Event, Thread
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.utils import timezone

from benchmarks.arrivals import Arrivals
from benchmarks.flood import begin_flood, left_of_flood
from benchmarks.load import Check, Goal, Load, Ready, Took
from benchmarks.peers import celery_text
from config.celery import app
from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation, User
from foundation.actors import Actor
from foundation.messaging import numbers
from foundation.messaging.enums import Channel, Lane
from launcher.product import LANES
from missingcases import services as cases
from missingcases.models import Incident
from tests.processes import Processes
from textsafe.models import AutomationPolicy, Request
from textsafe.services import requests

FLOOD = 100_000
TIMES = 25
ANSWERS = {
    "verified": "yes",
    "place": "with_person",
    "held_by": "person",
    "read_by_others": "no",
    "wants_no_contact": "no",
}


def prepare(rows: int) -> Ready:
    """A stub provider, our worker of the urgent lane, and a worker for the peer."""
    folder = tempfile.TemporaryDirectory()
    arrivals, processes = Arrivals(), Processes(Path(folder.name))
    settings.TWILIO_BASE_URL = os.environ["TWILIO_BASE_URL"] = arrivals.url
    os.environ["LOG_LEVEL"] = "WARNING"
    app.control.purge()
    processes.worker("urgent", pool="threads", concurrency=LANES["urgent"])
    peers_worker(processes)
    processes.wait_for_workers("urgent", "peer")
    desk = Desk()

    def close() -> None:
        processes.stop_all()
        arrivals.stop()
        folder.cleanup()

    return Ready(
        ours=unit(desk, arrivals, desk.ask),
        peer=unit(desk, arrivals, desk.ask_peer),
        limit=unit(desk, arrivals, commit_and_post(arrivals.port)),
        checks=lambda: [under_flood(desk, arrivals, processes)],
        close=close,
    )


def peers_worker(processes: Processes) -> None:
    """As our own of a lane, with the peer's tasks."""
    argv = ["-m", "celery", "-A", "benchmarks.peers.celery_app", "worker", "-Q", celery_text.QUEUE]
    argv += ["-n", "peer@test", "--pool", "threads", "--concurrency", str(LANES["urgent"])]
    argv += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    processes.start("worker-peer", [sys.executable, *argv])


class Desk:
    """A force whose officers' requests go by rule, and incidents at high risk, which know no quiet hours."""

    def __init__(self) -> None:
        force, _ = Organisation.objects.get_or_create(
            code="bench_texts", defaults={"name": "Bench texts", "kind": OrganisationKind.POLICE_FORCE}
        )
        Organisation.objects.get_or_create(
            code="missing-people", defaults={"name": "Missing People", "kind": OrganisationKind.CHARITY}
        )
        policy = {"rules_screen_officers": True}
        AutomationPolicy.objects.get_or_create(organisation=force, defaults=policy)
        user = User.objects.filter(email="bench@force.example").first()
        user = user or User.objects.create_user("bench@force.example", None, full_name="Bench Officer")
        roles = frozenset({Role.POLICE_OFFICER, Role.POLICE_SUPERVISOR})
        kind = OrganisationKind.POLICE_FORCE
        self.numbers = _unused_numbers()
        self.actor = Actor(force.pk, roles, user_id=user.pk, organisation_kind=kind, source="benchmarks")

    def incident(self) -> Incident:
        """A missing fifteen-year-old at high risk."""
        person = cases.PersonDetails(given_names="Alex", family_name="Example", estimated_age=15)
        found = cases.report_incident(actor=self.actor, person=person, report=cases.ReportDetails())
        assessment = cases.Assessment(
            information="Left without a coat.",
            given_by="Her mother",
            given_at=timezone.now(),
            rationale="Cold night.",
        )
        cases.grade_missing(actor=self.actor, incident_id=found.pk, level="high", assessment=assessment)
        return found

    def ask(self, incident: Incident, number: str) -> None:
        """Our way."""
        requests.ask_for_text(
            actor=self.actor,
            incident_id=incident.pk,
            form_token=uuid4(),
            phone_id=None,
            number=number,
            answers=ANSWERS,
        )

    def ask_peer(self, incident: Incident, number: str) -> None:
        """The peer's."""
        celery_text.ask_for_text(actor=self.actor, incident_id=incident.pk, number=number, answers=ANSWERS)


def _unused_numbers() -> Iterator[str]:
    """Numbers kept for drama that nobody was texted at: a second text within a day would wait."""
    for last in range(200, 999):
        number = f"+447700900{last:03d}"
        if not Request.objects.filter(number_key=numbers.key_of(Channel.SMS, number)).exists():
            yield number


def unit(desk: Desk, arrivals: Arrivals, ask: Callable[[Incident, str], None]) -> Callable[[], Took]:
    """From the call of the service to the moment at which the provider has it."""

    def run() -> Took:
        incident, number = desk.incident(), next(desk.numbers)
        time.sleep(0.1)  # what the last one left to do is done by then
        begun = time.monotonic()
        ask(incident, number)
        return Took(arrivals.at(number) - begun)

    return run


def commit_and_post(port: int) -> Callable[[Incident, str], None]:
    """The least that could be done: one row committed, one call."""
    line = http.client.HTTPConnection("127.0.0.1", port)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_asked (incident bigint)")

    def ask(incident: Incident, number: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_asked VALUES (%s)", [incident.pk])
        line.request("POST", "/", f"To=%2B{number[1:]}")
        line.getresponse().read()

    return ask


def under_flood(desk: Desk, arrivals: Arrivals, processes: Processes, *, size: int = FLOOD) -> Check:
    """One text after another while the bulk lane sends what it can of `size`, beside the same when idle."""
    ours = unit(desk, arrivals, desk.ask)
    idle = [ours().seconds for _ in range(TIMES)]
    begin_flood(size)
    processes.worker("bulk", pool="threads", concurrency=LANES["bulk"])
    processes.wait_for_workers("bulk")
    with sweeping():
        time.sleep(2)
        before = left_of_flood()
        flooded = [ours().seconds for _ in range(TIMES)]
        sent = before - left_of_flood()
    times = median(flooded) / median(idle)
    seen = (
        f"{median(idle) * 1000:.0f} ms idle, {median(flooded) * 1000:.0f} ms in the flood, slowest "
        f"{max(flooded) * 1000:.0f} ms: {times:.2f} times; {sent:,} of the others went meanwhile"
    )
    return Check(
        f"at most 1.5 times its idle time among {size:,} bulk texts", seen, times <= 1.5 and sent > 0
    )


@contextmanager
def sweeping() -> Iterator[None]:
    """What beat does for the bulk lane, so often that its worker is never without work."""
    from foundation.messaging.tasks import sweep_lane

    done = Event()

    def kick() -> None:
        while not done.wait(2):
            sweep_lane.apply_async(args=[list(Lane).index(Lane.BULK)], queue="bulk")

    sweeper = Thread(target=kick)
    sweeper.start()
    try:
        yield
    finally:
        done.set()
        sweeper.join()


LOAD = Load(
    name="textsafe",
    title="TextSafe, request to provider",
    goal=Goal(peer=1),
    prepare=prepare,
    rounds=25,
    grows="ms",
    writes=True,
)
