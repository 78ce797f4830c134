"""What the pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from foundation import access
from foundation.access import Refused
from foundation.accounts.enums import HELPLINE, INSPECTORS, POLICE, Role
from foundation.actors import Actor
from foundation.states import IllegalMove
from textsafe.exceptions import Invalid

officer = access.roles(POLICE)
helpline = access.roles(HELPLINE)
manager = access.roles(Role.CHARITY_MANAGER)
both_sides = access.roles(POLICE | HELPLINE)
policy_keepers = access.roles(INSPECTORS | HELPLINE)
# What holds for everybody's texts from now on is authorised with a second factor given lately.
authoriser = access.roles(HELPLINE, fresh=True)
policy_changer = access.roles(INSPECTORS | HELPLINE, fresh=True)


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    found: Actor = request.actor  # type: ignore[attr-defined]
    return found


def try_to(form: forms.Form, verb: Callable[[], Any]) -> Any:
    """Run a verb for a valid form; what stands against it is written on the form, and None returned."""
    try:
        return verb()
    except Invalid as error:
        for name, said in error.problems.items():
            form.add_error(name if name in form.fields else None, said)
    except Refused as error:
        form.add_error(None, error.refusal.message)
    return None


def do(request: HttpRequest, verb: Callable[[], Any], *, said: str, then: str, **kwargs: Any) -> HttpResponse:
    """Run a verb of a one-button form, say how it went, and go to the page named `then`."""
    try:
        verb()
    except (Refused, IllegalMove) as error:
        messages.error(request, error.refusal.message)
    except Invalid as error:
        messages.error(request, " ".join(error.problems.values()))
    else:
        messages.success(request, said)
    return redirect(then, **kwargs)


def as_404(message: str) -> Http404:
    """A page that does not exist for this visitor."""
    return Http404(message)
