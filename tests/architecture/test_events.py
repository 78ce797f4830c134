"""The rules that hold for every event and its route."""

import inspect
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps

from config.celery import LANES
from config.celery import app as celery_app
from config.switchboard import ROUTES
from foundation.events.types import EVENTS, payload_is_lean


def all_events() -> list[str]:
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.events") and app.name not in {"foundation"}:
            import_module(f"{app.name}.events")
    return sorted(name for name, event in EVENTS.items() if not event.__module__.startswith("tests"))


@pytest.mark.parametrize("name", all_events())
def test_an_event_is_routed_and_carries_no_personal_data(name: str) -> None:
    event = EVENTS[name]
    assert event in ROUTES, "add it to config/switchboard.py"
    assert payload_is_lean(event), "ids, times and codes only"


def test_every_subscriber_is_a_plain_function_that_takes_the_event() -> None:
    for route in ROUTES.values():
        for subscriber in (*route.together, *route.afterwards):
            assert inspect.isfunction(subscriber)
            assert len(inspect.signature(subscriber).parameters) == 1


def test_every_task_is_found_and_every_scheduled_one_exists() -> None:
    celery_app.loader.import_default_modules()
    own = {name for name in celery_app.tasks if not name.startswith("celery.")}
    scheduled = {entry["task"] for entry in celery_app.conf.beat_schedule.values()}
    assert scheduled <= own
    for entry in celery_app.conf.beat_schedule.values():
        assert entry.get("options", {}).get("queue", "normal") in LANES
