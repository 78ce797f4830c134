"""Concept lists and code books: the lists of them, their versions, and trying one out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted
from reports.cohorts import policies, selectors, services
from reports.cohorts.finding import Piece, passages
from reports.cohorts.forms.wording import (
    BookChangeForm,
    BookForm,
    ListChangeForm,
    ListForm,
    TryForm,
    book_now,
    list_now,
)
from reports.cohorts.models import BookVersion, CodeBook, ConceptList, ListVersion
from reports.cohorts.views.common import leads, read_or_write, reviewers


@reviewers
@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """The organisation's concept lists."""
    actor = actor_of(request)
    context = {"rows": list(selectors.newest_lists(actor)), "refusal": policies.may_lead(actor)}
    return render(request, "cohorts/lists.html", context)


@leads
@read_or_write
def new_list(request: HttpRequest) -> HttpResponse:
    """Write a concept list."""
    actor, form = actor_of(request), ListForm(**posted(request), initial={"language": "en"})

    def run(given: dict[str, Any]) -> ListVersion:
        return services.write_list(actor=actor, **given)

    if request.method == "POST" and not isinstance(done := attempt(form, run), Failed):
        at = reverse("cohorts:list", args=[done.concept_list.reference])
        return go(request, at, said="Saved. Try it on a sentence before you use it.")
    return show(request, "cohorts/write.html", {"form": form, "title": "Write a concept list", **_BACK_LISTS})


_BACK_LISTS = {"back_name": "cohorts:lists", "back_words": "Concept lists"}
_BACK_BOOKS = {"back_name": "cohorts:books", "back_words": "Code books"}


def _list(request: HttpRequest, reference: str) -> ConceptList:
    return visible(lambda: selectors.list_named(actor_of(request), reference))


@reviewers
@never_cache
@read_or_write
def show_list(request: HttpRequest, reference: str) -> HttpResponse:
    """A list with all its versions; a sentence can be tried on the newest."""
    found = _list(request, reference)
    versions = list(found.versions.select_related("written_by", "concept_list"))
    form = TryForm(request.POST or None)
    tried: list[Piece] | None = None
    if request.method == "POST" and form.is_valid():
        tried = _tried(form.cleaned_data["text"], versions[0])
    context = {
        "found": found,
        "versions": versions,
        "form": form,
        "tried": tried,
        "hits": sum(piece.hit is not None for piece in tried or ()),
        "refusal": policies.may_lead(actor_of(request)),
    }
    return render(request, "cohorts/list.html", context, status=422 if form.errors else 200)


def _tried(text: str, version: ListVersion) -> list[Piece]:
    """The whole text with its hits marked, paragraph after paragraph."""
    line = " ".join(text.splitlines())
    shown = passages(line, selectors.hits_in_text(line, [version]))
    return [piece for one in shown for piece in one.pieces]


@leads
@read_or_write
def change_list(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the next version of a list."""
    actor, found = actor_of(request), _list(request, reference)
    newest = found.versions.all()[0]
    form = ListChangeForm(**posted(request), initial=list_now(newest))

    def run(given: dict[str, Any]) -> ListVersion:
        return services.change_list(
            actor=actor, list_id=found.pk, number=given["version"], terms=given["terms"], why=given["why"]
        )

    if request.method == "POST" and not isinstance(done := attempt(form, run), Failed):
        at = reverse("cohorts:list", args=[found.reference])
        return go(request, at, said=f"Version {done.number} is saved. Reviews that were begun keep theirs.")
    context = {"form": form, "title": f"Change the list {found.name}", **_BACK_LISTS}
    return show(request, "cohorts/write.html", context)


@reviewers
@require_GET
def books(request: HttpRequest) -> HttpResponse:
    """The organisation's code books."""
    actor = actor_of(request)
    context = {"rows": list(selectors.newest_books(actor)), "refusal": policies.may_lead(actor)}
    return render(request, "cohorts/books.html", context)


@leads
@read_or_write
def new_book(request: HttpRequest) -> HttpResponse:
    """Write a code book."""
    actor, form = actor_of(request), BookForm(**posted(request))

    def run(given: dict[str, Any]) -> BookVersion:
        return services.write_book(actor=actor, **given)

    if request.method == "POST" and not isinstance(done := attempt(form, run), Failed):
        at = reverse("cohorts:book", args=[done.book.reference])
        return go(request, at, said="Saved.")
    return show(request, "cohorts/write.html", {"form": form, "title": "Write a code book", **_BACK_BOOKS})


def _book(request: HttpRequest, reference: str) -> CodeBook:
    return visible(lambda: selectors.book_named(actor_of(request), reference))


@reviewers
@require_GET
def show_book(request: HttpRequest, reference: str) -> HttpResponse:
    """A code book with all its versions."""
    found = _book(request, reference)
    versions = found.versions.select_related("written_by").prefetch_related("places__theme")
    context = {"found": found, "versions": list(versions), "refusal": policies.may_lead(actor_of(request))}
    return render(request, "cohorts/book.html", context)


@leads
@read_or_write
def change_book(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the next version of a code book."""
    actor, found = actor_of(request), _book(request, reference)
    form = BookChangeForm(**posted(request), initial=book_now(found.versions.all()[0]))

    def run(given: dict[str, Any]) -> BookVersion:
        return services.change_book(
            actor=actor, book_id=found.pk, number=given["version"], themes=given["themes"], why=given["why"]
        )

    if request.method == "POST" and not isinstance(done := attempt(form, run), Failed):
        at = reverse("cohorts:book", args=[found.reference])
        return go(
            request, at, said=f"Version {done.number} is saved. Reviews go on with theirs until it is taken."
        )
    context = {"form": form, "title": f"Change the code book {found.name}", **_BACK_BOOKS}
    return show(request, "cohorts/write.html", context)
