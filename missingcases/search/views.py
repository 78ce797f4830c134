"""The search, the views somebody keeps, and the files they take along."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import access
from foundation.files import storage
from foundation.files.serving import sent
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.forms.filters import IncidentFilterForm, SearchForm
from missingcases.search import policies, selectors, services
from missingcases.search.forms import SaveViewForm
from missingcases.search.models import Export, Listing, SavedView
from missingcases.views import looked_for
from missingcases.views.common import go, show
from missingcases.views.lists import listing
from missingcases.views.verbs import posted

lister = access.roles(policies.LISTERS)
SHOWN = 20
# The page of each list, and its questions.
PAGES: dict[str, tuple[str, type[IncidentFilterForm]]] = {
    Listing.INCIDENTS: ("missingcases:incident_list", IncidentFilterForm),
    Listing.SEARCH: ("search:search", SearchForm),
}


@lister
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Look for incidents by name, reference, telephone, place and words of notes."""
    return listing(request, SearchForm, Listing.SEARCH, "search/search.html")


def _asked(request: HttpRequest, name: str) -> tuple[str, dict[str, str], IncidentFilterForm]:
    """The address of a list's page, and the answers that the posted query of it stands for."""
    page, form_class = PAGES.get(name, PAGES[Listing.INCIDENTS])
    answers = looked_for.given(request.session, QueryDict(request.POST.get("answers", "")))
    return reverse(page), looked_for.said(answers), form_class(answers, actor=actor_of(request))


@lister
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep what the list is narrowed to under a name: first asks for it, then saves."""
    name = request.POST.get("listing", "")
    address, answers, asked = _asked(request, name)
    is_answer = "name" in request.POST
    form = SaveViewForm(
        **(posted(request) if is_answer else {}),
        initial={"listing": name, "answers": request.POST.get("answers", "")},
        cancel_href=address,
    )
    if is_answer:
        done = attempt(
            form,
            lambda given: services.save_view(
                actor=actor_of(request),
                listing=name,
                name=given["name"],
                answers=answers,
                is_shared=given["is_shared"],
                is_default=given["is_default"],
            ),
        )
        if not isinstance(done, Failed):
            query = looked_for.address_of(request.session, done.opened())
            return go(request, f"{address}?{query}", said=f"Saved as “{done.name}”.")
    shown = asked.cleaned_data if asked.is_valid() else {}
    lines = [f"{asked.fields[key].label}: {value}" for key, value in shown.items() if value]
    return show(request, "search/save_view.html", {"form": form, "lines": lines, "address": address})


def _view(request: HttpRequest, reference: str) -> SavedView:
    return get_object_or_404(selectors.views_visible_to(actor_of(request)), reference=reference)


@lister
@require_GET
def open_view(request: HttpRequest, reference: str) -> HttpResponse:
    """On to the list, narrowed as the view says."""
    view = _view(request, reference)
    page, _ = PAGES[view.listing]
    return redirect(f"{reverse(page)}?{looked_for.address_of(request.session, view.opened())}")


@lister
@require_POST
def default_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the view wherever its list is opened plainly, or no longer."""
    view = _view(request, reference)
    services.make_default(actor=actor_of(request), view=view, is_default=not view.is_default)
    words = "no longer opens by itself" if view.is_default else "opens by itself from now on"
    messages.success(request, f"“{view.name}” {words}.")
    return redirect("search:open_view", reference)


@lister
@require_POST
def delete_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Delete a view of one's own."""
    view = _view(request, reference)
    page, _ = PAGES[view.listing]
    services.delete_view(actor=actor_of(request), view=view)
    messages.success(request, f"The view “{view.name}” is deleted.")
    return redirect(f"{reverse(page)}?view=none")


@lister
@require_http_methods(["GET", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    """The files somebody asked for; a post asks for the next."""
    actor = actor_of(request)
    if request.method == "POST":
        address, _, asked = _asked(request, request.POST.get("listing", ""))
        if not asked.is_valid():
            messages.info(request, "Look at the filters again: not all of them can be used.")
            return redirect(f"{address}?{request.POST.get('answers', '')}")
        done = services.ask_for_export(
            actor=actor, filters=asked.filters(asked.cleaned_data), kind=request.POST.get("kind", "csv")
        )
        return redirect("search:export", done.reference)
    found = selectors.exports_visible_to(actor)[:SHOWN]
    return render(request, "search/exports.html", {"exports": found})


def _export(request: HttpRequest, reference: str) -> Export:
    return get_object_or_404(selectors.exports_visible_to(actor_of(request)), reference=reference)


def _context(request: HttpRequest, found: Export) -> dict[str, Any]:
    return {"export": found, "refusal": policies.may_fetch(actor_of(request), found), "most": services.MOST}


@lister
@require_GET
def export(request: HttpRequest, reference: str) -> HttpResponse:
    """One file: how far it is, then where to fetch it."""
    return render(request, "search/export.html", _context(request, _export(request, reference)))


@lister
@require_GET
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """The progress bar alone, asked for again and again until the file is there."""
    found = _export(request, reference)
    answer = render(request, "search/_progress.html", {"export": found})
    if found.is_done:
        answer["HX-Refresh"] = "true"
    return answer


@lister
@require_GET
def download(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The file itself, for whoever asked for it and still sees all that is in it."""
    found = _export(request, reference)
    try:
        place = services.fetch(actor=actor_of(request), export=found)
    except access.Refused as refused:
        messages.info(request, refused.refusal.message)
        return redirect("search:export", reference)
    return sent(storage.path_of(place).open("rb"), save_as=f"{found.reference}.{found.kind}")
