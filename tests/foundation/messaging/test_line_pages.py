"""The lines that alerts leave by are set up by the charity, and every change is kept."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from foundation.access import Refused
from foundation.accounts.enums import Role
from foundation.audit.models import AuditEvent
from foundation.messaging.models import Line
from foundation.messaging.services import line_settings
from tests.cast import member

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "second sender",
    "channel": "sms",
    "sender": "",
    "per_second": "250",
    "kept_back": "10",
    "is_on": "on",
    "reason": "Agreed for alerts.",
}


def test_a_duty_manager_adds_a_line_and_switches_it_off(client: Client, duty_manager) -> None:
    duty_manager.sign_in(client)
    assert "No line is set up" in client.get(reverse("messaging:lines")).content.decode()
    assert client.post(reverse("messaging:line_add"), GIVEN).status_code == 302
    row = Line.objects.get()
    assert (row.per_second, row.kept_back, row.is_on) == (250, 10, True)
    off = {**GIVEN, "is_on": "", "reason": "The provider is down."}
    client.post(reverse("messaging:line_change", args=[row.pk]), off)
    assert "Off" in client.get(reverse("messaging:lines")).content.decode()
    assert AuditEvent.objects.filter(action="line.saved").count() == 2


def test_more_kept_back_than_there_is_says_so(client: Client, duty_manager) -> None:
    duty_manager.sign_in(client)
    refused = client.post(reverse("messaging:line_add"), {**GIVEN, "kept_back": "250"})
    assert "Keep back less" in refused.content.decode()
    assert not Line.objects.exists()


def test_a_line_is_changed_with_a_second_factor_given_lately(client: Client, duty_manager) -> None:
    duty_manager.sign_in(client, fresh=False)
    assert client.post(reverse("messaging:line_add"), GIVEN).status_code == 302
    assert not Line.objects.exists()


def test_the_police_have_no_lines(client: Client, met_officer, met) -> None:
    met_officer.sign_in(client)
    assert client.get(reverse("messaging:lines")).status_code == 403
    of_force = member("admin@met.example", "Pat Moss", met, Role.ADMINISTRATOR)
    assert of_force.sign_in(client).get(reverse("messaging:lines")).status_code == 403
    with pytest.raises(Refused):
        line_settings.save_line(
            actor=of_force.actor,
            name="x",
            channel="sms",
            per_second=1,
            kept_back=0,
            is_on=True,
            reason="x",
        )
