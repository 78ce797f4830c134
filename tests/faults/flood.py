"""A flood of real TextSafe requests, and the patience and hurry that a fault needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.db.models import F, QuerySet
from django.utils import timezone

from foundation.actors import Actor
from foundation.messaging import tasks
from foundation.messaging.models import Message
from foundation.messaging.services.reconcile import NOT_THERE_AFTER
from missingcases import services as cases
from missingcases.models import Incident
from tests.processes import wait_until
from textsafe.models import Request
from textsafe.services.requests import ask_for_text
from textsafe.services.screening import approve_request

GOOD = {
    "verified": "yes",
    "place": "with_person",
    "held_by": "person",
    "read_by_others": "no",
    "wants_no_contact": "no",
}
ENDED = frozenset({"sent", "delivered", "failed", "expired", "cancelled", "suppressed", "unknown"})


@dataclass
class Flood:
    """Who asks, and the requests that were asked for: each of them means one text."""

    officer: Actor
    supervisor: Actor
    screener: Actor
    requests: list[int] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(100))

    def another(self) -> Flood:
        """The same people, who have asked for nothing yet; its texts go to other numbers."""
        return replace(self, requests=[])

    def report(self, *, level: str = "medium") -> Incident:
        """A new incident, graded; at medium risk a text may go at any hour."""
        incident = cases.report_incident(
            actor=self.officer, person=cases.PersonDetails(given_names="Demo", estimated_age=30)
        )
        given = cases.Assessment(information="Not home.", given_by="Sister", given_at=timezone.now())
        cases.grade_missing(actor=self.supervisor, incident_id=incident.pk, level=level, assessment=given)
        return incident

    def ask(self, *, level: str = "medium") -> Request:
        """One incident with one text asked for, to a number nobody was texted at, and approved."""
        request = ask_for_text(
            actor=self.officer,
            incident_id=self.report(level=level).pk,
            form_token=uuid4(),
            phone_id=None,
            number=self.new_number(),
            answers=GOOD,
        )
        return self.approve(request)

    def approve(self, request: Request) -> Request:
        """The charity lets it go; from now on it is one of those that are counted."""
        self.requests.append(request.pk)
        return approve_request(
            actor=self.screener, request_id=request.pk, age_group="adult", language="en", seen=[]
        )

    def ask_many(self, times: int = 6) -> None:
        """So many incidents with a text each."""
        for _ in range(times):
            self.ask()

    def new_number(self) -> str:
        """The next of 07700 900xxx, which belong to nobody."""
        return f"07700 900{next(self.numbers):03d}"

    @property
    def messages(self) -> QuerySet[Message]:
        """The messages of these requests."""
        return Message.objects.filter(owner_label="textsafe.Request", owner_id__in=self.requests)

    def standing_as(self, *statuses: str) -> int:
        """How many of them stand so."""
        return self.messages.filter(status__in=statuses).count()

    def wait_for(self, *statuses: str, at_least: int = 1, seconds: float = 180) -> None:
        """Until so many stand so."""
        wait_until(
            lambda: self.standing_as(*statuses) >= at_least, f"{at_least} to be {statuses}", seconds=seconds
        )

    def wait_until_ended(self, *, seconds: float = 240) -> None:
        """Until none is queued or being sent, and what is unknown was looked for at the provider."""
        wait_until(self._ended, f"every message to end ({self.standing})", seconds=seconds)

    def all_stand(self, *statuses: str, seconds: float = 180) -> None:
        """Wait until every one stands so."""
        self.wait_for(*statuses, at_least=len(self.requests), seconds=seconds)

    @property
    def standing(self) -> dict[str, int]:
        """How many stand how."""
        return {status: self.standing_as(status) for status in (*sorted(ENDED), "queued", "sending")}

    def _ended(self) -> bool:
        return self.standing_as(*ENDED) >= len(self.requests)

    def clear_up(self, *, rounds: int = 6) -> None:
        """Let the time go by after which lost claims are called unknown, and unknown ones looked for.

        Not before what is on its way has had its own time: called lost in a slow worker's hand, it would be
        sent by another as well.
        """
        try_until(self._is_clear, seconds=12)
        for _ in range(rounds):
            if self._is_clear():
                return
            self.let_time_pass()
            tasks.look_after.delay()
            try_until(self._is_clear, seconds=12)
        self.wait_until_ended()

    def _is_clear(self) -> bool:
        return self._ended() and not self.standing_as("unknown")

    def let_time_pass(self) -> None:
        """As if it were later: what was claimed was claimed longer ago, what waits need not."""
        ago = NOT_THERE_AFTER + timedelta(seconds=30)
        self.messages.filter(status__in=["sending", "unknown"]).update(claimed_at=F("claimed_at") - ago)
        self.messages.filter(status__in=["queued", "unknown"]).update(next_attempt_at=timezone.now())


def try_until(condition: Callable[[], bool], *, seconds: float) -> None:
    """Wait for it a while; whoever asks looks again."""
    try:
        wait_until(condition, "it", seconds=seconds)
    except AssertionError:
        return
