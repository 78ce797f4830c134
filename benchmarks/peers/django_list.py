"""The incident list as Django's own guides write one: `ListView`, `Paginator`, filters in the template.

It stands in the product's chrome, with the product's filter panel, and shows what the product's list does. It
writes no audit trail, which ours does at each look: that is in its favour. `limit` is the same page of the
product with its rows made beforehand.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.views.generic import ListView

from benchmarks.peers.drf_incidents import visible
from foundation.access import Access, Kind
from foundation.accounts.enums import RECORD_READERS
from foundation.actors import Actor
from foundation.requests import actor_of
from missingcases import selectors
from missingcases.forms.filters import IncidentFilterForm
from missingcases.models import Incident, ReviewClock
from missingcases.views.lists import rows_of

_ACCESS = Access(Kind.ROLES, frozenset(RECORD_READERS))
_RUNNING = ReviewClock.objects.filter(done_at__isnull=True, stopped_at__isnull=True).order_by("due_at")


@lru_cache(maxsize=1)
def _template() -> Any:
    return engines["django"].from_string((Path(__file__).parent / "incident_list.html").read_text())


class IncidentList(ListView):  # type: ignore[type-arg]  # Django's takes none when it runs
    access = _ACCESS
    paginate_by = 30

    def get_queryset(self) -> QuerySet[Incident]:
        rows = visible(self.request.actor.organisation_id).select_related("owner_unit")
        rows = rows.prefetch_related(Prefetch("clocks", queryset=_RUNNING, to_attr="running"))
        return rows.order_by("-audience__reported_at", "-audience__incident_id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | _panel(actor_of(self.request))

    def render_to_response(self, context: dict[str, Any], **_: Any) -> HttpResponse:
        return HttpResponse(_template().render(context, self.request))


def _panel(actor: Actor) -> dict[str, Any]:
    form = IncidentFilterForm({"status": "any"}, actor=actor)
    return {"filter_form": form, "chosen": [], "clear_href": "", "page_name": "incidents", "answers": ""}


def ready_made(request: HttpRequest) -> HttpResponse:
    """The product's page from rows that were made at the first asking."""
    actor = actor_of(request)
    context = {"rows": _rows(actor), "count": "1,000+", "shows": True, "views": [], **_panel(actor)}
    return render(request, "missingcases/list.html", context)


ready_made.access = _ACCESS  # type: ignore[attr-defined]  # a function carries what a view must
_made: list[Any] = []


def _rows(actor: Actor) -> list[Any]:
    if not _made:
        page = selectors.list_page(actor, selectors.Filters())
        _made.extend(rows_of(page.incidents, show_owner=False))
    return _made
