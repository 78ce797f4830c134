"""How far an issued alert has come, and what can be done: a part of the room that asks for itself again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from alerts import progress
from alerts.enums import AlertStatus
from alerts.models import ChildRescueAlert
from alerts.policies import running
from alerts.selectors import alert_for
from alerts.views.common import at, readers
from foundation.actors import Actor
from foundation.requests import actor_of
from missingcases.views.common import visible


def going_out(actor: Actor, alert: ChildRescueAlert) -> dict[str, Any]:
    """What the room shows of an issued alert: how far it has come, and what can be done."""
    if alert.issued_at is None:
        return {}
    board = progress.board_of(alert)
    offers = (
        ("update", "Send the update", running.may_update(actor, alert)),
        ("end", "End the alert", running.may_cancel(actor, alert)),
        ("review", "Review it", running.may_review(actor, alert)),
        ("renew", "Renew it", running.may_review(actor, alert)),
        ("also", "Send it by another channel", running.may_issue_also(actor, alert)),
    )
    return {
        "alert": alert,
        "now": timezone.now(),
        "board": board,
        "done_at": progress.timed(board, now=timezone.now()),
        "progress_poll": at("progress", alert),
        "running_buttons": [
            {"label": label, "href": at(name, alert), "refusal": refusal}
            for name, label, refusal in offers
            if alert.status == AlertStatus.ISSUED and getattr(refusal, "code", "") not in _OF_ANOTHER
        ],
    }


_OF_ANOTHER = frozenset({"role", "organisation", "nothing_new"})


@readers
@never_cache
@require_GET
def how_far(request: HttpRequest, reference: str) -> HttpResponse:
    """The figures that change, asked for again by an open page: its opening is in the trail.

    404 before it is issued.
    """
    actor = actor_of(request)
    alert = visible(lambda: alert_for(actor, reference))
    if alert.issued_at is None:
        raise Http404
    return render(request, "alerts/_progress.html", going_out(actor, alert))
