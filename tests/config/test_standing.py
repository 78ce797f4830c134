"""What is behind, in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from config import standing, tasks
from foundation.audit.seals import seal
from foundation.events.models import Owed
from foundation.messaging import services as messaging
from foundation.messaging.models import Message
from tests.config.test_metrics import queue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept(redis_url) -> None:
    caches["fast"].clear()


def words() -> list[str]:
    return [line.words for line in standing.lines()]


def test_when_nothing_is_behind_the_page_says_so(administrator) -> None:
    page = administrator.sign_in(Client()).get("/status/").content.decode()

    assert "Nothing is behind." in page
    assert "Texts and e-mail are going out in time." in page
    assert "The audit trail has not been sealed yet." in page


def test_lateness_is_said_in_minutes_and_stands_first(duty_manager) -> None:
    queue(1)
    Message.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=4))
    page = duty_manager.sign_in(Client()).get("/status/").content.decode()

    assert words()[0] == "Texts and e-mail are going out 4 minutes late (1 waiting)."
    assert words()[0] in page


def test_a_switch_a_stop_and_a_debt_are_said(administrator, duty_manager) -> None:
    given = {"event": "e", "payload": {}, "subscriber": "s", "status": "stuck", "due_at": timezone.now()}
    Owed.objects.create(**given, was_together=True)
    Owed.objects.create(**given)
    messaging.switches.stop(actor=duty_manager.actor, service="textsafe", reason="A fault.")
    waiting = queue(1)
    Message.objects.filter(pk=waiting.pk).update(
        status="unknown", needs_person=True, unknown_since=timezone.now()
    )

    found = words()
    assert "TextSafe: sending is stopped by the kill switch." in found
    assert "A stop did not finish: 1. Look at Owed." in found
    assert "Given up after many tries and left for a person: 2." in found
    assert found[-1] in {line.words for line in standing.lines() if not line.is_behind}
    assert any(one.endswith("a person must settle them: 1.") for one in found)


@pytest.mark.parametrize(("seconds", "said"), [(20, "20 seconds"), (60, "1 minute"), (7300, "2 hours")])
def test_a_time_is_said_as_people_say_it(seconds: int, said: str) -> None:
    assert standing._said(seconds) == said


def test_one_line_stands_on_every_page_while_it_matters(met_officer) -> None:
    client = met_officer.sign_in(Client())
    queue(1)
    Message.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=4))
    assert "minutes late" not in client.get("/help/").content.decode()
    tasks.keep_standing()

    assert (
        "Texts and e-mail are going out 4 minutes late (1 waiting)." in client.get("/help/").content.decode()
    )
    Message.objects.update(next_attempt_at=timezone.now())
    tasks.keep_standing()
    assert "minutes late" not in client.get("/help/").content.decode()


def test_a_lost_redis_costs_the_line_and_nothing_else(met_officer, settings) -> None:
    lost = {**settings.CACHES["fast"], "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {**settings.CACHES, "fast": lost}

    assert met_officer.sign_in(Client()).get("/help/").status_code == 200


def test_when_it_was_last_sealed_is_said(met_officer) -> None:
    from foundation.audit import services as audit

    audit.record(actor=met_officer.actor, action="test.done", target=met_officer.user)
    seal()
    seal()
    # Its own transaction has not ended, so nothing of it is settled: the words hold either way.
    assert any(one.startswith("The audit trail") for one in words())


@pytest.mark.parametrize("who", ["met_officer", "caseworker", "auditor", "authority_worker"])
def test_the_page_is_for_those_who_look_after_it(who, request) -> None:
    assert request.getfixturevalue(who).sign_in(Client()).get("/status/").status_code == 403
