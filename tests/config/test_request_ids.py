"""One id from the browser's request to the task, the message and the call of the other system."""

from __future__ import annotations

import json
import re

import pytest
import requests
import structlog
from django.test import Client

from foundation.audit.models import AuditEvent
from missingcases.hooks import services as hooks
from tests.missingcases.hooks.conftest import Receiver, receiver
from tests.processes import wait_until

__all__ = ["receiver"]


def lines_of(log: str) -> list[dict]:
    return [json.loads(line) for line in log.splitlines() if line.startswith("{")]


def with_id(lines: list[dict], event: str, request_id: str) -> list[dict]:
    return [line for line in lines if (line.get("event"), line.get("request_id")) == (event, request_id)]


@pytest.mark.slow
def test_the_id_goes_from_the_request_to_the_provider_call(
    committing_db, redis_url, processes, met_administrator, receiver: Receiver, monkeypatch
) -> None:
    monkeypatch.setenv("WEBHOOK_ALLOWED_HOSTS", "127.0.0.1")
    monkeypatch.setenv("METRICS_TOKEN", "a token")
    row = hooks.add_endpoint(actor=met_administrator.actor, url=receiver.url, types=["incident.changed"])
    base = processes.web("staff", "config.urls", METRICS_TOKEN="a token")
    processes.worker("bulk")
    processes.wait_for_workers("bulk")
    browser = requests.Session()
    browser.cookies.update(
        {name: one.value for name, one in met_administrator.sign_in(Client()).cookies.items()}
    )
    page = f"{base}/administration/webhooks/{row.reference}/"
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(page).text)[1]
    answer = browser.post(
        f"{page}test/", data={"csrfmiddlewaretoken": token}, allow_redirects=False, timeout=30
    )
    said = answer.headers["X-Request-ID"]

    def called() -> list[dict]:
        return with_id(lines_of(processes.log("worker-bulk")), "provider_called", said)

    wait_until(lambda: receiver.got, "the other system was called")
    wait_until(called, "the call was logged under the request's id")

    [queued] = with_id(lines_of(processes.log("staff")), "message_queued", said)
    [line] = called()
    assert line["message"] == queued["message"]
    assert (line["outcome"], line["provider"]) == ("accepted", "webhook")
    assert line["duration_ms"] >= 0
    assert AuditEvent.objects.get(action="webhook.tested").request_id == said
    assert receiver.url not in processes.log("worker-bulk") + processes.log("staff")

    # The same server's figures, over all its workers: how long its pages took.
    figures = requests.get(f"{base}/metrics", headers={"Authorization": "Bearer a token"}, timeout=30).text
    counted = re.search(
        r'requests_latency_seconds_by_view_method_count\{[^}]*"hooks:endpoint"[^}]*\} (\S+)', figures
    )
    assert float(counted[1]) >= 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["X-Request-ID", "X-Correlation-ID"])
def test_what_a_caller_calls_its_request_is_not_written_down(name, met_administrator) -> None:
    client = met_administrator.sign_in(Client())
    with structlog.testing.capture_logs() as lines:
        answer = client.get("/administration/webhooks/", headers={name: "Jo Bloggs 07700 900123"})

    assert "Bloggs" not in json.dumps(lines, default=str) + str(answer.headers)
    assert len(answer.headers["X-Request-ID"]) == 36
