"""The alerts that run, and those that have ended."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from alerts import policies, selectors
from alerts.models import ChildRescueAlert
from alerts.views.common import readers
from foundation.accounts.enums import OrganisationKind
from foundation.audit import services as audit
from foundation.requests import actor_of
from foundation.ui.reach import can_open

MOST = 100
# What else there is around alerts, for whoever may open it: an address, and whose alone it is.
ELSEWHERE = (
    ("From the national system", "cap:list", frozenset(OrganisationKind)),
    ("Who gets alerts", "audience:overview", frozenset({OrganisationKind.CHARITY})),
    ("Partners’ systems", "cap:partners", frozenset({OrganisationKind.CHARITY})),
)


@readers
@never_cache
@require_GET
def listing(request: HttpRequest, which: str = "open") -> HttpResponse:
    """What runs, the oldest proposal first; or what has ended, the newest first."""
    actor = actor_of(request)
    rows = list((selectors.past if which == "past" else selectors.running)(actor)[:MOST])
    audit.record(
        actor=actor, action="alerts.listed", target=ChildRescueAlert, target_ids=[row.pk for row in rows]
    )
    items = [
        {"label": "Open", "href": reverse("alerts:listing"), "current": which == "open"},
        {"label": "Past", "href": reverse("alerts:past"), "current": which == "past"},
        *(
            {"label": label, "href": reverse(name)}
            for label, name, kinds in ELSEWHERE
            if actor.organisation_kind in kinds and can_open(actor, name)
        ),
    ]
    context = {
        "rows": rows,
        "items": items,
        "which": which,
        "most": MOST,
        "may_rehearse": policies.may_propose(actor, None) is None,
    }
    return render(request, "alerts/listing.html", context)
