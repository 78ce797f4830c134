"""The figures of publicity, with what each counts beside it."""

from __future__ import annotations

import math
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from appeals import services
from appeals.selectors.figures import SMALLEST_TOLD, Figures, Period, Spread, figures
from appeals.views.common import both_sides, is_charity
from foundation.clock import in_london
from foundation.requests import actor_of
from foundation.ui.timing import duration

_NOTHING = "Nothing to count"
_DAYS = {"month": 30, "quarter": 91, "year": 365}
_WORDS = {
    "year": "Last 365 days",
    "quarter": "Last 91 days",
    "month": "Last 30 days",
    "since_april": "Since 1 April",
}


@both_sides
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """One period at a time; the look is audited."""
    actor, now = actor_of(request), timezone.now()
    chosen = request.GET.get("period", "")
    chosen = chosen if chosen in _WORDS else "year"
    period = period_of(chosen, in_london(now).date())
    services.record_figures_viewed(actor=actor)
    told = figures(actor, period, now=now)
    context = {
        "items": [
            {"label": words, "href": f"?period={key}", "current": key == chosen}
            for key, words in _WORDS.items()
        ],
        "period": period,
        "figures": told,
        "lengths": lengths(told) if told else [],
        "charity_side": is_charity(actor),
        "smallest": SMALLEST_TOLD,
    }
    return render(request, "appeals/figures.html", context)


def period_of(chosen: str, today: date) -> Period:
    """The days that a choice means, up to and with today."""
    if chosen == "since_april":
        year = today.year if (today.month, today.day) >= (4, 1) else today.year - 1
        return Period(date(year, 4, 1), today)
    return Period(today - timedelta(days=_DAYS[chosen] - 1), today)


def lengths(told: Figures) -> list[dict[str, str]]:
    """The rows of how long it took, in words."""
    return [
        _row("Request to first publication", told.to_live, in_time="No limit"),
        _row("Found to outlet told", told.to_told, in_time=part(told.to_told.in_time)),
        _row("Found to confirmed gone", told.to_gone, in_time=part(told.to_gone.in_time)),
    ]


def _row(label: str, spread: Spread, *, in_time: str) -> dict[str, str]:
    waiting = f", {spread.waiting} waiting" if spread.waiting else ""
    return {
        "label": label,
        "count": f"{spread.count:,}{waiting}",
        "median": length(spread.median),
        "ninetieth": length(spread.ninetieth),
        "in_time": in_time,
    }


def length(value: timedelta | None) -> str:
    """In hours around the limit of a day that is asked about, then in days; never rounded down past it."""
    if value is None:
        return _NOTHING
    if value > timedelta(days=3):
        return f"{math.ceil(value / timedelta(days=1))} days"
    if value > timedelta(hours=24):
        return f"{math.ceil(value / timedelta(hours=1))} hours"
    return duration(value.total_seconds())


def part(value: float | None) -> str:
    """A part from 0 to 1 as a percentage, never rounded up to all of it."""
    return _NOTHING if value is None else f"{int(value * 100)}%"
