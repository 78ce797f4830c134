"""Hands that meet, with real threads and real commits."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.messaging.models import Message
from missingcases.models import Incident
from tests.foundation.messaging.test_races import together
from tests.textsafe.conftest import approve, ask, grade, locate, report, view
from textsafe import selectors
from textsafe.enums import OfficerStatus, RequestStatus
from textsafe.models import Request
from textsafe.services import delivery


@pytest.fixture
def high(committing_db: str, charity: Any, met_officer: Any, met_supervisor: Any) -> Incident:
    """At high risk, so that no hour is too late."""
    incident = report(met_officer.actor)
    grade(incident, met_supervisor.actor, "high")
    return incident


def test_a_double_click_is_one_text(high, met_officer, caseworker) -> None:
    token, actor = uuid4(), met_officer.actor
    made = together(lambda _: ask(high, actor, form_token=token).pk)
    assert len(set(made)) == 1
    approve(Request.objects.get(), caseworker.actor)
    assert Message.objects.count() == 1


def test_eight_officers_who_ask_at_once_ask_for_one_text(high, met_officer, second_met_officer) -> None:
    actors = [met_officer.actor, second_met_officer.actor]
    made = together(lambda number: ask(high, actors[number % 2]).pk)
    assert len(set(made)) == 1
    assert Request.objects.count() == 1


def test_two_screeners_decide_once(high, met_officer, caseworker, second_caseworker) -> None:
    request = ask(high, met_officer.actor)
    actors = [caseworker.actor, second_caseworker.actor]

    def decide(number: int) -> bool:
        try:
            approve(request, actors[number % 2])
        except Refused:
            return False
        return True

    assert together(decide).count(True) == 1
    assert Message.objects.count() == 1


def test_found_while_it_is_claimed_it_is_held_back_or_shown(high, met_officer, caseworker) -> None:
    request = approve(ask(high, met_officer.actor), caseworker.actor)
    Message.objects.update(claimed_at=timezone.now())
    actor = met_officer.actor
    work = [lambda: locate(high, actor), lambda: delivery.check_request(request.pk)]

    together(lambda number: work[number](), 2)

    request.refresh_from_db()
    shown = selectors.underway(actor, high.pk)
    if request.status == RequestStatus.SENDING:
        assert len(shown) == 1
    else:
        assert (request.status, shown) == (RequestStatus.CANCELLED, [])
        assert view(request).status is OfficerStatus.NOT_SENT
