"""The lists: the publicity desk's queue, and what became of a force's own appeals."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from appeals import policies, selectors, services
from appeals.views.common import is_charity, readers
from foundation.requests import actor_of

MOST = 100


@readers
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """One list at a time, with how many wait on each; reading one with anybody on it is audited."""
    actor, now = actor_of(request), timezone.now()
    lists = {one.key: one for one in selectors.listings_for(actor)}
    chosen = lists.get(request.GET.get("show", ""), next(iter(lists.values())))
    rows = list(selectors.listed(actor, chosen, now=now)[:MOST])
    if rows:
        services.record_list_read(actor=actor, ids=[row.pk for row in rows])
    counts = selectors.counts_of(actor, now=now)
    context = {
        "items": [
            {
                "label": one.label,
                "href": f"?show={one.key}",
                "current": one is chosen,
                "count": counts.get(one.key, 0),
            }
            for one in lists.values()
        ],
        "chosen": chosen,
        "rows": rows,
        "most": MOST,
        "charity_side": is_charity(actor),
        "outlets_refusal": policies.may_manage_outlets(actor),
    }
    return render(request, "appeals/listing.html", context)
