"""kill -9 of the web processes with a request in hand."""

from __future__ import annotations

import os
import re
import threading
from typing import Any

import requests
from django.conf import settings
from django.test import Client

from foundation.messaging.models import RawCallback
from launcher import ports
from missingcases.models import Incident
from tests.faults.counting import account
from tests.faults.flood import GOOD, Flood
from tests.faults.product import Hold, Product
from tests.processes import wait_until
from textsafe.models import Request

TIMES = 3
ANOTHER_NUMBER = "another"


def test_the_staff_site(product: Product, flood: Flood, met_officer: Any) -> None:
    """Officers press the button, the site dies before it has committed, they press it again, and again."""
    port = ports.pick()
    base = product.processes.web("staff", "config.urls", port=port)
    product.start()
    desks = [Desk(base, met_officer, flood.report(), flood.new_number()) for _ in range(TIMES)]
    with Hold(os.environ["DATABASE_URL"], "LOCK TABLE textsafe_request IN EXCLUSIVE MODE") as hold:
        for desk in desks:
            desk.press_and_wait()
        hit = hold.wait_for_waiting("the requests to be half done", at_least=TIMES)
        product.processes.kill("staff")
    assert [desk.hear() for desk in desks] == ["cut"] * TIMES
    assert not Request.objects.exists()
    product.processes.web("staff", "config.urls", port=port)
    assert [desk.press() for desk in desks for _ in range(2)] == [302] * TIMES * 2
    for request in Request.objects.order_by("pk"):
        flood.approve(request)
    flood.clear_up()
    account("staff site killed in a request", flood, product.provider, hit=hit, intended=TIMES)


class Desk:
    """One officer with the form filled in, about to press its button."""

    def __init__(self, base: str, officer: Any, incident: Incident, number: str) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        name = settings.SESSION_COOKIE_NAME
        self._session.cookies.set(name, officer.sign_in(Client()).cookies[name].value)
        self._address = f"{base}/textsafe/incidents/{incident.reference}/ask/"
        page = self._session.get(self._address, timeout=60)
        assert page.status_code == 200, page.status_code
        self._given = {name: _hidden(page.text, name) for name in ("csrfmiddlewaretoken", "form_token")}
        self._given |= {"phone": ANOTHER_NUMBER, "number": number, "language": "en", **GOOD}
        self._heard: list[int | str] = []
        self._pressing = threading.Thread(target=lambda: self._heard.append(self.press()))

    def press(self) -> int | str:
        """The status that comes back, or that the connection was cut."""
        try:
            answer = self._session.post(self._address, self._given, allow_redirects=False, timeout=180)
        except requests.ConnectionError:
            return "cut"
        return answer.status_code

    def press_and_wait(self) -> None:
        """Press, and sit there."""
        self._pressing.start()

    def hear(self) -> int | str:
        """What came of it."""
        self._pressing.join(180)
        return self._heard[0]


def _hidden(page: str, name: str) -> str:
    field = next(tag for tag in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in tag)
    return re.findall(r'value="([^"]+)"', field)[0]


def test_the_public_site(product: Product, flood: Flood) -> None:
    """Receipts are being stored when it dies; the provider hears no answer and tells them again.

    The database may still store what a dead writer had handed it: then it is told twice and counts once.
    """
    product.start()
    with Hold(os.environ["DATABASE_URL"], "LOCK TABLE messaging_rawcallback IN EXCLUSIVE MODE") as hold:
        flood.ask_many()
        hit = hold.wait_for_waiting("receipts to be half stored")
        product.processes.kill("public")
    product.start_public()
    flood.clear_up()
    product.provider.wait_until_told(seconds=120)
    wait_until(lambda: not RawCallback.objects.filter(processed_at=None).exists(), "receipts to be read")
    account("public site killed while receipts come", flood, product.provider, hit=hit)
