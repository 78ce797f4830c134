"""A flood of real TextSafe requests, and the count at the end."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import seals
from foundation.messaging.models import Message
from foundation.sandbox.control import Control
from missingcases import services as cases
from tests.processes import wait_until
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


def ask(officer: Actor, supervisor: Actor, screener: Actor, number: int) -> None:
    """One incident, graded, with one text asked for to 07700 900xxx and approved by the charity."""
    incident = cases.report_incident(
        actor=officer, person=cases.PersonDetails(given_names="Demo", estimated_age=30)
    )
    assessment = cases.Assessment(information="Not home.", given_by="Sister", given_at=timezone.now())
    cases.grade_missing(actor=supervisor, incident_id=incident.pk, level="medium", assessment=assessment)
    request = ask_for_text(
        actor=officer,
        incident_id=incident.pk,
        form_token=uuid4(),
        phone_id=None,
        number=f"07700 900{number:03d}",
        answers=GOOD,
    )
    approve_request(actor=screener, request_id=request.pk, age_group="adult", language="en", seen=[])


def ask_many(officer: Actor, supervisor: Actor, screener: Actor, numbers: Iterable[int]) -> int:
    """Ask for one text to each number; returns how many were asked for."""
    return sum(1 for number in numbers if ask(officer, supervisor, screener, number) is None)


def wait_until_ended(*, seconds: float = 60) -> None:
    """Until no message is queued or being sent."""
    wait_until(
        lambda: not Message.objects.exclude(status__in=ENDED).exists(), "every message", seconds=seconds
    )


def seal_everything() -> bool:
    """Seal what was written and prove the chain."""
    for _ in range(200):
        seals.seal()
        verdict = seals.verify()
        if verdict.intact and not verdict.unsealed:
            return True
    return False


def account(fault: str, intended: int, provider: Control) -> None:
    """Count, write the row of the table, and assert that it adds up."""
    sent = {text["reference"] for text in provider.texts() if text.get("reference")}
    unknown = Message.objects.filter(status="unknown").exclude(reference__in=sent).count()
    refused = Message.objects.filter(status__in=["failed", "cancelled", "expired", "suppressed"])
    not_sent = refused.exclude(reference__in=sent).count()
    accepted, doubled = provider.accepted(), sum(provider.doubled().values())
    sealed = seal_everything()
    adds_up = accepted + unknown + not_sent == intended and doubled == 0 and sealed
    row = {
        "fault": fault,
        "intended": intended,
        "accepted": accepted,
        "unknown": unknown,
        "not sent": not_sent,
        "doubled": doubled,
        "audit sealed": "yes" if sealed else "NO",
        "verdict": "holds" if adds_up else "BROKEN",
    }
    with Path(os.environ["HARBOUR_FAULTS"]).open("a") as stream:
        stream.write(json.dumps(row) + "\n")
    assert adds_up, row
