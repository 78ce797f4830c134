"""One link, used twice at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from foundation.access import Refused
from missingcases.voice import services
from missingcases.voice.models import Answer, Submission
from missingcases.voice.public import keys
from tests.missingcases.voice.conftest import link_of, page_of, stranger

pytestmark = pytest.mark.urls("config.public_urls")


def at_once(*acts):
    ready = Barrier(len(acts))

    def one(act):
        try:
            ready.wait(10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_two_who_send_the_same_link_leave_one_answer(committing_db, caseworker) -> None:
    invitation = stranger(caseworker)
    token = link_of(caseworker, invitation)
    with time_machine.travel(timezone.now().timestamp() - 60, tick=False):
        both = [keys.new_key(), keys.new_key()]

    def send(key: str):
        return lambda: Client().post(page_of(token), {"key": key, "safe": "yes"}).status_code

    assert sorted(at_once(*(send(key) for key in both))) == [302, 404]
    assert Submission.objects.count() + Answer.objects.count() == 1
    assert sum(at_once(services.read_submissions, services.read_submissions)) <= 1
    services.read_submissions()
    invitation.refresh_from_db()
    assert (Answer.objects.count(), Submission.objects.count(), invitation.status) == (1, 0, "answered")


def test_aloud_and_by_the_link_at_once_are_one_answer(committing_db, caseworker) -> None:
    invitation = stranger(caseworker)
    token = link_of(caseworker, invitation)
    with time_machine.travel(timezone.now().timestamp() - 60, tick=False):
        key = keys.new_key()
    Client().post(page_of(token), {"key": key, "safe": "yes"})

    def aloud() -> int:
        given = {"actor": caseworker.actor, "invitation_id": invitation.pk}
        try:
            services.answer_for_them(**given, answers={"safe": "no"}, words="")
        except Refused:
            return 0
        return 1

    at_once(aloud, services.read_submissions)
    services.read_submissions()
    assert (Answer.objects.count(), Submission.objects.count()) == (1, 0)
