"""What the pages share: who reaches them, their frame, and the page that is one form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from families.helpline import selectors
from families.helpline.models import HelplineContact
from foundation import access
from foundation.access import Refusal, Refused
from foundation.accounts.enums import HELPLINE
from foundation.exceptions import Invalid, NotVisible
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.forms import HarbourForm

helpline = access.roles(HELPLINE)


def contact_or_404(request: HttpRequest, reference: str) -> HelplineContact:
    """The contact, for the helpline alone."""
    try:
        return selectors.contact_named(actor_of(request), reference)
    except NotVisible:
        raise Http404 from None


def frame(**more: Any) -> dict[str, Any]:
    """The context of every page."""
    return {"now": timezone.now(), **more}


def do(
    request: HttpRequest, verb: Callable[[], Any], *, said: str, then: str, reference: str
) -> HttpResponse:
    """Run a verb of a one-button form, say how it went, and go to the page named `then`."""
    try:
        verb()
    except NotVisible:
        raise Http404 from None
    except Refused as error:
        messages.error(request, error.refusal.message)
    except Invalid as error:
        messages.error(request, " ".join(error.problems.values()))
    else:
        messages.success(request, said)
    return redirect(then, reference=reference)


def one_form(
    request: HttpRequest,
    contact: HelplineContact,
    form: HarbourForm,
    run: Callable[[dict[str, Any]], Any],
    *,
    heading: str,
    said: str,
    intro: str = "",
    refusal: Refusal | None = None,
) -> HttpResponse:
    """A page about one contact that is one form, which comes back with what was typed where it fails."""
    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        messages.success(request, said)
        return redirect("helpline:contact", reference=contact.reference)
    context = frame(contact=contact, form=form, heading=heading, intro=intro, refusal=refusal)
    return render(request, "helpline/form.html", context, status=422 if form.is_bound else 200)
