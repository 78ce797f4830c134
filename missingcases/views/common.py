"""What every page about incidents shares: answering, trying a service, showing its refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from foundation.access import Refused
from foundation.actors import Actor
from foundation.ui.forms import VersionedForm
from missingcases.exceptions import Conflict, Invalid, NotVisible

T = TypeVar("T")


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


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


class Failed:
    """A service did not do it; the form says why."""


FAILED = Failed()


def attempt(form: Form, run: Callable[[dict[str, Any]], T]) -> T | Failed:
    """Run a service with the form's answers; a refusal or a conflict goes onto the form.

    Nothing typed is lost: the caller shows the same bound form again.
    """
    if not form.is_valid():
        return FAILED
    try:
        return run(form.cleaned_data)
    except NotVisible:
        raise Http404 from None
    except Invalid as problem:
        for name, words in problem.problems.items():
            form.add_error(name if name in form.fields else None, words)
    except Conflict as problem:
        _show_conflict(form, problem)
    except Refused as problem:
        form.add_error(None, problem.refusal.message)
    return FAILED


def _show_conflict(form: Form, problem: Conflict) -> None:
    if not isinstance(form, VersionedForm):
        form.add_error(None, "Somebody else changed this meanwhile. Look again, then decide.")
        return
    theirs = {name: value for name, value in problem.theirs.items() if name in form.fields}
    form.show_conflict(theirs=theirs, version=problem.version)
