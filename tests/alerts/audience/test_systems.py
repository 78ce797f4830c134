"""A partner's system gets alerts once its contact and itself have answered, and not a moment before."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from standardwebhooks import WebhookVerificationError

from alerts.audience import services
from alerts.audience.models import Bucket, PartnerSystem, Subscriber, Subscription, SystemSignUp
from alerts.audience.services import signing_up
from alerts.audience.signing_secrets import NEW, secret_of
from foundation.backups.models import Hold, HoldStep
from foundation.messaging.exceptions import InvalidAddress
from foundation.messaging.models import Message
from tests.alerts.audience.conftest import link_sent
from tests.alerts.audience.systems import CONTACT, ask, confirm, join

pytestmark = pytest.mark.django_db
WORKER = signing_up.WORKER


def test_nothing_is_asked_of_a_system_before_its_contact_confirms(endpoint, london) -> None:
    ask(endpoint.url, [london["Northborough"]])
    message = Message.objects.get(channel="email")
    assert message.to == CONTACT
    assert "Northborough Buses" in message.body
    assert services.ask_systems(now=timezone.now()) == 0
    assert endpoint.told == []
    secret = confirm()
    assert not Subscriber.objects.exists()
    assert services.ask_systems(now=timezone.now()) == 1
    (challenge,) = endpoint.read(secret)
    assert challenge["type"] == "alerts.challenge"
    system = PartnerSystem.objects.get()
    assert (system.host, system.name, system.contact) == ("127.0.0.1", "Northborough Buses", CONTACT)
    row = Subscription.objects.get()
    assert (row.channel, row.to, row.status) == ("webhook", endpoint.url, "active")
    assert Bucket.objects.get().active == 1
    assert services.secrets_of([system.subscriber_id]) == {system.subscriber_id: (secret,)}
    assert "/alerts/leave/" in Message.objects.latest("pk").body
    signed_up = SystemSignUp.objects.get()
    assert (signed_up.endpoint, signed_up.contact, signed_up.secret) == ("", "", "")


def test_a_system_that_does_not_answer_is_asked_again_and_then_told_so(endpoint, london) -> None:
    endpoint.answers = False
    ask(endpoint.url, [london["Northborough"]])
    confirm()
    now = timezone.now()
    assert services.ask_systems(now=now) == 1
    assert SystemSignUp.objects.get().problem == "wrong"
    assert services.ask_systems(now=now + timedelta(seconds=30)) == 0
    for day in range(1, 9):
        services.ask_systems(now=now + timedelta(hours=8 * day))
    row = SystemSignUp.objects.get()
    assert (row.next_ask_at, Subscriber.objects.count()) == (None, 0)
    assert 5 <= len(endpoint.told) <= 8
    assert "did not give our challenge back" in Message.objects.latest("pk").body


@pytest.mark.parametrize(
    ("url", "problem"),
    [("https://127.0.0.1/alerts", "not_allowed"), ("https://nowhere.invalid/alerts", "no_host")],
)
def test_no_call_is_led_inside(settings, london, url, problem) -> None:
    settings.WEBHOOK_ALLOWED_HOSTS = []
    ask(url, [london["Northborough"]])
    confirm()
    services.ask_systems(now=timezone.now())
    assert SystemSignUp.objects.get().problem == problem


@pytest.mark.parametrize("url", ["http://example.com/a", "https://a:b@example.com/", "example", "ftp://a.b/"])
def test_an_address_is_encrypted_and_holds_no_password(london, url) -> None:
    with pytest.raises(InvalidAddress):
        ask(url, [london["Northborough"]])


def test_nobody_takes_a_system_over_by_naming_another_contact(endpoint, london) -> None:
    system, secret = join(endpoint, [london["Northborough"]])
    assert ask(endpoint.url, [london["Southborough"]], contact="thief@people.test") is None
    assert not services.send_system_link(endpoint=endpoint.url, contact="thief@people.test")
    assert Message.objects.filter(to="thief@people.test").count() == 0
    assert services.secrets_of([system.subscriber_id])[system.subscriber_id] == (secret,)


def test_an_address_that_is_typed_in_often_is_not_called_again_that_day(endpoint, london) -> None:
    asked = [ask(endpoint.url, [london["Northborough"]], contact=f"c{n}@a.test") for n in range(4)]
    assert [one is not None for one in asked] == [True, True, True, False]
    others = [ask(f"{endpoint.url}/{n}", [london["Northborough"]]) for n in range(4)]
    assert [one is not None for one in others] == [True, True, True, False]


def test_a_new_secret_signs_beside_the_one_before_for_a_day(endpoint, london) -> None:
    system, first = join(endpoint, [london["Northborough"]])
    assert services.send_system_link(endpoint=endpoint.url, contact=f" {CONTACT.upper()}")
    assert link_sent().startswith("/alerts/systems/choices/")
    new = secret_of("link", NEW)
    assert services.renew_secret(actor=WORKER, subscriber_id=system.subscriber_id, secret=new)
    assert not services.renew_secret(actor=WORKER, subscriber_id=system.subscriber_id, secret=new)
    assert services.secrets_of([system.subscriber_id]) == {system.subscriber_id: (new, first)}
    PartnerSystem.objects.update(old_secret_until=timezone.now())
    assert services.secrets_of([system.subscriber_id]) == {system.subscriber_id: (new,)}
    with pytest.raises(WebhookVerificationError):
        endpoint.read(new)


def test_whoever_confirms_later_takes_no_systems_alerts_over(endpoint, london) -> None:
    """Both signed it up before either had confirmed, and it gives every challenge back."""
    ask(endpoint.url, [london["Northborough"]], contact="mallory@elsewhere.test")
    of_mallory = link_sent()
    system, secret = join(endpoint, [london["Northborough"]])
    confirm(of_mallory)
    assert services.ask_systems(now=timezone.now()) == 1
    system.refresh_from_db()
    assert (system.contact, system.secrets) == (CONTACT, (secret,))
    late = SystemSignUp.objects.get(verified_at__isnull=True)
    assert (late.contact, late.secret, late.next_ask_at) == ("", "", None)
    assert services.ask_systems(now=timezone.now() + timedelta(days=1)) == 0


def test_a_system_that_left_is_not_asked_by_what_was_begun_before(endpoint, london) -> None:
    ask(endpoint.url, [london["Northborough"]])
    before = link_sent()
    system, _ = join(endpoint, [london["Northborough"]])
    services.leave(actor=WORKER, subscriber_ids=[system.subscriber_id])
    with pytest.raises(AssertionError):
        confirm(before)
    # In a database from before it was verified the ledger finds nobody who left, but what waits.
    ask(endpoint.url, [london["Northborough"]])
    confirm()
    key = SystemSignUp.objects.latest("pk").endpoint_key
    assert services.leave_again({"channel": "webhook", "to_key": key, "is_test": 0})
    assert services.ask_systems(now=timezone.now()) == 0
    assert not Subscriber.objects.filter(left_at__isnull=True).exists()


def test_while_a_restored_system_is_held_no_system_is_asked(endpoint, london) -> None:
    ask(endpoint.url, [london["Northborough"]])
    confirm()
    now = timezone.now()
    hold = Hold.objects.create(
        backup_made_at=now,
        restored_at=now,
        applied=0,
        unmatched=0,
        unreadable=0,
        failed=0,
        found=0,
        unclear=0,
    )
    step = HoldStep.objects.create(hold=hold, step="normal")
    assert services.ask_systems(now=now) == 0
    assert endpoint.told == []
    step.delete()
    assert services.ask_systems(now=now) == 1


def test_a_system_that_answers_by_drops_holds_nobody_up(endpoint, london, settings) -> None:
    settings.WEBHOOK_TIMEOUT = 1.0
    endpoint.pause = 0.4  # before each letter: no single read takes too long
    ask(endpoint.url, [london["Northborough"]])
    confirm()
    began = time.monotonic()
    services.ask_systems(now=timezone.now())
    assert time.monotonic() - began < 5
    assert SystemSignUp.objects.get().problem == "no_answer"


def test_of_a_system_that_left_there_is_no_secret_and_no_contact(endpoint, london, duty_manager) -> None:
    system, _ = join(endpoint, [london["Northborough"]])
    services.rehearse(actor=duty_manager.actor, system_id=system.pk)
    assert sorted(Subscription.objects.filter(status="active").values_list("bucket__is_test", flat=True)) == [
        False,
        True,
    ]
    services.leave(actor=WORKER, subscriber_ids=[system.subscriber_id])
    system.refresh_from_db()
    assert (system.contact, system.secrets) == ("", ())
    assert not Subscription.objects.exclude(status="left").exists()
    again, _ = join(endpoint, [london["Northborough"]])
    assert again.subscriber_id != system.subscriber_id


def test_the_contact_hears_when_the_system_said_that_it_is_gone(endpoint, london) -> None:
    system, _ = join(endpoint, [london["Northborough"]])
    key = system.subscriber.to_key
    services.forget_gone([(system.subscriber_id, "another address, which they had before")])
    assert Subscriber.objects.get().left_at is None
    services.forget_gone([(system.subscriber_id, key)])
    assert Subscriber.objects.get().left_at is not None
    last = Message.objects.latest("pk")
    assert last.to == CONTACT
    assert "410" in last.body


def test_the_charity_sees_whose_systems_they_are(endpoint, london, client, duty_manager) -> None:
    here = reverse("audience:systems")
    assert "No system gets alerts yet" in duty_manager.sign_in(client).get(here).content.decode()
    system, _ = join(endpoint, [london["Northborough"]])
    page = client.get(here).content.decode()
    assert "Northborough Buses" in page
    assert "127.0.0.1" in page
    assert CONTACT not in page
    assert endpoint.url not in page
    client.post(reverse("audience:rehearse", args=[system.pk]))
    assert "No more rehearsals" in client.get(here).content.decode()
    client.post(reverse("audience:rehearse_no_more", args=[system.pk]))
    assert "Send rehearsals too" in client.get(here).content.decode()
    client.post(reverse("audience:remove_system", args=[system.pk]))
    assert "No system gets alerts yet" in client.get(here).content.decode()
    assert Message.objects.latest("pk").to == CONTACT
    assert client.post(reverse("audience:remove_system", args=[system.pk])).status_code == 404
