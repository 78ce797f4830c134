"""Every queue has a consumer, everything queued goes to one, and nothing queued says who somebody is."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest
from django.core.management import call_command

from config.celery import LANES
from config.celery import app as celery_app
from foundation.messaging.enums import Lane
from launcher import product
from tests.deployment import reading
from tests.floors import FLOORS, ROOT, belongs
from tests.processes import LANES as LANES_OF_TESTS

THE_ONLY_SENDER = ROOT / "foundation" / "tasks.py"


def own_tasks() -> dict[str, object]:
    celery_app.loader.import_default_modules()
    tasks = celery_app.tasks.items()  # those of a bench's peer stand there too once it was imported
    return {name: task for name, task in tasks if belongs(task.__module__)}


def code() -> list[Path]:
    return [
        path for floor in FLOORS for path in (ROOT / floor).rglob("*.py") if "migrations" not in path.parts
    ]


def test_every_queue_has_a_consumer_wherever_the_product_runs() -> None:
    queues = {queue.name for queue in celery_app.conf.task_queues}
    assert queues == set(LANES) == set(Lane.values)
    assert queues == set(product.LANES) == set(LANES_OF_TESTS)
    deployed = {
        one["command"][one["command"].index("-Q") + 1]
        for one in reading.ours().values()
        if "-Q" in one["command"]
    }
    assert deployed == queues
    assert celery_app.conf.task_default_queue in queues


def test_nothing_is_queued_but_by_way_of_send_or_leave() -> None:
    """It survives a lost Redis and takes whole numbers alone."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in code()
        if path != THE_ONLY_SENDER
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"delay", "apply_async", "send_task", "s", "si"}
    ]
    assert found == []


def test_every_lane_that_code_names_exists() -> None:
    named = [
        (f"{path.relative_to(ROOT)}:{node.lineno}", word.value.value)
        for path in code()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg in {"lane", "queue"} and isinstance(word.value, ast.Constant)
    ]
    assert named
    assert [where for where, lane in named if lane not in LANES] == []


@pytest.mark.parametrize("name", sorted(own_tasks()))
def test_a_task_takes_ids_alone(name: str) -> None:
    for parameter in inspect.signature(own_tasks()[name].run).parameters.values():
        assert parameter.annotation is int, parameter
        assert parameter.name.endswith("_id") or parameter.name == "lane", parameter


def test_what_beat_sends_is_whole_numbers() -> None:
    for entry in celery_app.conf.beat_schedule.values():
        assert entry["task"] in own_tasks()
        assert entry["options"]["queue"] in LANES
        assert all(type(argument) is int for argument in entry.get("args", ()))
        assert "kwargs" not in entry


def test_a_payload_is_read_as_json_and_nothing_else() -> None:
    assert celery_app.conf.accept_content == ["json"]
    assert celery_app.conf.task_serializer == "json"
    assert celery_app.conf.task_ignore_result


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
