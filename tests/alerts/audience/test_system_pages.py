"""The pages by which a partner signs a system up: a secret is shown once, and they say how it fares."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from alerts.audience import services
from alerts.audience.models import PartnerSystem, Submission, SystemSignUp
from tests.alerts.audience.conftest import link_sent
from tests.alerts.audience.systems import CONTACT
from tests.alerts.audience.test_public_pages import new_key

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.public_urls")]
HERE = "/alerts/systems/"
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{44}")


def filled(url: str, **change: str) -> dict[str, str]:
    given = {
        "key": new_key(),
        "name": "Northborough Buses",
        "endpoint": url,
        "contact": CONTACT,
        "home": "Northborough",
        "language": "en",
        "consent": "on",
    }
    return {**given, **change}


def secret_on(answer) -> str:
    found = SECRET.search(answer.content.decode())
    assert found is not None
    return found[0]


def test_a_system_from_the_form_to_a_new_secret(endpoint, london) -> None:
    client = Client()
    assert client.post(HERE, filled(endpoint.url))["Location"] == f"{HERE}sent/"
    services.read_submissions()
    path = link_sent()
    assert not SECRET.search(client.get(path).content.decode())
    shown = [client.post(path, {"key": new_key()}) for _ in range(2)]
    assert secret_on(shown[0]) == secret_on(shown[1])
    assert shown[0]["Cache-Control"] == "no-store"
    services.read_submissions()
    assert "has not given the challenge back yet" in client.get(path).content.decode()
    endpoint.answers = False
    services.ask_systems(now=timezone.now())
    assert "not with the challenge" in client.get(path).content.decode()
    endpoint.answers = True
    SystemSignUp.objects.update(next_ask_at=timezone.now())
    services.ask_systems(now=timezone.now())
    page = client.get(path).content.decode()
    assert "gets alerts from now on" in page
    assert not SECRET.search(page)
    system = PartnerSystem.objects.get()
    assert system.secrets == (secret_on(shown[0]),)
    client.post(f"{HERE}choices/", {"key": new_key(), "endpoint": endpoint.url, "contact": CONTACT})
    services.read_submissions()
    path = link_sent()
    assert "Get a new secret" in client.get(path).content.decode()
    new = secret_on(client.post(f"{path}secret/", {"key": new_key()}))
    services.read_submissions()
    system.refresh_from_db()
    assert system.secrets == (new, secret_on(shown[0]))
    assert not Submission.objects.exclude(body="").exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"endpoint": "http://buses.test/alerts"}, "begins with https://"),
        ({"contact": "nobody"}, "Enter an e-mail address"),
        ({"home": ""}, "Enter the place your system serves"),
        ({"consent": ""}, "Tick the box if you agree"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(london, wrong, said) -> None:
    page = Client().post(HERE, filled("https://buses.test/alerts", **wrong)).content.decode()
    assert said in page
    assert "Northborough Buses" in page
    assert not Submission.objects.exists()


def test_in_welsh(london) -> None:
    page = Client().get("/cy/alerts/systems/").content.decode()
    assert "Rhybuddion Achub Plentyn" in page
    assert Client().get("/cy/alerts/systems/confirm/nothing/").status_code == 404
