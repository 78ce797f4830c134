"""Figures: for the token alone, right, of nobody; and all that rules and dashboard name exists."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from foundation.actors import Actor
from foundation.audit.models import AuditEvent
from foundation.audit.seals import seal
from foundation.events.models import Owed
from foundation.messaging import services as messaging
from foundation.messaging.models import Message
from foundation.messaging.switchboard import ALWAYS
from missingcases.models import ReviewClock
from tests.missingcases_pages import world

pytestmark = pytest.mark.django_db
DEPLOY = Path(settings.BASE_DIR) / "deploy"
WORDS_OF_PROMQL = {"up", "sum", "by", "or", "rate", "histogram_quantile", "le"}


@pytest.fixture(autouse=True)
def _token(settings) -> None:
    settings.METRICS_TOKEN = "a-long-token"


def asked(token: str = "Bearer a-long-token") -> str:
    answer = Client().get("/metrics", headers={"Authorization": token})
    assert answer.status_code == 200
    return answer.content.decode()


def figures() -> dict[tuple[str, ...], float]:
    """Every sample: (name, label values in the order of their names) to its value."""
    return {
        (one.name, *(one.labels[name] for name in sorted(one.labels))): one.value
        for family in text_string_to_metric_families(asked())
        for one in family.samples
    }


def queue(number: int, **over) -> Message:
    given = {
        "actor": Actor.system("test"),
        "channel": "email",
        "lane": "normal",
        "to": "jo.bloggs@example.org",
        "body": "Hello",
        "service": "accounts",
        "owner": ("accounts.User", 1),
        "guard": ALWAYS,
        "organisation_id": None,
        "valid_until": timezone.now() + timedelta(hours=2),
        "dedupe_key": f"test:{number}",
    }
    return messaging.queue_message(**{**given, **over})


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer another", "a-long-token", "Bearer é"])
def test_without_the_token_there_is_no_such_page(token: str) -> None:
    assert Client().get("/metrics", headers={"Authorization": token}).status_code == 404


def test_without_a_token_set_nobody_gets_it(settings, administrator) -> None:
    settings.METRICS_TOKEN = ""
    for client in (Client(), administrator.sign_in(Client())):
        assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_what_is_behind_is_counted(met_officer, met_supervisor, duty_manager) -> None:
    for number in range(3):
        queue(number)
    Message.objects.update(next_attempt_at=timezone.now() - timedelta(minutes=4))
    queue(9, not_before=timezone.now() + timedelta(hours=1))
    Owed.objects.create(
        event="e", payload={}, subscriber="s", status="stuck", due_at=timezone.now(), was_together=True
    )
    incident = world.graded(world.reported(met_officer.actor), met_supervisor.actor)
    ReviewClock.objects.filter(incident=incident).update(due_at=timezone.now() - timedelta(days=1))
    messaging.switches.stop(actor=duty_manager.actor, service="textsafe", reason="A fault.")

    found = figures()
    assert found["harbour_lane_due", "normal"] == 3
    assert 239 < found["harbour_lane_age_seconds", "normal"] < 300
    assert found["harbour_lane_due", "alert"] == 0
    assert (found["harbour_owed", "stuck"], found["harbour_owed", "stops"]) == (1, 1)
    clocks = ReviewClock.objects.filter(incident=incident, done_at=None, stopped_at=None).count()
    assert found["harbour_review_clocks_overdue",] == clocks > 0
    assert (found["harbour_kill_switch", "textsafe"], found["harbour_kill_switch", "*"]) == (1, 0)


def test_attempts_and_their_seconds_are_counted_by_channel() -> None:
    messaging.send_one(message_id=queue(1).pk)  # nobody listens: not accepted
    sent = queue(2)
    now = timezone.now()
    Message.objects.filter(pk=sent.pk).update(claimed_at=now - timedelta(seconds=3), sent_at=now)

    found = figures()
    assert found["harbour_provider_attempts", "email", "not_accepted"] == 1
    assert found["harbour_provider_seconds", "email"] == pytest.approx(3)


def test_the_age_of_what_is_not_sealed_is_told(met_officer) -> None:
    world.reported(met_officer.actor)
    assert AuditEvent.objects.exists()
    assert figures()["harbour_audit_unsealed_seconds",] >= 0
    seal()


def test_no_label_tells_of_anybody(met_officer, met_supervisor) -> None:
    queue(1)
    incident = world.graded(world.reported(met_officer.actor, "Maya", "Sample"), met_supervisor.actor)
    client = met_officer.sign_in(Client())
    client.get(f"/incidents/{incident.reference}/")
    client.get("/incidents/?q=Sample")
    text = asked()

    for word in ("Maya", "Sample", incident.reference, "jo.bloggs", met_officer.user.email):
        assert word not in text
    labels = {
        name
        for family in text_string_to_metric_families(text)
        for one in family.samples
        for name in one.labels
    }
    known = {
        "lane",
        "standing",
        "channel",
        "outcome",
        "service",
        "view",
        "method",
        "status",
        "le",
        "transport",
    }
    library = {"version", "implementation", "major", "minor", "patchlevel", "generation", "type", "charset",
               "templatename", "model", "alias", "vendor", "backend"}  # fmt: skip
    assert labels - known - library == set()


def names_in(expression: str) -> set[str]:
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]|\([^()]*\)(?=\s*\()", " ", expression)
    bare = re.sub(r"\bby\s*\([^)]*\)", " ", bare)
    return set(re.findall(r"[a-z_]{2,}", bare)) - WORDS_OF_PROMQL


def test_the_alert_rules_and_the_dashboard_name_figures_that_exist(client) -> None:
    client.get("/health")
    families = list(text_string_to_metric_families(asked()))
    exist = {one.name for family in families for one in family.samples} | {family.name for family in families}
    rules = yaml.safe_load((DEPLOY / "harbour-alerts.yml").read_text())["groups"][0]["rules"]
    panels = json.loads((DEPLOY / "grafana-dashboard.json").read_text())["panels"]
    used = [one["expr"] for one in rules] + [target["expr"] for one in panels for target in one["targets"]]

    assert len(rules) > 10
    assert set().union(*map(names_in, used)) - exist == set()
    assert {name for name in exist if name.startswith("harbour_")} <= set().union(*map(names_in, used))


def test_every_alert_says_what_to_do() -> None:
    for rule in yaml.safe_load((DEPLOY / "harbour-alerts.yml").read_text())["groups"][0]["rules"]:
        assert rule["annotations"]["summary"]
        assert rule["annotations"]["description"].endswith(".")
        assert rule["labels"]["severity"] in {"page", "ticket"}


@pytest.mark.parametrize("urlconf", ["config.urls", "config.public_urls"])
def test_health_and_ready_answer_at_their_short_addresses(urlconf, settings) -> None:
    settings.ROOT_URLCONF = urlconf
    assert Client().get("/health").json() == {"live": True}
    assert Client().get("/ready").json()["database"] is True
