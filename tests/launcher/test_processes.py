"""The process fixtures really start the product."""

import json
import urllib.request

import pytest

from config.celery import app


@pytest.mark.slow
def test_workers_start_on_the_lanes_that_were_asked_for(celery_workers):
    started = celery_workers("alert", "bulk", pool="solo")
    queues = app.control.inspect(timeout=30, limit=2).active_queues()  # no longer than both take
    assert {node: [queue["name"] for queue in found] for node, found in queues.items()} == {
        "alert@test": ["alert"],
        "bulk@test": ["bulk"],
    }
    assert set(started.running) == {"worker-alert", "worker-bulk"}


@pytest.mark.slow
def test_the_live_stack_answers_on_both_sites(live_stack):
    for base in (live_stack.staff, live_stack.public):
        with urllib.request.urlopen(f"{base}/health/ready/") as answer:
            assert json.load(answer) == {"database": True, "redis": True}


@pytest.mark.slow
def test_the_browser_reaches_the_staff_site(page):
    page.goto("/health/live/")
    assert "live" in page.content()
