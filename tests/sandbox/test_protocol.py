"""The stand-in speaks Twilio's protocol: shapes, codes and paging, as the official client sees them."""

from datetime import timedelta

import pytest
import requests
from django.utils import timezone
from twilio.base.exceptions import TwilioRestException

from foundation.messaging.gateways.twilio_client import client
from foundation.sandbox.services import segments

pytestmark = pytest.mark.django_db

TO, OWN = "+447700900123", "+447700900000"


def create(**given):
    return client().messages.create(**{"to": TO, "from_": OWN, "body": "Hello", **given})


def test_a_message_comes_back_in_twilios_shape(provider, settings) -> None:
    made = create()

    assert made.sid.startswith("SM")
    assert len(made.sid) == 34
    assert (made.status, made.direction, made.num_segments) == ("queued", "outbound-api", "1")
    assert made.account_sid == settings.TWILIO_ACCOUNT_SID
    assert made.date_sent is None
    assert made.error_code is None
    assert timezone.now() - made.date_created < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"to": ""}, 21604),
        ({"to": "07700 900123"}, 21211),
        ({"to": OWN}, 21266),
        ({"body": ""}, 21602),
        ({"body": "x" * 1601}, 21617),
        ({"from_": ""}, 21603),
        ({"from_": "+447700900555"}, 21606),
        ({"from_": "+15005550001"}, 21212),
        ({"from_": "+15005550008"}, 21611),
        ({"from_": "?!"}, 21212),
        ({"from_": "", "messaging_service_sid": "MGnone"}, 21701),
        ({"status_callback": "not an address"}, 21609),
        ({"validity_period": 40_000}, 20001),
        ({"validity_period": "soon"}, 20001),
        ({"content_retention": "forget"}, 30029),
        ({"address_retention": "forget"}, 30028),
    ],
)
def test_a_wrong_request_is_refused_with_twilios_code(provider, given, code: int) -> None:
    with pytest.raises(TwilioRestException) as caught:
        create(**given)

    assert (caught.value.status, caught.value.code) == (400, code)
    assert provider.accepted() == 0


def test_a_name_may_send_at_twilio_although_harbour_refuses_it(provider) -> None:
    assert create(from_="Harbour").from_ == "Harbour"


def test_only_the_account_may_ask(provider, settings) -> None:
    address = f"{provider.url}/2010-04-01/Accounts/{settings.TWILIO_ACCOUNT_SID}/Messages.json"

    for auth in (None, (settings.TWILIO_ACCOUNT_SID, "wrong"), ("AC" + "0" * 32, settings.TWILIO_AUTH_TOKEN)):
        answer = requests.post(address, data={"To": TO}, auth=auth, timeout=5)
        assert (answer.status_code, answer.json()["code"]) == (401, 20003)
    auth = (settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN)
    other = address.replace(settings.TWILIO_ACCOUNT_SID, "AC" + "0" * 32)
    assert requests.get(other, auth=auth, timeout=5).json()["code"] == 20404
    assert requests.put(address, auth=auth, timeout=5).status_code == 405


def test_a_list_is_by_number_newest_first_and_in_pages(provider) -> None:
    for number in range(7):
        create(body=f"Text {number}")
    create(to="+447700900124", body="Somebody else's")

    found = client().messages.list(to=TO, page_size=3)

    assert [one.body for one in found] == [f"Text {number}" for number in range(6, -1, -1)]


def test_a_list_by_date_leaves_out_what_waits_still(provider, settings) -> None:
    settings.SANDBOX_PACE = 0
    create(body="Sent")
    provider.wait_until_told()
    settings.SANDBOX_PACE = 60
    create(body="Waits")
    today = timezone.now()

    def bodies(**asked) -> list[str]:
        return [one.body for one in client().messages.list(to=TO, **asked)]

    assert bodies() == ["Waits", "Sent"]
    assert bodies(date_sent_after=today - timedelta(days=1)) == ["Sent"]
    assert bodies(date_sent=today.date()) == ["Sent"]
    assert bodies(date_sent_before=today - timedelta(days=2)) == []
    assert bodies(from_="+447700900999") == []


def test_a_date_that_is_none_is_refused(provider, settings) -> None:
    address = f"{provider.url}/2010-04-01/Accounts/{settings.TWILIO_ACCOUNT_SID}/Messages.json"
    auth = (settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN)

    for asked in ("DateSent=2026-13-45", "DateSent=yesterday", "PageSize=x"):
        assert requests.get(f"{address}?{asked}", auth=auth, timeout=5).status_code == 400


def test_one_message_can_be_fetched_and_its_text_blanked_when_it_is_final(provider, settings) -> None:
    settings.SANDBOX_PACE = 60
    waiting = create()
    with pytest.raises(TwilioRestException) as caught:
        client().messages(waiting.sid).update(body="")
    assert caught.value.code == 20009

    settings.SANDBOX_PACE = 0
    done = create()
    _wait_for(done.sid, "delivered")
    client().messages(done.sid).update(body="")

    assert client().messages(done.sid).fetch().body == ""
    # What the phone shows is not what Twilio keeps.
    assert provider.texts()[1]["body"] == "Hello"


def _wait_for(sid: str, status: str) -> None:
    import time

    for _ in range(200):
        if client().messages(sid).fetch().status == status:
            return
        time.sleep(0.03)
    raise AssertionError(f"{sid} never became {status}")


def test_a_message_nobody_knows_is_not_found(provider) -> None:
    with pytest.raises(TwilioRestException) as caught:
        client().messages("SM" + "0" * 32).fetch()

    assert (caught.value.status, caught.value.code) == (404, 20404)


def test_what_is_to_be_redacted_is_gone_once_it_is_sent(provider) -> None:
    made = create(content_retention="discard", address_retention="obfuscate")
    provider.wait_until_told()

    seen = client().messages(made.sid).fetch()

    assert (seen.body, seen.to) == ("", "+44770090XXXX")
    assert client().messages.list(to=TO) == []


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("[" * 80, 1),
        ("[" * 81, 2),
        ("\u2019" * 70, 1),
        ("\u2019" * 71, 2),
        ("🙂" * 36, 2),
    ],
)
def test_segments_are_counted_as_the_air_counts_them(body: str, count: int) -> None:
    assert segments(body) == count
