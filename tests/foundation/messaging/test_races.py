"""Races, with real threads and real commits."""

import contextlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.messaging import services as messaging
from foundation.messaging.models import Message, RateLimit
from foundation.messaging.services.send import SWEEP_FOR
from foundation.sandbox.enums import FaultKind
from tests.foundation.messaging import board
from tests.foundation.messaging.conftest import again, log_of, queue, receipt

WORKERS = 8
MANAGER = Actor(
    organisation_id=None,
    roles=frozenset({Role.CHARITY_MANAGER}),
    organisation_kind=OrganisationKind.CHARITY,
)


def together(work, count: int = WORKERS) -> list:
    """Run `work(n)` in `count` threads that start at the same moment."""
    gate = threading.Barrier(count)

    def run(number: int):
        gate.wait()
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_eight_workers_on_one_message_make_one_call(committing_db, provider) -> None:
    row = queue()

    done = together(lambda _: messaging.send_one(message_id=row.pk))

    assert done.count(True) == 1
    assert provider.accepted() == 1
    assert log_of(row) == ["claimed", "accepted"]


def test_eight_sweepers_send_each_message_once(committing_db, provider, settings) -> None:
    settings.TWILIO_TIMEOUT = 60  # a busy machine is no silence of the provider
    rows = [queue(lane="bulk") for _ in range(60)]

    together(lambda _: messaging.send_due(lane="bulk"))

    assert provider.accepted() == 60
    assert provider.doubled() == {}
    assert {again(row).status for row in rows} == {"sent"}


def test_one_that_loses_its_connection_stops_none_of_the_others(committing_db, provider) -> None:
    rows = [queue(lane="bulk", to=f"+4477009002{number:02}") for number in range(4)]
    bad = rows[0]

    def lose(owner_id: int) -> None:
        if owner_id == bad.owner_id:
            with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    board.hooks.append(lose)
    messaging.send_due(lane="bulk")

    assert provider.accepted() == 3
    assert {again(row).status for row in rows[1:]} == {"sent"}
    assert again(bad).status == "sending"  # its claim grows old and is looked for at the provider


def test_a_sweep_ends_after_its_time_and_leaves_the_rest_to_the_next(committing_db, provider) -> None:
    rows = [queue(lane="urgent", to=f"+4477009002{number:02}") for number in range(3)]
    with time_machine.travel(timezone.now()) as clock:
        board.hooks.append(lambda _: clock.shift(SWEEP_FOR))
        assert messaging.send_due(lane="urgent") == 1
    assert [again(row).status for row in rows].count("queued") == 2


def test_eight_texts_to_one_number_at_once_are_one_text(committing_db, provider) -> None:
    rows = [queue(service="textsafe") for _ in range(WORKERS)]

    together(lambda number: messaging.send_one(message_id=rows[number].pk))

    assert provider.accepted() == 1
    assert sorted(again(row).status for row in rows) == ["sent"] + ["suppressed"] * 7


def test_eight_workers_share_one_organisations_rate(committing_db, provider) -> None:
    force = Organisation.objects.get(code="kent")
    RateLimit.objects.create(organisation=force, service="plain", count=3, seconds=3600)
    rows = [queue(organisation_id=force.pk) for _ in range(WORKERS)]

    together(lambda number: messaging.send_one(message_id=rows[number].pk))

    # A worker that found the rate locked waited for it: never more than three.
    assert provider.accepted() == 3


def test_the_same_request_from_eight_threads_is_one_message(committing_db) -> None:
    made = together(lambda _: queue(dedupe_key="test:same").pk)

    assert len(set(made)) == 1
    assert Message.objects.count() == 1


def test_a_cancel_against_eight_claims_ends_one_way_or_the_other(committing_db, provider) -> None:
    for _ in range(10):
        row = queue()

        def work(number: int, row: Message = row):
            if number == 0:
                with transaction.atomic():
                    return messaging.cancel_for_owner(
                        actor=Actor.system("test"),
                        owner_label="test.Owner",
                        owner_ids=[row.owner_id],
                        cause="located",
                    )
            return messaging.send_one(message_id=row.pk)

        answer, *sent = together(work)
        went = len(provider.texts(reference=row.reference))

        if answer.cancelled:
            assert (again(row).status, went, any(sent)) == ("cancelled", 0, False)
        else:
            assert (again(row).status, went, sent.count(True)) == ("sent", 1, 1)


def test_a_cancel_holds_a_claim_off_until_it_commits(committing_db, provider) -> None:
    row = queue()
    with transaction.atomic():
        messaging.cancel_for_owner(
            actor=Actor.system("test"), owner_label="test.Owner", owner_ids=[row.owner_id], cause="located"
        )
        (done,) = together(lambda _: messaging.send_one(message_id=row.pk), 1)
        assert not done

    assert again(row).status == "cancelled"
    assert provider.accepted() == 0


def test_a_message_claimed_before_the_cancel_is_reported_and_its_guard_stops_it(
    committing_db, provider
) -> None:
    row = queue()
    answers = []

    def located(owner_id: int) -> None:
        board.refusing.add(owner_id)
        answers.append(
            messaging.cancel_for_owner(
                actor=Actor.system("test"), owner_label="test.Owner", owner_ids=[owner_id], cause="located"
            )
        )

    board.hooks.append(located)
    messaging.send_one(message_id=row.pk)

    assert answers == [([], [row.owner_id])]
    assert again(row).status == "cancelled"
    assert provider.accepted() == 0


def test_no_transaction_is_open_while_the_provider_is_called(committing_db, provider) -> None:
    row = queue()
    seen = []
    board.hooks.append(lambda _: seen.append(connection.in_atomic_block))

    messaging.send_one(message_id=row.pk)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        messaging.send_one(message_id=queue().pk)

    assert seen == [False]


def test_the_kill_switch_works_within_a_second_in_a_flood(committing_db, provider) -> None:
    for _ in range(400):
        queue(lane="bulk")
    sweep = threading.Thread(target=lambda: together(lambda _: messaging.send_due(lane="bulk"), 2))
    sweep.start()
    while provider.accepted() < 10:
        time.sleep(0.02)

    messaging.switches.stop(actor=MANAGER, service="*", reason="Wrong wording.")
    stopped_at = timezone.now()
    sweep.join()

    late = Message.objects.filter(claimed_at__gt=stopped_at + timedelta(seconds=1))
    assert not late.exists()
    assert provider.accepted() < 400
    assert Message.objects.filter(status="queued").exists()


def test_receipts_read_by_eight_workers_are_each_applied_once(committing_db) -> None:
    rows = [queue() for _ in range(40)]
    for number, row in enumerate(rows):
        for status in ("sent", "delivered"):
            receipt(row, status, sid=f"SM{number}")

    together(lambda _: messaging.read_statuses())

    assert {again(row).status for row in rows} == {"delivered"}
    assert all(row.receipts.count() == 2 for row in rows)


def test_eight_tellers_tell_each_thing_once_and_in_order(committing_db) -> None:
    rows = [queue() for _ in range(40)]
    for number, row in enumerate(rows):
        receipt(row, "sent", sid=f"SM{number}")
    messaging.read_statuses()
    for number, row in enumerate(rows):
        receipt(row, "delivered", sid=f"SM{number}")
    messaging.read_statuses()

    together(lambda _: messaging.tell_all())
    messaging.tell_all()

    assert len(board.told) == 80
    for row in rows:
        mine = [status for owner, status in board.told if owner == row.owner_id]
        assert mine == ["sent", "delivered"]


def test_eight_reconcilers_queue_a_lost_message_once_more_only_once(committing_db, provider) -> None:
    provider.break_(FaultKind.CUT_BEFORE, times=1)
    row = queue()
    messaging.send_one(message_id=row.pk)
    Message.objects.update(claimed_at=timezone.now() - timedelta(minutes=6), next_attempt_at=timezone.now())

    together(lambda _: messaging.reconcile_due())
    together(lambda _: messaging.send_one(message_id=row.pk))

    assert again(row).status == "sent"
    assert provider.accepted() == 1
    assert log_of(row).count("not_found") == 1
