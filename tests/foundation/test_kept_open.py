"""Addresses and secrets of systems are opened once by a process, and encrypted all the same."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.db import connection

from appeals.enums import Channel
from appeals.models import Outlet

pytestmark = pytest.mark.django_db


@pytest.fixture
def outlet() -> Outlet:
    return Outlet.objects.create(
        channel=Channel.WEBHOOK, name="The Daily", address="https://daily.example/hook", secret="whsec_abc"
    )


def test_the_database_holds_it_encrypted(outlet: Outlet) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT address, secret FROM appeals_outlet WHERE id = %s", [outlet.pk])
        address, secret = cursor.fetchone()
    assert "daily" not in address
    assert "abc" not in secret


def test_a_new_secret_is_read_at_once(outlet: Outlet) -> None:
    assert Outlet.objects.get(pk=outlet.pk).secret == "whsec_abc"
    Outlet.objects.filter(pk=outlet.pk).update(secret="whsec_new")
    assert Outlet.objects.get(pk=outlet.pk).secret == "whsec_new"
    Outlet.objects.filter(pk=outlet.pk).update(secret="")
    assert Outlet.objects.get(pk=outlet.pk).secret == ""


def test_a_key_that_was_taken_away_opens_nothing_any_more(outlet: Outlet, settings: Any) -> None:
    assert Outlet.objects.get(pk=outlet.pk).address == "https://daily.example/hook"
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(InvalidToken):
        Outlet.objects.get(pk=outlet.pk)
