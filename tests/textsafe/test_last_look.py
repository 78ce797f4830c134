"""The last look before a text goes, and the stop that travels with the record of being found."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from foundation.messaging.models import Message
from foundation.messaging.services.suppression import suppress
from missingcases import services as cases
from tests.textsafe.conftest import NUMBER, approve, ask, grade, later, locate, phone_of, report
from textsafe.enums import RequestStatus
from textsafe.models import Request, Veto
from textsafe.services import delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(clock, incident, met_officer, caseworker) -> Request:
    """Approved by day and in the queue, at no risk that was graded."""
    phone = phone_of(incident, met_officer.actor)
    return approve(ask(incident, met_officer.actor, phone_id=phone.pk), caseworker.actor)


def look(request: Request) -> str | None:
    """What the last look says now."""
    refusal = delivery.check_request(request.pk)
    return refusal.code if refusal else None


def test_it_goes_where_nothing_has_changed_and_may_be_looked_at_again(queued) -> None:
    assert look(queued) is None
    assert look(queued) is None
    queued.refresh_from_db()
    assert queued.status == RequestStatus.SENDING


def _opts_out(request: Request) -> None:
    suppress(actor=delivery.CLAIM, service="textsafe", channel="sms", to=NUMBER, cause="stop")


def _texted_by_another_force(request: Request) -> None:
    fields = {
        field.name: getattr(request, field.name)
        for field in Request._meta.concrete_fields
        if field.name not in {"id", "reference", "form_token", "status", "sent_at"}
    }
    Request.objects.create(**fields, form_token=uuid4(), status="sending")


@pytest.mark.parametrize(
    "change",
    [
        _opts_out,
        _texted_by_another_force,
        lambda request: type(request.incident).objects.update(starts_held=True),
        lambda request: type(request.phone).objects.update(held_by="trafficker"),
        lambda request: type(request.phone).objects.update(state="seized"),
        lambda request: type(request.phone).objects.update(kind="voip"),
        lambda request: type(request.phone).objects.update(is_current=False),
        lambda request: type(request.incident).objects.update(age_at_report=9),
    ],
    ids=["opted out", "another force", "import held", "holder", "seized", "voip", "old number", "under ten"],
)
def test_what_changed_since_the_approval_holds_it_back(queued, change) -> None:
    change(queued)
    assert look(queued) == "changed"
    queued.refresh_from_db()
    assert queued.status == RequestStatus.QUEUED


def test_a_veto_holds_it_back_even_where_it_took_nothing_back(queued, met_officer) -> None:
    Veto.objects.create(
        incident=queued.incident, made_by=met_officer.user, made_at=queued.requested_at, reason="He has it."
    )
    assert look(queued) == "changed"


def test_nothing_goes_at_night_unless_the_risk_is_medium_or_high(clock, queued, met_supervisor) -> None:
    clock.move_to("2026-11-23T22:00:00+00:00")
    assert look(queued) == "quiet_hours"
    clock.move_to("2026-11-23T21:59:55+00:00")
    assert look(queued) == "quiet_hours"
    clock.move_to("2026-11-23T22:00:00+00:00")
    grade(queued.incident, met_supervisor.actor, "medium")
    assert look(queued) is None


def test_nothing_goes_for_a_request_that_was_taken_back_or_never_was(queued, met_officer) -> None:
    locate(queued.incident, met_officer.actor)
    assert look(queued) == "not_queued"
    assert delivery.check_request(0).code == "not_queued"
    assert delivery.check_reply(0).code == "gone"


def test_found_and_held_back_are_one_commit(queued, met_officer) -> None:
    with transaction.atomic():
        locate(queued.incident, met_officer.actor)
        queued.refresh_from_db()
        assert (queued.status, Message.objects.get().status) == ("cancelled", "cancelled")
        transaction.set_rollback(True)
    queued.refresh_from_db()
    assert (queued.status, Message.objects.get().status) == ("queued", "queued")


def test_lost_again_what_was_held_back_stays_so_and_the_number_is_kept(
    clock, queued, met_officer, met_supervisor
) -> None:
    locate(queued.incident, met_officer.actor)
    queued.refresh_from_db()
    assert queued.stopped_at is not None
    later(clock, minutes=5)
    cases.retract_located(
        actor=met_supervisor.actor,
        incident_id=queued.incident_id,
        level="low",
        assessment=cases.Assessment(
            information="It was somebody else.",
            given_by="The officer",
            given_at=timezone.now(),
            rationale="Located in error.",
        ),
    )
    queued.refresh_from_db()
    assert (queued.status, queued.stopped_at) == (RequestStatus.CANCELLED, None)


def test_an_accepted_text_lives_thirty_minutes_and_not_into_the_night(
    clock, charity, met_officer, caseworker
) -> None:
    clock.move_to("2026-11-23T21:40:00+00:00")
    approve(ask(report(met_officer.actor), met_officer.actor), caseworker.actor)
    message = Message.objects.get()
    assert message.valid_until.isoformat() == "2026-11-23T22:00:00+00:00"
