"""The kill switch: nothing goes out, and what waited goes when it is lifted."""

import pytest

from foundation.access import Refused
from foundation.audit.models import AuditEvent
from foundation.messaging import services as messaging
from foundation.messaging.models import Switch
from foundation.messaging.services.claim import claim_one
from foundation.messaging.services.send import carry_out
from tests.foundation.messaging.conftest import again, log_of, queue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("service", ["plain", "*"])
def test_nothing_of_a_stopped_service_goes_out_until_it_is_started(provider, duty_manager, service) -> None:
    row = queue()
    messaging.switches.stop(actor=duty_manager.actor, service=service, reason="Wrong wording went out.")

    assert not messaging.send_one(message_id=row.pk)
    assert messaging.send_due(lane="normal") == 0
    assert (again(row).status, again(row).attempts) == ("queued", 0)

    messaging.switches.start(actor=duty_manager.actor, service=service, reason="Put right.")
    assert messaging.send_due(lane="normal") == 1
    assert again(row).status == "sent"
    assert list(
        AuditEvent.objects.filter(target="messaging.Switch").order_by("pk").values_list("action", flat=True)
    ) == ["switch.stopped", "switch.started"]


def test_in_read_only_mode_nothing_goes_out_and_what_waited_goes_afterwards(provider, settings) -> None:
    row = queue()
    settings.READ_ONLY = True

    assert not messaging.send_one(message_id=row.pk)
    assert messaging.send_due(lane="normal") == 0
    assert (again(row).status, again(row).attempts) == ("queued", 0)

    settings.READ_ONLY = False
    assert messaging.send_due(lane="normal") == 1
    assert again(row).status == "sent"


def test_other_services_go_on(provider, duty_manager) -> None:
    messaging.switches.stop(actor=duty_manager.actor, service="textsafe", reason="A drill.")
    row = queue()

    messaging.send_due(lane="normal")

    assert again(row).status == "sent"


def test_what_is_claimed_but_not_yet_called_is_held_too(provider, duty_manager) -> None:
    row = queue()
    claim = claim_one(message_id=row.pk)
    messaging.switches.stop(actor=duty_manager.actor, service="*", reason="A drill.")

    carry_out(claim)

    assert (again(row).status, again(row).attempts) == ("queued", 0)
    assert log_of(row) == ["claimed", "released"]
    assert provider.accepted() == 0


def test_only_the_charitys_managers_and_administrators_throw_it(
    met_administrator, caseworker, duty_manager
) -> None:
    for actor in (met_administrator.actor, caseworker.actor):
        with pytest.raises(Refused):
            messaging.switches.stop(actor=actor, service="*", reason="No.")
    with pytest.raises(Refused):
        messaging.switches.stop(actor=duty_manager.actor, service="*", reason=" ")
    assert not Switch.objects.exists()


def test_in_read_only_mode_everything_is_stopped(settings) -> None:
    assert not messaging.switches.is_stopped("textsafe")
    settings.READ_ONLY = True
    assert messaging.switches.is_stopped("textsafe")
    assert messaging.switches.is_stopped("textsafe", lane="urgent")
