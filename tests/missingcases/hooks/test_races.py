"""Two at once, with real threads and real commits."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from foundation.access import Refused
from foundation.exceptions import Conflict, Invalid
from foundation.messaging import services as messaging
from foundation.messaging.models import Message
from missingcases.hooks import services as hooks
from missingcases.hooks.models import Delivery, Endpoint


def at_once(count: int, work) -> list:
    """Run `work` in `count` threads that start together."""
    barrier = Barrier(count)

    def run(index: int):
        try:
            barrier.wait(timeout=10)
            return work(index)
        except (Invalid, Conflict) as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_one_address_added_by_two_is_there_once(committing_db, receiver, met_administrator) -> None:
    actor = met_administrator.actor
    done = at_once(2, lambda _: hooks.add_endpoint(actor=actor, url=receiver.url, types=["incident.changed"]))

    assert Endpoint.objects.count() == 1
    assert Invalid in done


def test_a_secret_changed_by_two_is_changed_once(committing_db, endpoint, met_administrator) -> None:
    actor, version = met_administrator.actor, endpoint.version
    done = at_once(2, lambda _: hooks.new_secret(actor=actor, endpoint_id=endpoint.pk, version=version))

    assert done.count(Conflict) == 1
    assert Endpoint.objects.get().old_secret == endpoint.secret


def test_eight_workers_send_each_webhook_once(committing_db, receiver, endpoint, met_administrator) -> None:
    for _ in range(6):
        hooks.send_test(actor=met_administrator.actor, endpoint_id=endpoint.pk)
    ids = list(Message.objects.values_list("pk", flat=True))
    at_once(8, lambda _: [messaging.send_one(message_id=pk) for pk in ids])

    told = [headers["webhook-id"] for headers, _ in receiver.got]
    assert sorted(told) == sorted(Delivery.objects.values_list("reference", flat=True))


def test_two_replays_at_once_send_one(committing_db, receiver, endpoint, met_administrator) -> None:
    row = hooks.send_test(actor=met_administrator.actor, endpoint_id=endpoint.pk)
    messaging.send_one(message_id=row.message_id)

    def again(_: int) -> str:
        try:
            hooks.replay(actor=met_administrator.actor, delivery_id=row.pk)
        except Refused as refused:
            return refused.refusal.code
        return "sent"

    assert sorted(at_once(2, again)) == ["sent", "under_way"]
    assert Message.objects.filter(service="webhooks").count() == 2
