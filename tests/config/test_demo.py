"""The demonstration's world, made by day and in the middle of the night."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.db.models import Count
from django.test import override_settings
from django.utils import timezone

from config import demo
from foundation.accounts.demo import DOMAIN
from foundation.audit.models import AuditEvent
from foundation.events.models import Owed, OwedStatus
from foundation.messaging.models import Message, SettlementRow
from foundation.past import Agenda, NotTheDemonstration
from missingcases.enums import ReleaseStatus, TransferStatus
from missingcases.models import Incident, Release, TimelineEntry, Transfer
from textsafe.models import Conversation, Escalation, Request, TriageItem, Wording

# Each world is made once, in a transaction of minutes: what waits for others to end runs before or after.
pytestmark = pytest.mark.xdist_group("settling")
MOMENTS = {
    "day": datetime(2026, 11, 24, 13, 20, tzinfo=UTC),
    "night": datetime(2027, 3, 29, 2, 10, tzinfo=UTC),
}

# What calls somebody of the demonstration at once.
CALLING = ("intelligence.Report", "breakglass.Opening", "partners.Referral", "partners.Link")


@pytest.fixture(scope="module", params=sorted(MOMENTS))
def world(request, django_db_setup, django_db_blocker):
    """Everything `make_data` makes; undone after the last test."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(MOMENTS[request.param], tick=False),
        transaction.atomic(),
    ):
        for _, build in demo.BUILDERS:
            build()
        yield request.param
        transaction.set_rollback(True)


def test_making_it_twice_changes_nothing(world: str) -> None:
    before = (Incident.objects.count(), AuditEvent.objects.count(), Message.objects.count())

    for _, build in demo.BUILDERS:
        build()

    assert (Incident.objects.count(), AuditEvent.objects.count(), Message.objects.count()) == before


def test_every_incident_says_in_which_area_they_were_last_seen(world: str) -> None:
    assert not Incident.objects.filter(last_seen_area=None).exists()
    assert Incident.objects.filter(last_seen_area__kind="borough").count() > 40
    assert Incident.objects.filter(owner__code="kent", last_seen_area__code="force-kent").exists()


def test_there_are_incidents_in_every_state_and_of_three_forces(world: str) -> None:
    states = Counter(Incident.objects.values_list("status", flat=True))
    forces = set(Incident.objects.values_list("owner__code", flat=True))

    assert Incident.objects.count() >= 55
    assert {"metropolitan", "kent", "essex"} <= forces
    assert set(states) == {
        "reported", "absent", "missing", "long_term", "located", "prevention_done", "closed", "cancelled",
        "reopened",
    }  # fmt: skip
    assert Incident.objects.filter(is_restricted=True).exists()
    assert Incident.objects.values("person").annotate(n=Count("pk")).filter(n__gte=3).exists()
    assert set(Transfer.objects.values_list("status", flat=True)) == {
        TransferStatus.OFFERED,
        TransferStatus.ACCEPTED,
    }


def test_no_step_is_later_than_the_making(world: str) -> None:
    assert not TimelineEntry.objects.filter(at__gt=timezone.now()).exists()
    assert not Incident.objects.filter(reported_at__gt=timezone.now()).exists()
    assert TimelineEntry.objects.filter(at__lt=timezone.now() - timedelta(days=30)).exists()


def test_only_the_text_meant_for_the_sandbox_is_still_to_be_sent(world: str) -> None:
    waiting = Message.objects.filter(status="queued").exclude(service="appeals_calls")
    waiting = waiting.exclude(owner_label__in=CALLING)

    meant = Request.objects.get(status="queued").pk
    assert [(row.owner_label, row.owner_id) for row in waiting] == [("textsafe.Request", meant)]
    assert not Message.objects.filter(status__in=["sending", "unknown"]).exists()
    assert not SettlementRow.objects.filter(taken_at__isnull=True).exists()
    assert not Owed.objects.exclude(status=OwedStatus.DONE).exists()


@pytest.mark.parametrize("owner", ["appeals.Sighting", *CALLING])
def test_what_calls_somebody_is_an_e_mail_of_the_demonstration(owner: str, world: str) -> None:
    letters = Message.objects.filter(owner_label=owner)

    assert letters.exists()
    assert {row.channel for row in letters} == {"email"}
    assert all(row.to.endswith(DOMAIN) for row in letters)


def test_only_numbers_of_the_drama_range_are_used(world: str) -> None:
    numbers = set(Message.objects.exclude(channel="email").values_list("to", flat=True))
    numbers |= {row.number for row in TriageItem.objects.all()}

    assert numbers
    assert all(number.startswith("+447700900") for number in numbers)


def test_requests_and_conversations_stand_where_the_guides_find_them(world: str) -> None:
    states = set(Request.objects.values_list("status", flat=True))
    clocks = Conversation.objects.filter(reply_due_at__gt=timezone.now(), reply_due_at__isnull=False)

    assert {"requested", "refused", "queued", "sent", "delivered", "failed", "cancelled"} <= states
    assert clocks.count() >= 3
    assert set(TriageItem.objects.values_list("status", flat=True)) == {"new", "set_aside"}
    assert set(Escalation.objects.values_list("status", flat=True)) == {"raised", "released"}
    assert Wording.objects.filter(status="draft").exists()


def test_one_threat_to_life_waits_for_the_force_to_acknowledge_it(world: str) -> None:
    waiting = Release.objects.filter(kind="threat_to_life", status=ReleaseStatus.APPROVED)

    assert [row.acknowledged_at for row in waiting] == [None]


@override_settings(IS_PRODUCTION=True)
def test_a_real_server_has_no_such_past() -> None:
    with pytest.raises(NotTheDemonstration):
        Agenda()
