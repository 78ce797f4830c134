"""Figures for Prometheus, to whoever brings `METRICS_TOKEN`.

What is behind is read from the database at the asking, so that it does not matter which worker answers;
how long requests took comes from the files that all workers of this server write (config.wsgi).
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from config import figures
from foundation import access
from foundation.messaging.switchboard import policies


def _gauge(name: str, words: str, label: str, values: dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=[label] if label else [])
    for key, value in values.items():
        family.add_metric([key] if label else [], value)
    return family


class Figures(Collector):
    """Everything that `config.figures` knows, as gauges."""

    def collect(self) -> Iterator[Metric]:
        """Read and name them."""
        now = timezone.now()
        queues = figures.queues(now)
        due = {one.lane: float(one.due) for one in queues}
        yield _gauge("harbour_lane_due", "Messages that are due and not yet claimed.", "lane", due)
        ages = {one.lane: one.age for one in queues}
        yield _gauge("harbour_lane_age_seconds", "How long the oldest of them has been due.", "lane", ages)
        owed = {key: float(value) for key, value in figures.owed(now).items()}
        yield _gauge("harbour_owed", "Deliveries of events that are owed.", "standing", owed)
        unknown = {key: float(value) for key, value in figures.unknown().items()}
        yield _gauge("harbour_unknown_outcomes", "Messages of unknown outcome.", "standing", unknown)
        overdue = {"": float(figures.clocks_overdue(now))}
        yield _gauge("harbour_review_clocks_overdue", "Review clocks past their time.", "", overdue)
        seconds = figures.seconds_to_provider(now)
        words = "Mean seconds from claim to the provider's yes, last five minutes."
        yield _gauge("harbour_provider_seconds", words, "channel", seconds)
        outcomes = GaugeMetricFamily(
            "harbour_provider_attempts",
            "Attempts of the last five minutes by outcome.",
            labels=["channel", "outcome"],
        )
        for (channel, outcome), count in figures.attempts(now).items():
            outcomes.add_metric([channel, outcome], count)
        yield outcomes
        thrown = figures.stopped()
        switches = {name: float(name in thrown) for name in ("*", *policies())}
        yield _gauge("harbour_kill_switch", "1 where a service (or *) is stopped.", "service", switches)
        lag = {"": figures.seal_lag(now)}
        yield _gauge("harbour_audit_unsealed_seconds", "Age of the oldest unsealed audit entry.", "", lag)


@access.signed_machine
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures as text. Without the token there is no such page."""
    if not _brings_token(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Figures())
    body = generate_latest(registry) + generate_latest(_requests())
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)


def _requests() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry


def _brings_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").encode()
    wanted = f"Bearer {settings.METRICS_TOKEN}".encode()
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(given, wanted)
