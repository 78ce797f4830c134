"""A step that is not taken in time is told to the coordinators, once, without a name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from config.switchboard import GUARDS
from foundation.messaging.models import Message
from missingcases.models import Incident
from partners.routes import services
from partners.routes.models import Concern
from partners.routes.services.overdue import tell_overdue

pytestmark = pytest.mark.django_db


def late(concern: Concern) -> None:
    Concern.objects.filter(pk=concern.pk).update(due_at=timezone.now() - timedelta(minutes=1))


def test_coordinators_are_written_to_once_for_each_step(
    adult, met_coordinator, met_officer, kent_officer
) -> None:
    assert tell_overdue() == 0
    late(adult)
    assert (tell_overdue(), tell_overdue()) == (1, 1)

    message = Message.objects.get()
    assert message.to == met_coordinator.user.email
    person = adult.incident.person
    words = message.body + message.subject
    assert adult.reference in words
    for secret in (person.given_names, person.family_name, adult.incident.reference, "rafficking"):
        assert secret not in words
    assert GUARDS[message.guard](adult.pk) is None

    services.record_consent(actor=met_officer.actor, concern_id=adult.pk, is_given=True)
    assert GUARDS[message.guard](adult.pk).code == "over"
    late(adult)
    tell_overdue()
    assert Message.objects.count() == 2


def test_of_a_restricted_incident_nobody_learns_who_did_not_know(adult, met_coordinator) -> None:
    Incident.objects.filter(pk=adult.incident_id).update(is_restricted=True)
    late(adult)
    assert tell_overdue() == 0
    assert not Message.objects.exists()
