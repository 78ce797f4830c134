"""What the pages share: who reaches them, fetching what is theirs, the parts of a review."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation import access
from foundation.access import Refused
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.requests import actor_of
from missingcases.views.common import visible
from reports.cohorts import selectors
from reports.cohorts.enums import COMPARED, ReviewStatus
from reports.cohorts.models import Review
from reports.cohorts.states import LEADS, REVIEWERS

reviewers = access.roles(REVIEWERS)
leads = access.roles(LEADS)
read_or_write = require_http_methods(["GET", "POST"])
MEANWHILE = "Somebody else changed this meanwhile. Look again, then decide."


def review_of(request: HttpRequest, reference: str) -> Review:
    """The review, for its lead and its readers; 404 for everybody else."""
    return visible(lambda: selectors.review_named(actor_of(request), reference))


def address(review: Review, name: str = "review", *args: object) -> str:
    """The address of one of a review's pages."""
    return reverse(f"cohorts:{name}", args=[review.reference, *args])


def framed(review: Review, current: str, **more: Any) -> dict[str, Any]:
    """The context of one of a review's pages, with its neighbours."""
    parts = [("review", "Review")]
    if review.status not in {ReviewStatus.CHOOSING, ReviewStatus.GIVEN_UP}:
        parts.append(("cases", "Cases"))
    if review.status in COMPARED:
        parts.append(("compared", "Agreement and counts"))
    items = [
        {"label": label, "href": address(review, name), "current": name == current} for name, label in parts
    ]
    return {"review": review, "parts": items, **more}


def tried(request: HttpRequest, run: Any, back: str, *, said: str) -> HttpResponse:
    """A verb that one button asks for: done, or why not, on the page that it goes back to."""
    try:
        run()
    except NotVisible:
        visible(_gone)
    except Refused as refused:
        messages.error(request, refused.refusal.message)
    except Invalid as problem:
        messages.error(request, " ".join(problem.problems.values()))
    except Conflict:
        messages.error(request, MEANWHILE)
    else:
        messages.success(request, said)
    return redirect(back)


def _gone() -> None:
    raise NotVisible("review")
