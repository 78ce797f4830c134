"""Strangers who call without end are turned away before a byte is read; whoever signs is not."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.test import Client

from alerts.cap import doorkeeping
from alerts.cap.models import CapArrival
from tests.alerts.cap.making import incoming

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def door(settings, monkeypatch) -> None:
    settings.ROOT_URLCONF = "config.public_urls"
    caches["fast"].clear()
    monkeypatch.setattr(doorkeeping, "MOST_OF_A_STRANGER", 3)
    monkeypatch.setattr(doorkeeping, "MOST_OF_ALL_STRANGERS", 5)


def call(address: str, data: bytes = b"<nothing/>"):
    client = Client(REMOTE_ADDR=address)
    return client.post("/webhooks/cap", data, content_type="application/cap+xml")


def test_a_stranger_is_told_to_wait_before_anything_is_read(django_assert_num_queries) -> None:
    assert [call("192.0.2.1").status_code for _ in range(3)] == [400] * 3
    with django_assert_num_queries(0):
        answer = call("192.0.2.1", incoming())
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
    assert not CapArrival.objects.exists()
    assert call("192.0.2.2").status_code == 400  # somebody else


def test_whoever_has_one_ipv6_address_has_all_beside_it() -> None:
    assert [call(f"2001:db8::{n}").status_code for n in range(4)] == [400, 400, 400, 429]


def test_strangers_from_everywhere_shut_no_sender_out(settings) -> None:
    assert call("198.51.100.7", incoming()).status_code == 202
    settings.CAP_SENDER_NETWORKS = ["203.0.113.0/24"]
    flood = [call(f"192.0.2.{n}").status_code for n in range(6)]
    assert flood[-1] == 429
    for known in ("198.51.100.7", "203.0.113.9"):
        assert [call(known, incoming()).status_code for _ in range(6)] == [202] * 6
