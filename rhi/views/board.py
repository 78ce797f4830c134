"""The board of clocks, for whoever interviews and for the authority."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from foundation.requests import actor_of
from rhi import selectors
from rhi.selectors.board import SHOWN, VIEWS
from rhi.selectors.figures import figures as figures_of
from rhi.services import reading
from rhi.views.common import allocators, workers
from rhi.views.frame import desk


@workers
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """What is open, what is late first."""
    actor = actor_of(request)
    show = request.GET.get("show", "open")
    show = show if show in VIEWS else "open"
    authorities = selectors.authorities_on(actor)
    authority = request.GET.get("authority", "")
    authority = authority if authority in dict(authorities) else ""
    rows = selectors.board(actor, show=show, authority=authority, now=timezone.now())
    reading.record_board(actor=actor, ids=[row.referral.pk for row in rows])
    context = desk(
        request,
        "board",
        rows=rows,
        views=VIEWS,
        show=show,
        heading=VIEWS[show],
        authorities=authorities,
        authority=authority,
        is_full=len(rows) == SHOWN,
    )
    return render(request, "rhi/board.html", context)


FIGURES_DAYS = 90


@allocators
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """How interviews were offered, held and reported, of the returns of the last ninety days."""
    now = timezone.now()
    since = now - timedelta(days=FIGURES_DAYS)
    found = figures_of(actor_of(request), since=since, until=now, now=now)
    lines = (
        ("Offered", found.offered, "of the returns for which an interview was owed"),
        ("Accepted", found.accepted, "of those offered"),
        ("Held within 72 hours", found.in_time, "of the returns whose 72 hours are over, or that were held"),
        ("Reported in time", found.reports_in_time, "of the reports that were due"),
    )
    context = desk(request, "figures", lines=lines, found=found, since=since, days=FIGURES_DAYS)
    return render(request, "rhi/figures.html", context)
