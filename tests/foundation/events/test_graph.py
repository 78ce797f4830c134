"""Stops that set off stops end soon: the graph is held to two deep when anything starts."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from config.switchboard import ROUTES
from foundation.accounts.models import Organisation
from foundation.events import graph
from foundation.events.models import Owed
from foundation.events.services import publish
from foundation.events.types import Event, Route, sets_off


@dataclass(frozen=True, kw_only=True)
class First(Event):
    """An event of the tests."""

    thing_id: int


@dataclass(frozen=True, kw_only=True)
class Second(First):
    """What follows it."""


@dataclass(frozen=True, kw_only=True)
class Third(First):
    """What follows that."""


@sets_off(Second)
def pass_on(event: First) -> None:
    """Publish the second."""
    publish(Second(thing_id=event.thing_id))


@sets_off(Third)
def pass_further(event: Second) -> None:
    """Publish the third."""
    publish(Third(thing_id=event.thing_id))


@sets_off(First)
def go_back(event: Second) -> None:
    """Publish the first again."""
    publish(First(thing_id=event.thing_id))


def end_there(event: First) -> None:
    """Write something and publish nothing."""
    Organisation.objects.create(kind="partner", code=f"end-{event.thing_id}", name="The end")


def publish_in_secret(event: First) -> None:
    """Publish what was not declared."""
    publish(Third(thing_id=event.thing_id))


def test_the_switchboard_of_the_product_starts() -> None:
    assert graph.faults_of(ROUTES) == []
    apps.get_app_config("config").ready()


def test_two_deep_is_deep_enough() -> None:
    table = {
        First: Route(together=(pass_on,)),
        Second: Route(together=(end_there,)),
        Third: Route(together=(end_there,)),
    }
    assert graph.faults_of(table) == []


def test_what_follows_may_be_afterwards_at_any_depth() -> None:
    table = {
        First: Route(together=(pass_on,)),
        Second: Route(together=(pass_further,)),
        Third: Route(afterwards=(end_there,)),
    }
    assert graph.faults_of(table) == []


def test_three_deep_does_not_start() -> None:
    table = {
        First: Route(together=(pass_on,)),
        Second: Route(together=(pass_further,)),
        Third: Route(together=(end_there,)),
    }
    (words,) = graph.faults_of(table)
    assert words.startswith("events.First > events.Second > events.Third: ")
    assert "end_there would run more than 2 deep" in words


def test_a_circle_does_not_start() -> None:
    table = {First: Route(together=(pass_on,)), Second: Route(together=(go_back,))}
    assert graph.faults_of(table) == [
        "events.First > events.Second > events.First: this goes round and round.",
        "events.Second > events.First > events.Second: this goes round and round.",
    ]


def test_a_stop_that_sets_off_what_nobody_routes_does_not_start() -> None:
    assert graph.faults_of({First: Route(together=(pass_on,))}) == [
        "events.First > events.Second: the last is on no route."
    ]


def test_no_program_starts_on_a_wrong_switchboard(route) -> None:
    route[First] = Route(together=(pass_on,))
    with pytest.raises(ImproperlyConfigured, match="the last is on no route"):
        apps.get_app_config("config").ready()


def test_a_declared_stop_sets_off_the_next_in_the_same_transaction(route, db) -> None:
    route.update({First: Route(together=(pass_on,)), Second: Route(together=(end_there,))})
    with transaction.atomic():
        publish(First(thing_id=1))
        assert Organisation.objects.filter(code="end-1").exists()
    assert not Owed.objects.exists()


def test_what_was_not_declared_is_not_published_and_the_stop_is_owed(route, db) -> None:
    route.update(
        {First: Route(together=(publish_in_secret, end_there)), Third: Route(afterwards=(end_there,))}
    )
    with transaction.atomic():
        publish(First(thing_id=1))
        publish(Third(thing_id=2))
    failed, after = Owed.objects.order_by("pk")
    assert (failed.was_together, failed.error_kind) == (True, "Undeclared")
    assert (after.event, after.payload) == ("events.Third", {"thing_id": 2})
    assert Organisation.objects.filter(code="end-1").exists(), "the other stop ran"
