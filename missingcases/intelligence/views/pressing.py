"""Verbs of one button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from foundation.access import Refused
from foundation.exceptions import NotVisible


def pressed(request: HttpRequest, run: Callable[[], Any], *, said: str, to: str) -> HttpResponse:
    """Run the verb and go on, saying how it went."""
    try:
        run()
    except NotVisible:
        raise Http404 from None
    except Refused as error:
        messages.error(request, error.refusal.message)
    else:
        messages.success(request, said)
    return redirect(to)
