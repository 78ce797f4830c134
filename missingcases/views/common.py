"""What every page about incidents shares: answering, and what nobody may know of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from foundation.exceptions import NotVisible

T = TypeVar("T")


def go(request: HttpRequest, address: str, *, said: str = "") -> HttpResponse:
    """On to another page after a save, whether the form was posted in the background or not."""
    if said:
        messages.success(request, said)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(address)
    return redirect(address)


def show(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; with 422 where its form was refused, so that a background post shows it."""
    form = context.get("form")
    refused = request.method == "POST" and form is not None and bool(form.errors)
    return render(request, template, context, status=422 if refused else 200)


def visible(find: Callable[[], T]) -> T:
    """What `find` finds, or 404 where the actor may not know that it exists."""
    try:
        return find()
    except NotVisible:
        raise Http404 from None
