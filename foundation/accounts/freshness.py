"""A second factor given again, lately: asked before authorising (views declared with `fresh=True`)."""

from __future__ import annotations

import time
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

AGAIN = "Confirm it is you, then send the form again. Nothing has been saved yet."


def second_factor_age(request: HttpRequest) -> float | None:
    """Seconds since the signed-in person last gave a second factor in this session, or None."""
    records = get_authentication_records(request, request.user)
    times = [record["at"] for record in records if record.get("method") == "mfa"]
    return time.time() - max(times) if times else None


def demand_fresh_second_factor(request: HttpRequest) -> HttpResponseBase | None:
    """None where the second factor is fresh, else the way to give it and come back.

    Opening a page asks for one within `SECOND_FACTOR_FRESH_SECONDS`; sending its form allows
    `SECOND_FACTOR_FORM_SECONDS` more, so that what somebody typed is not lost to the clock.
    """
    age = second_factor_age(request)
    opens = request.method in {"GET", "HEAD"}
    allowed = settings.SECOND_FACTOR_FRESH_SECONDS + (0 if opens else settings.SECOND_FACTOR_FORM_SECONDS)
    if age is not None and age <= allowed:
        return None
    if not opens:
        messages.warning(request, AGAIN)
    url = f"{_way(request)}?{urlencode({'next': _back_to(request)})}"
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = url
        return answer
    return HttpResponseRedirect(url)


def _way(request: HttpRequest) -> str:
    """The page that asks this person for what they have: a code or a passkey."""
    ways = [way["url"] for way in get_adapter().get_reauthentication_methods(request.user)]
    second = [url for url in ways if url != reverse("account_reauthenticate")]
    return second[0] if second else reverse("mine:second_factor")


def _back_to(request: HttpRequest) -> str:
    """Where to return: the page itself, or for a sent form the page it was on."""
    htmx = bool(request.headers.get("HX-Request"))
    if request.method in {"GET", "HEAD"} and not htmx:
        return request.get_full_path()
    page = urlsplit(request.headers.get("HX-Current-URL" if htmx else "Referer", ""))
    if page.netloc != request.get_host():
        return "/"
    return f"{page.path}?{page.query}" if page.query else page.path
