"""The page "Owed": what failed, in words, and trying it again."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.actors import Actor
from foundation.audit.models import AuditEvent
from foundation.events import selectors, services
from foundation.events.models import Owed, OwedStatus
from foundation.events.types import Route
from foundation.failures import in_words
from tests.foundation.events.happening import (
    ADMINISTRATOR,
    Happened,
    note_it,
    noted,
    publish_one,
    write_then_fail,
)

pytestmark = pytest.mark.usefixtures("committing_db")


def test_try_again_is_for_administrators_and_pays_the_debt(route) -> None:
    route[Happened] = Route(afterwards=(note_it,))
    publish_one()
    Owed.objects.update(**{"status": OwedStatus.STUCK})
    owed = Owed.objects.get()
    with pytest.raises(Refused):
        services.try_again(
            owed_id=owed.pk, actor=Actor(organisation_id=1, roles=frozenset({Role.POLICE_OFFICER}), user_id=2)
        )
    services.try_again(owed_id=owed.pk, actor=ADMINISTRATOR)
    assert services.sweep() == 1
    assert noted() == 1
    with pytest.raises(Refused, match="done"):
        services.try_again(owed_id=owed.pk, actor=ADMINISTRATOR)


def test_what_waits_for_its_next_try_can_be_tried_at_once(route) -> None:
    route[Happened] = Route(together=(write_then_fail,))
    publish_one()
    owed = Owed.objects.get()
    services.deliver(owed_id=owed.pk)
    assert Owed.objects.get().due_at > owed.due_at, "it waits"
    Owed.objects.update(due_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(Refused):
        services.try_again(
            owed_id=owed.pk, actor=Actor(organisation_id=1, roles=frozenset({Role.POLICE_OFFICER}), user_id=2)
        )
    assert services.due(now=timezone.now()) == []
    services.try_again(owed_id=owed.pk, actor=ADMINISTRATOR)
    assert services.due(now=timezone.now()) == [owed.pk]
    kept = AuditEvent.objects.get(action="owed.hurried")
    assert (kept.target_id, kept.fields) == (owed.pk, ["due_at"])


def test_a_debt_to_a_subscriber_that_is_gone_fails_in_words(route) -> None:
    route[Happened] = Route(afterwards=(note_it,))
    publish_one()
    Owed.objects.update(subscriber="textsafe.gone")
    services.sweep()
    (shown,) = selectors.needing_attention(ADMINISTRATOR)
    assert (shown["words"], shown["error"]) == (
        "textsafe.gone",
        "The part of the service that would do this is not there.",
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("DoesNotExist", "A record that it needs"),
        ("OperationalError", "The database did not answer"),
        ("ZeroDivisionError", "a fault in our own software"),
    ],
)
def test_a_failure_is_told_in_words(kind: str, words: str) -> None:
    assert words in in_words(kind)
    assert in_words("") == ""


def test_the_page_tells_the_error_and_tries_again(route, met_administrator, met_officer) -> None:
    route[Happened] = Route(together=(write_then_fail,))
    publish_one()
    owed = Owed.objects.get()
    client = met_administrator.sign_in(Client())
    page = client.get(reverse("events:owed")).content.decode()
    assert "A stop did not run" in page
    assert "It met a fault in our own software." in page
    Owed.objects.update(due_at=timezone.now() + timedelta(hours=1))
    address = reverse("events:try_again", args=[owed.pk])
    assert met_officer.sign_in(Client()).post(address).status_code == 403
    assert services.due(now=timezone.now()) == []
    assert "It is being tried again." in client.post(address, follow=True).content.decode()
    assert services.due(now=timezone.now()) == [owed.pk]
    Owed.objects.update(**{"status": OwedStatus.DONE, "done_at": timezone.now()})
    assert "cannot be done while it is done" in client.post(address, follow=True).content.decode()


def test_the_page_shows_failed_stops_first_and_nothing_to_others(route) -> None:
    route[Happened] = Route(together=(write_then_fail,), afterwards=(note_it,))
    publish_one()
    shown = selectors.needing_attention(ADMINISTRATOR)
    assert [item["words"] for item in shown] == [
        "Write something and then fail, which must undo the write."
    ], "a debt seconds old is on its way, not late"
    later = timezone.now() + timedelta(minutes=5)
    with time_machine.travel(later, tick=False):
        both = selectors.needing_attention(ADMINISTRATOR)
    assert [item["row"].was_together for item in both] == [True, False]
    officer = Actor(organisation_id=1, roles=frozenset({Role.POLICE_OFFICER}), user_id=2)
    assert selectors.needing_attention(officer) == []


def test_a_subscriber_that_is_gone_is_shown_by_its_name(route) -> None:
    assert selectors.what_it_does("textsafe.gone") == "textsafe.gone"
