"""An administrator's way: add, see the secret once, test, look, send again; and what others see: nothing."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from standardwebhooks import Webhook

from foundation.audit.models import AuditEvent
from foundation.messaging.models import Message
from missingcases.hooks.models import Delivery, Endpoint
from tests.missingcases.hooks.conftest import send_all
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db
LIST = "/administration/webhooks/"


@pytest.fixture
def client(met_administrator) -> Client:
    return met_administrator.sign_in(Client())


def added(client: Client, url: str):
    return client.post(f"{LIST}add/", {"url": url, "types": ["incident.located", "incident.changed"]})


def test_from_adding_to_sending_again(client, receiver, met_administrator) -> None:
    assert "No addresses yet" in client.get(LIST).content.decode()
    page = added(client, receiver.url).content.decode()
    secret = re.search(r"whsec_[\w+/=]+", page)[0]
    row = Endpoint.objects.get()
    at = f"{LIST}{row.reference}/"
    assert secret not in client.get(at).content.decode()
    assert "Nothing yet" in client.get(at).content.decode()

    receiver.answers(500)
    client.post(f"{at}test/")
    send_all()
    assert "500: The other system could not take it now." in client.get(at).content.decode()
    Message.objects.update(valid_until="2020-01-01T00:00Z")
    send_all()
    receiver.answers(200)
    delivery = Delivery.objects.get()
    assert "Send again" in client.get(at).content.decode()
    client.post(f"{at}send-again/{delivery.reference}/")
    send_all()

    page = client.get(at).content.decode()
    assert "Taken" in page
    assert "(sent again)" in page
    headers, body = receiver.got[-1]
    assert Webhook(secret).verify(body, headers)["type"] == "test"
    actions = set(AuditEvent.objects.filter(action__startswith="webhook.").values_list("action", flat=True))
    assert actions == {"webhook.added", "webhook.tested", "webhook.replayed"}


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://10.0.0.7/in", "lies outside this network"),
        ("https://localhost/in", "lies outside this network"),
        ("http://192.0.2.1/in", "lies outside this network"),
        ("our system", "lies outside this network"),
        ("https://no-such-host.invalid/in", "was not found"),
        ("", "Address"),
    ],
)
def test_an_address_that_cannot_be_used_says_why_and_stays_in_the_form(client, url, words) -> None:
    page = added(client, url).content.decode()

    assert "There is a problem" in page
    assert words in page
    assert url in page
    assert not Endpoint.objects.exists()


def test_the_same_address_is_added_once(client, receiver) -> None:
    added(client, receiver.url)

    assert "registered already" in added(client, receiver.url).content.decode()
    assert Endpoint.objects.count() == 1


def test_a_new_secret_is_asked_for_first_shown_once_and_made_once(client, receiver) -> None:
    added(client, receiver.url)
    row = Endpoint.objects.get()
    at = f"{LIST}{row.reference}/secret/"
    assert row.secret not in client.get(at).content.decode()

    page = client.post(at, {"version": row.version}).content.decode()
    new = Endpoint.objects.get().secret
    assert new in page
    assert row.secret not in page
    again = client.post(at, {"version": row.version}, follow=True).content.decode()  # the page sent twice
    assert "meanwhile" in again
    assert Endpoint.objects.get().secret == new


def test_what_it_is_told_of_changes_and_two_administrators_do_not_overwrite_each_other(
    client, receiver
) -> None:
    added(client, receiver.url)
    row = Endpoint.objects.get()
    at = f"{LIST}{row.reference}/change/"
    client.post(at, {"types": ["incident.closed"], "version": row.version})
    assert Endpoint.objects.get().types == ["incident.closed"]

    page = client.post(at, {"types": ["incident.reported"], "version": row.version}).content.decode()
    assert "Somebody else saved this" in page
    assert Endpoint.objects.get().types == ["incident.closed"]


def test_off_on_and_removed(client, receiver) -> None:
    added(client, receiver.url)
    at = f"{LIST}{Endpoint.objects.get().reference}/"
    client.post(f"{at}off/")
    page = client.get(at).content.decode()
    assert "Turn the address on first." in page
    page = client.post(f"{at}test/", follow=True).content.decode()
    assert "Turn the address on first." in page
    client.post(f"{at}on/")
    assert Endpoint.objects.get().status == "active"
    assert "Remove this address?" in client.get(f"{at}remove/").content.decode()
    client.post(f"{at}remove/")

    assert client.get(at).status_code == 404
    assert (Endpoint.objects.get().status, Endpoint.objects.get().secret) == ("removed", "")
    added(client, receiver.url)  # it may come back, with a secret of its own
    assert Endpoint.objects.count() == 2


def test_all_that_was_missed_goes_out_again(client, receiver, endpoint) -> None:
    at = f"{LIST}{endpoint.reference}/"
    for _ in range(3):
        client.post(f"{at}test/")
    Message.objects.update(valid_until="2020-01-01T00:00Z")
    send_all()
    day = {"since_day": "1", "since_month": "1", "since_year": "2020", "since_time": "00:00"}
    page = client.post(f"{at}send-again/", day, follow=True).content.decode()
    assert "3 on their way again." in page
    send_all()
    assert receiver.told == ["test"] * 3
    page = client.post(f"{at}send-again/", day, follow=True).content.decode()
    assert "Nothing was sent again" in page


def test_another_organisations_administrator_finds_nothing(endpoint, administrator) -> None:
    client = administrator.sign_in(Client())
    assert endpoint.url not in client.get(LIST).content.decode()
    at = f"{LIST}{endpoint.reference}/"
    for path in ("", "change/", "secret/", "remove/", "send-again/"):
        assert client.get(f"{at}{path}").status_code == 404
    for path in ("test/", "off/", "on/", "remove/", "secret/", "send-again/msg_0/"):
        assert client.post(f"{at}{path}").status_code == 404


@pytest.mark.parametrize("who", ["met_officer", "met_superintendent", "auditor", "caseworker"])
def test_nobody_but_an_administrator_opens_the_pages(who, endpoint, request) -> None:
    client = request.getfixturevalue(who).sign_in(Client())
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{endpoint.reference}/").status_code == 403


def test_the_list_of_deliveries_pages_and_names_no_incident(client, endpoint, met_officer) -> None:
    incident = world.reported(met_officer.actor, "Maya", "Sample")
    Delivery.objects.bulk_create(
        Delivery(endpoint=endpoint, type="incident.changed", at=endpoint.created_at) for _ in range(60)
    )
    at = f"{LIST}{endpoint.reference}/"
    first = client.get(at).content.decode()
    older = re.search(r"\?before=\d+", first)[0]
    second = client.get(at + older).content.decode()

    ids = re.findall(r"msg_\w+(?=</span><br|</span>\s*</td>)", first + second)
    assert len(set(ids)) == 62
    assert incident.reference not in first + second
    assert "Maya" not in first + second
    assert client.get(f"{at}?before=nonsense").status_code == 200
