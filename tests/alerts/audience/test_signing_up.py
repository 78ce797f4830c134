"""Double opt-in: nobody gets alerts who has not given back what their address was sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from alerts.audience import deadlines, services
from alerts.audience.models import Bucket, SignUp, Subscriber, Subscription
from alerts.audience.services import signing_up
from foundation.messaging import services as messaging
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.messaging.models import Message
from tests.alerts.audience.conftest import ask, code_sent, link_sent, subscribe

pytestmark = pytest.mark.django_db


def test_an_address_gets_nothing_but_the_asking_until_it_is_confirmed(london) -> None:
    row = ask("one@people.test", [london["Northborough"]])
    assert row is not None
    assert not Subscriber.objects.exists()
    assert not Subscription.objects.exists()
    message = Message.objects.get(service=signing_up.SERVICE)
    assert (message.to, message.guard) == ("one@people.test", "alerts.signup")
    assert link_sent().startswith("/alerts/confirm/")
    found = services.confirm(token_hash=row.token_hash)
    assert found is not None
    mine = Subscription.objects.get()
    assert (mine.to, mine.status, mine.bucket.active) == ("one@people.test", "active", 1)
    row.refresh_from_db()
    assert row.to == ""


def test_a_code_goes_to_a_number_and_is_kept_as_a_hash_with_its_form(london) -> None:
    row = ask("07700 900123", [london["Greatham"]], channel="sms")
    assert row is not None
    code = code_sent()
    assert code not in row.token_hash
    assert len(Message.objects.latest("pk").body) <= 160
    assert services.confirm(token_hash="0" * 64) is None
    assert services.confirm(token_hash=row.token_hash) is not None


def test_what_is_over_or_confirmed_confirms_nothing(london) -> None:
    row = ask("one@people.test", [london["Northborough"]])
    assert row is not None
    assert services.still_open(row.pk) is None
    with time_machine.travel(timezone.now() + deadlines.LINK_LASTS + timedelta(seconds=1)):
        assert services.confirm(token_hash=row.token_hash) is None
        refusal = services.still_open(row.pk)
        assert refusal is not None
        assert refusal.code == "over"
    assert services.confirm(token_hash=row.token_hash) is not None
    assert services.confirm(token_hash=row.token_hash) is None
    assert Subscriber.objects.count() == 1


def test_an_address_is_asked_three_times_a_day_whoever_types_it_in(london) -> None:
    asked = [ask("one@people.test", [london["Northborough"]]) for _ in range(5)]
    assert [row is not None for row in asked] == [True, True, True, False, False]
    assert Message.objects.count() == 3
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert ask("one@people.test", [london["Northborough"]]) is not None


def test_an_address_that_said_stop_is_asked_once_a_week_and_let_in_when_it_confirms(london) -> None:
    subscribe("07700 900123", [london["Northborough"]], channel="sms")
    messaging.suppress(
        actor=signing_up.WORKER, service="alerts", channel="sms", to="07700 900123", cause="stop"
    )
    assert services.leave_suppressed(now=timezone.now()) == 1
    assert ask("07700 900123", [london["Northborough"]], channel="sms") is None
    with time_machine.travel(timezone.now() + deadlines.ASKED_AFTER_STOP + timedelta(minutes=1)):
        subscribe("07700 900123", [london["Northborough"]], channel="sms")
        assert not messaging.is_suppressed("alerts", "sms", "07700 900123")
    assert services.leave_suppressed(now=timezone.now()) == 0
    assert Bucket.objects.get().active == 1


def test_signing_up_again_replaces_what_was_chosen_and_ends_a_pause(london) -> None:
    first = subscribe("one@people.test", [london["Northborough"]])
    services.pause(actor=signing_up.WORKER, subscriber_id=first.pk, days=7)
    again = subscribe("one@people.test", [london["Southborough"], london["Greatham"]], language="cy")
    assert again.pk == first.pk
    again.refresh_from_db()
    assert (again.language, again.paused_until) == ("cy", None)
    live = Subscription.objects.exclude(status="left")
    assert {row.bucket.area.name for row in live} == {"Southborough", "Greatham"}
    assert {row.bucket.language for row in live} == {"cy"}
    gone = Subscription.objects.get(status="left")
    assert (gone.to, gone.to_key) == ("", "")


def test_what_is_no_address_or_may_not_be_dialled_is_refused(london) -> None:
    with pytest.raises(InvalidAddress):
        ask("nobody", [london["Northborough"]])
    with pytest.raises(NotDialable):
        ask("07911 123456", [london["Northborough"]], channel="sms")
    assert not SignUp.objects.exists()
