"""What holds for everybody's texts asks for a second factor given lately; a stop never does."""

from __future__ import annotations

import pytest
from django.test import Client

from foundation.messaging.services import switches
from tests.cast import Member

pytestmark = pytest.mark.django_db
SWITCH = "/textsafe/switch/"
POLICY = "/textsafe/automatic/own/"
AGAIN = "/accounts/2fa/reauthenticate/"


def throw(person: Member, wanted: str, *, fresh: bool):
    client = person.sign_in(Client(), fresh=fresh)
    return client.post(SWITCH, {"wanted": wanted, "reason": "A wrong wording."})


def test_stopping_needs_no_second_factor_and_starting_does(duty_manager: Member) -> None:
    assert throw(duty_manager, "stop", fresh=False)["Location"] == SWITCH
    assert switches.is_stopped("textsafe")
    assert throw(duty_manager, "start", fresh=False)["Location"].startswith(AGAIN)
    assert switches.is_stopped("textsafe")
    assert throw(duty_manager, "start", fresh=True)["Location"] == SWITCH
    assert not switches.is_stopped("textsafe")


def test_two_people_who_press_stop_at_once_have_stopped_it(duty_manager: Member) -> None:
    throw(duty_manager, "stop", fresh=True)
    throw(duty_manager, "stop", fresh=True)
    assert switches.is_stopped("textsafe")


def test_a_forces_automation_is_switched_on_with_a_second_factor_given_lately(met_inspector: Member) -> None:
    client = met_inspector.sign_in(Client(), fresh=False)
    assert client.get(POLICY)["Location"].startswith(AGAIN)
    assert met_inspector.sign_in(Client()).get(POLICY).status_code == 200
