"""What refuses to start: a sender nobody can answer, and a stand-in in production."""

import os
import subprocess
import sys

import pytest

from foundation.messaging.gateways import checks
from foundation.messaging.gateways.dialling import can_receive, is_invented, may_dial
from foundation.messaging.gateways.twilio_errors import MEANINGS, meaning_of


def ids(found) -> set[str]:
    return {one.id for one in found}


@pytest.mark.parametrize("sender", ["Missing", "MissingPpl", "", "07700900000", "+44", "MGshort", "123"])
def test_a_sender_that_cannot_receive_refuses_to_start(settings, sender: str) -> None:
    settings.TEXTSAFE_SENDER = sender

    assert ids(checks.check_senders()) == {"messaging.E001"}


def test_a_senders_name_for_one_service_refuses_to_start_too(settings) -> None:
    settings.MESSAGE_SENDERS = {"sms:news": "Harbour", "email:news": "Harbour <news@harbour.example>"}

    assert [one.msg for one in checks.check_senders()] == [
        "MESSAGE_SENDERS['sms:news'] is not a sender that can receive replies."
    ]


@pytest.mark.parametrize("sender", ["+447700900000", "60777", "116000", "MG" + "0a" * 16])
def test_a_sender_that_can_receive_starts(sender: str) -> None:
    assert can_receive(sender)


def test_production_refuses_the_stand_in(settings) -> None:
    settings.IS_PRODUCTION = True

    assert ids(checks.check_sandbox_is_off()) == {"messaging.E002", "messaging.E003"}


def test_production_refuses_to_start_without_account_and_public_address(settings) -> None:
    settings.IS_PRODUCTION = True
    settings.TWILIO_AUTH_TOKEN = ""

    assert ids(checks.check_twilio_account()) == {"messaging.E004", "messaging.E005"}


def test_a_whole_production_starts(settings) -> None:
    settings.INSTALLED_APPS = [one for one in settings.INSTALLED_APPS if one != checks.SANDBOX_APP]
    settings.IS_PRODUCTION = True
    settings.TWILIO_BASE_URL = ""
    settings.PUBLIC_BASE_URL = "https://help.example.org"

    assert checks.check_sandbox_is_off() == checks.check_twilio_account() == checks.check_senders() == []


def test_the_demonstration_needs_no_account() -> None:
    assert checks.check_sandbox_is_off() == checks.check_twilio_account() == []


def test_the_stand_in_cannot_even_be_imported_in_production() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import foundation.sandbox"],
        env={
            **os.environ,
            "HARBOUR_ENV": "production",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "x" * 60,
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "foundation.sandbox cannot be loaded" in done.stderr


@pytest.mark.parametrize(
    "number", ["+447700900000", "+447700900999", "+442079460123", "+441632960001", "+15005550006"]
)
def test_invented_numbers_are_known(number: str) -> None:
    assert is_invented(number)


@pytest.mark.parametrize(
    "number", ["+447700901000", "+447911123456", "+4477009000001", "447700900000", "", "+15005560006"]
)
def test_other_numbers_may_belong_to_somebody(number: str) -> None:
    assert not is_invented(number)


def test_production_dials_anybody(settings) -> None:
    assert not may_dial("+447911123456")
    settings.IS_PRODUCTION = True
    assert may_dial("+447911123456")


def test_every_error_is_told_in_words_and_without_codes() -> None:
    for meaning in MEANINGS.values():
        assert meaning.reason.endswith(".")
        assert not any(character.isdigit() for character in meaning.reason)
        assert meaning.permanent == (meaning.retry_after is None)


@pytest.mark.parametrize(
    ("code", "status", "permanent"),
    [(21211, 400, True), ("20429", 429, False), (99999, 400, True), (99999, 429, False), (0, 401, False)],
)
def test_an_error_that_is_not_listed_is_judged_by_its_status(code, status, permanent) -> None:
    assert meaning_of(code, status=status).permanent is permanent


def test_a_code_that_is_no_number_is_an_unlisted_one() -> None:
    assert meaning_of("odd").permanent
