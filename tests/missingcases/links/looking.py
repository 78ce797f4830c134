"""Looking at a link as somebody."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from foundation.accounts.enums import Role
from missingcases.links.models import RecordLink
from tests.cast import Member, member


def client_of(somebody: Member) -> Client:
    return somebody.sign_in(Client())


def at(name: str, *args: str) -> str:
    return reverse(f"links:{name}", args=args)


def page_of(somebody: Member, link: RecordLink) -> str:
    return client_of(somebody).get(at("link", link.reference)).content.decode()


def coordinator_of(place) -> Member:
    return member("coordinator@other.example", "Cora Dean", place, Role.POLICE_COORDINATOR)
