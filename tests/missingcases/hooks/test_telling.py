"""From an incident to another system's process: signed, thin, seen now as reads are, tried again."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from foundation.messaging.models import Message
from missingcases import services as cases
from missingcases.hooks import services as hooks
from missingcases.hooks.models import Delivery, Endpoint
from tests.missingcases.hooks.conftest import ALL, send_all
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db


def fresh(endpoint: Endpoint) -> Endpoint:
    return Endpoint.objects.get(pk=endpoint.pk)


def test_an_incident_from_report_to_found_is_told_and_verifies(receiver, endpoint, met_officer) -> None:
    incident = world.reported(met_officer.actor, "Maya", "Sample")
    world.located(incident, met_officer.actor)
    send_all()

    assert {"incident.reported", "incident.changed", "incident.located"} <= set(receiver.told)
    for headers, body in receiver.got:
        told = Webhook(endpoint.secret).verify(body, headers)
        assert set(told) == {"type", "timestamp", "data"}
        assert told["data"]["incident"] == incident.reference
        assert set(told["data"]) == {"incident", "version", "replay"}
        assert "Maya" not in body
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == len(receiver.got)
    assert fresh(endpoint).last_taken_at is not None


def test_closing_and_reopening_are_told(receiver, endpoint, met_officer, met_supervisor) -> None:
    incident = world.graded(world.reported(met_officer.actor), met_supervisor.actor)
    world.located(incident, met_officer.actor)
    world.interviewed(incident, met_officer.actor)
    world.closed(incident, met_supervisor.actor)
    cases.reopen_incident(actor=met_supervisor.actor, incident_id=incident.pk, reason="A new sighting.")
    send_all()

    assert {"incident.closed", "incident.reopened"} <= set(receiver.told)


def test_another_forces_system_hears_nothing(receiver, met_officer, kent_officer, kent) -> None:
    Endpoint.objects.create(organisation=kent, url=receiver.url, types=ALL, secret="whsec_a2VudA==")
    world.reported(met_officer.actor)

    assert not Delivery.objects.exists()
    mine = world.reported(kent_officer.actor)
    assert set(Delivery.objects.values_list("incident_id", flat=True)) == {mine.pk}


def test_what_was_restricted_before_it_was_sent_is_not_sent(
    receiver, endpoint, met_officer, met_supervisor
) -> None:
    incident = world.reported(met_officer.actor)
    cases.restrict_incident(actor=met_supervisor.actor, incident_id=incident.pk, reason="A witness.")
    send_all()

    assert receiver.got == []
    ended = Message.objects.filter(service="webhooks")
    assert set(ended.values_list("status", "failed_code")) == {("cancelled", "not_visible")}


def test_an_address_hears_only_of_what_it_chose(receiver, met_administrator, met_officer) -> None:
    hooks.add_endpoint(actor=met_administrator.actor, url=receiver.url, types=["incident.located"])
    world.located(world.reported(met_officer.actor), met_officer.actor)
    send_all()

    assert receiver.told == ["incident.located"]


def test_what_did_not_happen_is_not_told(endpoint, met_officer) -> None:
    with transaction.atomic():
        world.reported(met_officer.actor)
        assert Delivery.objects.exists()
        transaction.set_rollback(True)

    assert not Delivery.objects.exists()


def test_the_id_stays_over_retries_and_replays_and_a_replay_is_marked(
    receiver, endpoint, met_administrator
) -> None:
    receiver.answers(503)
    row = hooks.send_test(actor=met_administrator.actor, endpoint_id=endpoint.pk)
    send_all()
    assert fresh(endpoint).failures == 1
    receiver.answers(200)
    send_all()
    assert fresh(endpoint).failures == 0
    hooks.replay(actor=met_administrator.actor, delivery_id=row.pk)
    send_all()

    assert [headers["webhook-id"] for headers, _ in receiver.got] == [row.reference] * 3
    assert [json.loads(body)["data"]["replay"] for _, body in receiver.got] == [False, False, True]


def test_after_a_failure_the_whole_address_is_left_alone_a_while(
    receiver, endpoint, met_officer, met_administrator
) -> None:
    receiver.answers(500)
    hooks.send_test(actor=met_administrator.actor, endpoint_id=endpoint.pk)
    world.reported(met_officer.actor)
    send_all()

    rests_until = fresh(endpoint).rests_until
    waiting = Message.objects.filter(service="webhooks", status="queued")
    assert waiting.count() == 3
    assert all(at >= rests_until for at in waiting.values_list("next_attempt_at", flat=True))
    later = hooks.send_test(actor=met_administrator.actor, endpoint_id=endpoint.pk)
    assert Message.objects.get(pk=later.message_id).next_attempt_at == rests_until


def test_both_secrets_sign_for_a_day_and_then_only_the_new_one(receiver, endpoint, met_administrator) -> None:
    old = endpoint.secret
    new = hooks.new_secret(
        actor=met_administrator.actor, endpoint_id=endpoint.pk, version=endpoint.version
    ).secret
    hooks.send_test(actor=met_administrator.actor, endpoint_id=endpoint.pk)
    send_all()
    headers, body = receiver.got[-1]
    assert Webhook(old).verify(body, headers) == Webhook(new).verify(body, headers)

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        hooks.send_test(actor=met_administrator.actor, endpoint_id=endpoint.pk)
        send_all()
        headers, body = receiver.got[-1]
        assert Webhook(new).verify(body, headers)
        with pytest.raises(WebhookVerificationError):
            Webhook(old).verify(body, headers)


def test_an_address_that_fails_for_days_is_stopped_and_its_administrators_are_told(
    receiver, endpoint, met_administrator, met_officer
) -> None:
    receiver.answers(500)
    hooks.send_test(actor=met_administrator.actor, endpoint_id=endpoint.pk)
    send_all()
    assert fresh(endpoint).status == "active"

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        world.reported(met_officer.actor)
        send_all()

        assert fresh(endpoint).status == "stopped"
        mail = Message.objects.get(channel="email", service="accounts")
        assert mail.to == met_administrator.user.email
        assert endpoint.reference in mail.body
        before = Delivery.objects.count()
        world.reported(met_officer.actor)
        assert Delivery.objects.count() == before

        send_all()  # what still waited ends here, as the address is off
        receiver.answers(200)
        hooks.turn_on(actor=met_administrator.actor, endpoint_id=endpoint.pk)
        again = hooks.replay_not_taken(
            actor=met_administrator.actor,
            endpoint_id=endpoint.pk,
            since=timezone.now() - timedelta(days=4),
        )
        told_before = len(receiver.got)
        send_all()
        assert again == 3
        assert len(receiver.got) == told_before + again
        assert all(json.loads(body)["data"]["replay"] for _, body in receiver.got[told_before:])


def test_an_address_that_says_it_is_gone_is_stopped_at_once(receiver, endpoint, met_administrator) -> None:
    receiver.answers(410)
    hooks.send_test(actor=met_administrator.actor, endpoint_id=endpoint.pk)
    send_all()

    assert fresh(endpoint).status == "stopped"


def test_turned_off_nothing_waiting_is_sent(receiver, endpoint, met_administrator, met_officer) -> None:
    world.reported(met_officer.actor)
    hooks.turn_off(actor=met_administrator.actor, endpoint_id=endpoint.pk)

    assert send_all() == 0
    assert receiver.got == []


def test_a_delivery_is_forgotten_after_a_month(endpoint, met_officer) -> None:
    world.reported(met_officer.actor)
    assert hooks.forget_old() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert hooks.forget_old() == 2
    # What was told of is forgotten; a message still queued for it goes nowhere.
    assert hooks.may_go(Message.objects.filter(service="webhooks").first().owner_id).code == "gone"
