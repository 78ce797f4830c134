"""The board of clocks, for whoever interviews and for the authority."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from foundation.requests import actor_of
from rhi import selectors
from rhi.selectors.board import SHOWN, VIEWS
from rhi.services import reading
from rhi.views.common import workers
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
