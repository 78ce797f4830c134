"""What Twilio took and how it fared, asked afterwards: an answer proves, silence does not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.messaging.gateways.base import OutcomeUnknown, Outgoing
from foundation.messaging.gateways.twilio import TwilioGateway
from foundation.sandbox.enums import FaultKind

pytestmark = pytest.mark.django_db

TO = "+447700900123"
BODY = "Need to talk? Reply STOP to end."


def send(to: str = TO):
    return TwilioGateway().send(Outgoing(reference="MSG-1", to=to, body=BODY))


def test_a_lost_answer_is_found_again_by_number_text_and_time(provider) -> None:
    since = timezone.now()
    provider.break_(FaultKind.CUT_AFTER, times=1)
    with pytest.raises(OutcomeUnknown):
        send()

    (found,) = TwilioGateway().find(to=TO, body=BODY, since=since)

    assert found.provider_id == provider.texts()[0]["sid"]
    assert found.certain
    assert TwilioGateway().fetch(found.provider_id).provider_id == found.provider_id


def test_a_text_that_never_arrived_is_not_found(provider) -> None:
    since = timezone.now()
    send(to="+447700900124")
    TwilioGateway().send(Outgoing(reference="MSG-2", to=TO, body="Another wording."))

    assert TwilioGateway().find(to=TO, body=BODY, since=since) == []


def test_yesterdays_text_is_not_taken_for_todays(provider) -> None:
    send()

    assert TwilioGateway().find(to=TO, body=BODY, since=timezone.now() + timedelta(minutes=10)) == []


def test_more_texts_than_a_page_holds_are_all_looked_through(provider) -> None:
    since = timezone.now()
    send()
    for number in range(60):
        TwilioGateway().send(Outgoing(reference=f"X-{number}", to=TO, body=f"Other {number}"))

    assert len(TwilioGateway().find(to=TO, body=BODY, since=since)) == 1


def test_a_reply_with_the_same_words_is_not_taken_for_our_text(provider) -> None:
    since = timezone.now()
    provider.reply("+447700900000", BODY, to=TO)

    assert TwilioGateway().find(to=TO, body=BODY, since=since) == []


def test_a_list_that_cannot_be_had_proves_nothing(provider) -> None:
    provider.break_(FaultKind.LIST_DOWN)

    with pytest.raises(OutcomeUnknown):
        TwilioGateway().find(to=TO, body=BODY, since=timezone.now())
    with pytest.raises(OutcomeUnknown):
        TwilioGateway().fetch("SM" + "0" * 32)


def test_where_the_provider_redacts_a_lost_answer_is_found_but_not_certain(provider, settings) -> None:
    settings.TWILIO_DISCARD_CONTENT = True
    since = timezone.now()
    provider.break_(FaultKind.CUT_AFTER, times=1)
    with pytest.raises(OutcomeUnknown):
        send()
    provider.wait_until_told()

    (found,) = TwilioGateway().find(to=TO, body=BODY, since=since)

    assert not found.certain


def test_a_text_can_be_blanked_at_the_provider_once_its_status_is_final(provider) -> None:
    accepted = send()
    provider.wait_until_told()

    TwilioGateway().redact(accepted.provider_id)

    (found,) = TwilioGateway().find(to=TO, body="something else", since=timezone.now())
    assert not found.certain


def test_where_the_provider_redacts_another_persons_text_is_not_taken_for_it(provider, settings) -> None:
    settings.TWILIO_DISCARD_CONTENT = True
    since = timezone.now()
    send(to="+442079460123")
    provider.wait_until_told()

    assert TwilioGateway().find(to=TO, body=BODY, since=since) == []


def test_a_list_too_long_to_read_proves_nothing(provider) -> None:
    for number in range(3):
        TwilioGateway().send(Outgoing(reference=f"X-{number}", to=TO, body=f"Other {number}"))

    with pytest.raises(OutcomeUnknown):
        TwilioGateway(most_listed=2).find(to=TO, body=BODY, since=timezone.now())


def test_blanking_a_text_that_is_not_there_is_told(provider) -> None:
    with pytest.raises(OutcomeUnknown):
        TwilioGateway().redact("SM" + "0" * 32)
