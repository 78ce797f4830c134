"""Numbers and addresses in one written form, and what kind of line they are."""

import pytest

from foundation.messaging import addresses, numbers
from foundation.messaging.enums import Standing
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.messaging.gateways.statuses import standing_of
from foundation.messaging.numbers import LineKind


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("07400123456", "+447400123456"),
        ("+1 415 555 2671", "+14155552671"),
        ("020 7946 0018", "+442079460018"),
    ],
)
def test_a_number_has_one_written_form(raw: str, written: str) -> None:
    assert numbers.normalise(raw) == written


@pytest.mark.parametrize("raw", ["", "x", "999", "07700 90012", "0000000000", "+44"])
def test_what_cannot_be_a_number_is_refused(raw: str) -> None:
    with pytest.raises(InvalidAddress):
        numbers.normalise(raw)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("+447700900123", LineKind.MOBILE),
        ("+447400123456", LineKind.MOBILE),
        ("+442079460018", LineKind.LANDLINE),
        ("+441132345678", LineKind.LANDLINE),
        ("+445600000000", LineKind.VOIP),
        ("+447000000000", LineKind.OTHER),
        ("+14155552671", LineKind.UNKNOWN),
    ],
)
def test_a_number_tells_what_line_it_is(number: str, kind: LineKind) -> None:
    assert numbers.line_kind(number) is kind


@pytest.mark.parametrize(
    ("number", "foreign"), [("+447700900123", False), ("+447624300000", False), ("+33612345678", True)]
)
def test_a_number_outside_44_is_foreign(number: str, foreign: bool) -> None:
    assert numbers.is_foreign(number) is foreign


def test_equal_addresses_have_equal_keys_and_channels_stand_apart() -> None:
    assert numbers.key_of("sms", "+447700900123") == numbers.key_of("sms", "+447700900123")
    assert numbers.key_of("sms", "+447700900123") != numbers.key_of("email", "+447700900123")
    assert "7700" not in numbers.key_of("sms", "+447700900123")


@pytest.mark.parametrize(
    ("channel", "raw", "written"),
    [
        ("email", " Some.One@Example.org ", "some.one@example.org"),
        ("webhook", "https://partner.example/hook", "https://partner.example/hook"),
    ],
)
def test_other_channels_have_one_written_form_too(channel: str, raw: str, written: str) -> None:
    assert addresses.normalise(channel, raw) == written


@pytest.mark.parametrize(("channel", "raw"), [("email", "nobody"), ("webhook", "ftp://partner.example/")])
def test_what_is_no_address_is_refused(channel: str, raw: str) -> None:
    with pytest.raises(InvalidAddress):
        addresses.normalise(channel, raw)


def test_only_numbers_are_held_against_the_allow_list() -> None:
    addresses.check_dialable("email", "someone@example.org")
    with pytest.raises(NotDialable):
        addresses.check_dialable("sms", "+447400123456")


def test_every_status_of_the_provider_has_a_meaning() -> None:
    going = {"accepted", "scheduled", "queued", "sending", "sent", "partially_delivered"}
    assert {standing_of(one) for one in going} == {Standing.ACCEPTED}
    assert {standing_of(one) for one in ("delivered", "read", "Delivered")} == {Standing.DELIVERED}
    assert {standing_of(one) for one in ("undelivered", "failed", "canceled")} == {Standing.FAILED}
    assert standing_of("undelivered", "30036") is Standing.EXPIRED
    assert standing_of("receiving") is standing_of("") is None
