"""An incident with a safe number, and the ways a text takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from foundation.messaging import numbers
from foundation.messaging.enums import Channel, Keyword, RawKind
from foundation.messaging.keywords import keyword_of
from foundation.messaging.models import Inbound, RawCallback
from foundation.messaging.services.suppression import suppress
from foundation.messaging.types import InboundText
from missingcases import services as cases
from missingcases.models import Incident, Phone
from textsafe import selectors
from textsafe.enums import Summary
from textsafe.models import Request
from textsafe.services import inbox, requests, screening

NUMBER = "+447700900123"
DAYTIME = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
SAFE_ANSWERS = {
    "verified": "yes",
    "place": "with_person",
    "held_by": "person",
    "read_by_others": "no",
    "wants_no_contact": "no",
}


@pytest.fixture
def clock():
    """Two in the afternoon, moved by hand: `clock.shift(hours)`."""
    with time_machine.travel(DAYTIME, tick=False) as traveller:
        yield traveller


def report(actor: Any, *, age: int | None = 15, **fields: Any) -> Incident:
    """A new incident with a person of that age."""
    return cases.report_incident(
        actor=actor,
        person=cases.PersonDetails(given_names="Alex", family_name="Example", estimated_age=age),
        report=cases.ReportDetails(**fields),
    )


def grade(incident: Incident, supervisor: Any, level: str = "low") -> None:
    """Graded as missing at a risk."""
    cases.grade_missing(
        actor=supervisor,
        incident_id=incident.pk,
        level=level,
        assessment=cases.Assessment(
            information="Left without a coat.",
            given_by="Her mother",
            given_at=timezone.now(),
            rationale="Cold night.",
        ),
    )


def locate(incident: Incident, actor: Any) -> None:
    """Found."""
    cases.record_located(
        actor=actor,
        incident_id=incident.pk,
        located_at=timezone.now(),
        found_by="own_return",
        source="Seen at home.",
    )


def phone_of(incident: Incident, actor: Any, number: str = NUMBER, **known: Any) -> Phone:
    """A number of the person on the record, safe unless told otherwise."""
    details: dict[str, Any] = {
        "kind": "mobile",
        "verified": True,
        "state": "with_person",
        "held_by": "person",
    }
    return cases.add_phone(
        actor=actor, incident_id=incident.pk, phone=cases.PhoneDetails(number=number, **(details | known))
    )


@pytest.fixture
def incident(clock, charity, met_officer) -> Incident:
    """A missing fifteen-year-old of the Met, not graded yet."""
    return report(met_officer.actor)


def ask(incident: Incident, actor: Any, **changes: Any) -> Request:
    """An officer asks for a text, with answers that leave nothing open."""
    given: dict[str, Any] = {
        "form_token": uuid4(),
        "phone_id": None,
        "number": NUMBER,
        "answers": SAFE_ANSWERS,
    }
    return requests.ask_for_text(actor=actor, incident_id=incident.pk, **(given | changes))


def approve(request: Request, actor: Any, **changes: Any) -> Request:
    """A screener approves, having seen everything there is to see."""
    given: dict[str, Any] = {
        "age_group": request.age_group or "child",
        "language": "en",
        "seen": [summary.value for summary in Summary],
    }
    return screening.approve_request(actor=actor, request_id=request.pk, **(given | changes))


def view(request: Request, now: datetime | None = None) -> Any:
    """The officer's view, read afresh."""
    request.refresh_from_db()
    return selectors.seen_by_officer(request, now=now or timezone.now())


def later(clock: Any, **delta: float) -> None:
    """Move the clock on."""
    clock.shift(timedelta(**delta))


def comes_in(body: str, sender: str = NUMBER) -> Inbound:
    """A text came in, was kept, and its STOP obeyed, as messaging does before it hands it over."""
    now, key = timezone.now(), numbers.key_of(Channel.SMS, sender)
    raw = RawCallback.objects.create(
        provider="twilio", kind=RawKind.INBOUND, body="", signature_ok=True, received_at=now, due_at=now
    )
    row = Inbound.objects.create(
        raw=raw, provider_id=uuid4().hex, sender=sender, sender_key=key, to="+447700900000", body=body,
        keyword=keyword_of(body), service="textsafe", received_at=now, due_at=now,
    )  # fmt: skip
    if row.keyword == Keyword.STOP:
        for service in ("textsafe", "textsafe_reply"):
            suppress(actor=inbox.INBOX, service=service, channel=Channel.SMS, to=sender, cause="stop")
    for _ in range(2):
        inbox.take_in(InboundText(row.pk, row.service, None, Keyword(row.keyword), now))
    return row
