"""What the pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from foundation import access
from foundation.access import Refused
from foundation.accounts.enums import HELPLINE, INSPECTORS, POLICE, Role
from foundation.exceptions import Invalid
from foundation.ui.reasons import ReasonForm

officer = access.roles(POLICE)
helpline = access.roles(HELPLINE)
manager = access.roles(Role.CHARITY_MANAGER)
both_sides = access.roles(POLICE | HELPLINE)
policy_keepers = access.roles(INSPECTORS | HELPLINE)
# What holds for everybody's texts from now on is authorised with a second factor given lately.
authoriser = access.roles(HELPLINE, fresh=True)
policy_changer = access.roles(INSPECTORS | HELPLINE, fresh=True)

_IN_CONFIDENCE = "This is kept with the record. Do not write what somebody told the charity in confidence."


def why(data: QueryDict | None, **kwargs: Any) -> ReasonForm:
    """The form that asks why, as far as the record of a text takes it."""
    return ReasonForm(data, hint=_IN_CONFIDENCE, longest=500, **kwargs)


def do(request: HttpRequest, verb: Callable[[], Any], *, said: str, then: str, **kwargs: Any) -> HttpResponse:
    """Run a verb of a one-button form, say how it went, and go to the page named `then`."""
    try:
        verb()
    except Refused as error:
        messages.error(request, error.refusal.message)
    except Invalid as error:
        messages.error(request, " ".join(error.problems.values()))
    else:
        messages.success(request, said)
    return redirect(then, **kwargs)


def as_404(message: str) -> Http404:
    """A page that does not exist for this visitor."""
    return Http404(message)
