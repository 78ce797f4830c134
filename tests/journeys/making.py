"""Bringing a journey to where it begins, by the same verbs people use; its own steps are walked."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from missingcases import services as cases
from missingcases.models import Incident
from tests.journeys.conftest import World
from tests.processes import wait_until
from tests.textsafe.conftest import SAFE_ANSWERS
from textsafe.models import Request
from textsafe.services import requests, screening


def missing(world: World, **given: Any) -> Incident:
    """Reported by the officer, graded by the supervisor: at high risk, so that no hour is too late.

    `given` is more of the report.
    """
    incident = cases.report_incident(
        actor=world.officer.actor,
        person=cases.PersonDetails(given_names="Robin", family_name=world.family_name, estimated_age=15),
        report=cases.ReportDetails(
            owner_officer_id=world.officer.user.pk,
            circumstances={"what_happened": "Did not come home."},
            **given,
        ),
    )
    cases.grade_missing(
        actor=world.supervisor.actor,
        incident_id=incident.pk,
        level="high",
        assessment=cases.Assessment(
            information="Left without a coat.",
            given_by="Her mother",
            given_at=timezone.now(),
            rationale="A cold night.",
        ),
    )
    return incident


def asked(world: World, incident: Incident, number: str) -> Request:
    """The officer has asked for a text."""
    return requests.ask_for_text(
        actor=world.officer.actor,
        incident_id=incident.pk,
        form_token=uuid4(),
        phone_id=None,
        number=number,
        answers=SAFE_ANSWERS,
    )


def texted(world: World, incident: Incident, number: str, provider: Any) -> Request:
    """The text has gone out and arrived."""
    request = asked(world, incident, number)
    screening.approve_request(
        actor=world.caseworker.actor, request_id=request.pk, age_group="child", language="en", seen=[]
    )

    def arrived() -> bool:
        request.refresh_from_db()
        return request.delivered_at is not None

    wait_until(arrived, "the text to be delivered", seconds=30)
    assert len(provider.texts(to=number)) == 1
    return request


def conversation_of(number: str) -> str:
    """The reference of the conversation with that number, once the reply is taken in."""
    from foundation.messaging import numbers
    from foundation.messaging.enums import Channel
    from textsafe.models import Conversation

    rows = Conversation.objects.filter(number_key=numbers.key_of(Channel.SMS, number))
    wait_until(rows.exists, "the reply to be taken in", seconds=30)
    return rows.get().reference
