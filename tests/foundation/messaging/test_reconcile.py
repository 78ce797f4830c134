"""Unknown outcomes: looked for, never guessed; what stays unclear is for a person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.access import Refused
from foundation.messaging import services as messaging
from foundation.messaging.models import Message
from foundation.messaging.services import reconcile
from foundation.messaging.services.claim import claim_one
from foundation.sandbox.enums import FaultKind
from tests.foundation.messaging import board
from tests.foundation.messaging.conftest import again, log_of, queue, receipt

pytestmark = pytest.mark.django_db


def unknown(provider, fault: FaultKind = FaultKind.CUT_AFTER, **over) -> Message:
    """A message that was called about once, with a fault in the answer."""
    provider.break_(fault, times=1)
    row = queue(**over)
    messaging.send_one(message_id=row.pk)
    assert again(row).status == "unknown"
    return again(row)


def look(row: Message, *, after: timedelta = timedelta(0)) -> Message:
    """Have the sweeper look for it, as if it had been claimed `after` longer ago."""
    now = timezone.now()
    current = again(row)
    Message.objects.filter(pk=row.pk).update(
        next_attempt_at=now,
        claimed_at=current.claimed_at - after,
        unknown_since=current.unknown_since - after,
    )
    messaging.reconcile_due()
    return again(row)


def test_what_the_provider_took_is_found_and_settled(provider) -> None:
    row = unknown(provider)
    provider.wait_until_told()

    now = look(row)

    assert now.status == "delivered"
    assert now.provider_id == provider.texts()[0]["sid"]
    assert now.provider == "twilio"
    assert log_of(row) == ["claimed", "unknown", "found"]


def test_a_found_failure_has_its_reason(provider) -> None:
    row = unknown(provider, to="+447700900923")
    provider.wait_until_told()

    now = look(row)

    assert (now.status, now.failed_code) == ("failed", "30005")
    assert now.failed_reason == "The number is unknown or no longer in use."


def test_what_is_not_listed_yet_is_looked_for_again_and_not_sent(provider) -> None:
    row = unknown(provider, FaultKind.CUT_BEFORE)

    now = look(row, after=timedelta(minutes=4))

    assert now.status == "unknown"
    assert now.next_attempt_at > timezone.now()
    assert provider.accepted() == 0


def test_what_is_not_listed_after_a_set_time_is_sent_once_more(provider) -> None:
    row = unknown(provider, FaultKind.CUT_BEFORE)

    now = look(row, after=timedelta(minutes=6))
    assert (now.status, now.resends, now.claim_token) == ("queued", 1, None)
    messaging.send_one(message_id=row.pk)

    assert again(row).status == "sent"
    assert provider.accepted() == 1
    messaging.tell_all()
    assert [status for _, status in board.told] == ["unknown", "queued", "sent"]


def test_it_is_sent_once_more_only_once(provider) -> None:
    row = unknown(provider, FaultKind.CUT_BEFORE)
    look(row, after=timedelta(minutes=6))
    provider.break_(FaultKind.CUT_BEFORE, times=1)
    messaging.send_one(message_id=row.pk)

    now = look(row, after=timedelta(minutes=6))

    assert (now.status, now.failed_code) == ("failed", "not_taken")
    assert log_of(row)[-1] == "not_found"


def test_what_was_not_sent_in_its_time_has_expired(provider) -> None:
    row = unknown(provider, FaultKind.CUT_BEFORE)
    Message.objects.update(valid_until=timezone.now())

    now = look(row, after=timedelta(minutes=6))

    assert (now.status, now.failed_code) == ("expired", "too_late")


def test_another_message_of_ours_to_the_same_number_is_not_taken_for_it(provider) -> None:
    known = queue()
    messaging.send_one(message_id=known.pk)
    row = unknown(provider, FaultKind.CUT_BEFORE)

    assert look(row).status == "unknown"
    assert look(row, after=timedelta(minutes=6)).status == "queued"


def test_two_that_are_alike_are_left_to_a_person(provider) -> None:
    first, second = unknown(provider), unknown(provider)

    assert look(first).needs_person
    assert look(second).needs_person
    assert look(first).status == "unknown"
    assert log_of(first) == ["claimed", "unknown", "unclear"]


def test_one_find_that_may_be_of_either_twin_is_left_to_a_person(provider) -> None:
    first = unknown(provider)
    unknown(provider, FaultKind.CUT_BEFORE)

    assert look(first).needs_person
    assert again(first).status == "unknown"


def test_a_find_that_is_not_certain_is_left_to_a_person(provider, settings) -> None:
    settings.TWILIO_DISCARD_CONTENT = True
    row = unknown(provider)
    provider.wait_until_told()

    assert look(row).needs_person


def test_a_provider_that_cannot_be_asked_is_asked_again_and_then_a_person(provider) -> None:
    row = unknown(provider)
    provider.break_(FaultKind.LIST_DOWN)

    assert not look(row).needs_person
    assert look(row, after=timedelta(minutes=31)).needs_person
    provider.mend()
    provider.wait_until_told()
    now = look(row)
    assert (now.status, now.needs_person) == ("delivered", False)


def test_a_receipt_clears_up_an_unknown_outcome(provider) -> None:
    row = unknown(provider)
    receipt(row, "delivered", sid="SM1")

    messaging.read_statuses()

    assert (again(row).status, again(row).unknown_since) == ("delivered", None)


def test_a_claim_whose_worker_died_becomes_unknown_and_is_reconciled(provider) -> None:
    lost, fresh = queue(), queue()
    for row in (lost, fresh):
        claim_one(message_id=row.pk)
    Message.objects.filter(pk=lost.pk).update(claimed_at=timezone.now() - timedelta(minutes=4))

    assert messaging.find_lost_claims() == [lost.pk]

    assert again(fresh).status == "sending"
    assert look(lost, after=timedelta(minutes=6)).status == "queued"


def test_what_is_no_longer_unknown_or_not_due_is_not_looked_for(provider) -> None:
    row = unknown(provider)

    assert not reconcile.reconcile(message_id=row.pk)
    receipt(row, "delivered", sid="SM1")
    messaging.read_statuses()
    assert not reconcile.reconcile(message_id=row.pk)


@pytest.mark.parametrize(("delivered", "ends"), [(True, "delivered"), (False, "failed")])
def test_a_person_of_the_keeping_organisation_settles_it(
    provider, administrator, charity, delivered: bool, ends: str
) -> None:
    row = unknown(provider, organisation_id=charity.pk)

    settled = messaging.settle_by_person(
        actor=administrator.actor,
        reference=row.reference,
        delivered=delivered,
        reason="Seen in the provider's console.",
    )

    assert settled.status == ends
    line = row.log.order_by("-pk").first()
    assert (line.outcome, line.user_id) == ("settled", administrator.user.pk)
    messaging.tell_all()
    assert board.told[-1] == (row.owner_id, ends)


def test_nobody_else_settles_it(
    provider, administrator, met_administrator, met_officer, duty_manager, charity
) -> None:
    row = unknown(provider, organisation_id=charity.pk)
    secret = unknown(provider, service="textsafe", organisation_id=met_administrator.organisation.pk)

    for actor, message in [
        (met_administrator.actor, row),
        (met_officer.actor, secret),
        (met_administrator.actor, secret),
    ]:
        with pytest.raises(Refused):
            messaging.settle_by_person(
                actor=actor, reference=message.reference, delivered=True, reason="I think so."
            )
    with pytest.raises(Refused):
        messaging.settle_by_person(
            actor=administrator.actor, reference=row.reference, delivered=True, reason=" "
        )
    assert messaging.settle_by_person(
        actor=duty_manager.actor, reference=secret.reference, delivered=False, reason="Not in the list."
    )
    with pytest.raises(Refused):
        messaging.settle_by_person(
            actor=duty_manager.actor, reference=secret.reference, delivered=True, reason="Again."
        )
