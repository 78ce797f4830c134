"""The push service's own address for each browser, and the page of what browsers were pushed."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from foundation.access import public, signed_machine
from foundation.sandbox import browsers
from foundation.sandbox.cutting import cut
from foundation.sandbox.enums import FaultKind
from foundation.sandbox.faults import Faults
from foundation.sandbox.models import Browser
from foundation.sandbox.pages import shown_page, then

_PUSHES_SHOWN = 20


@csrf_exempt
@signed_machine
@require_POST
def push(request: HttpRequest, name: str) -> HttpResponse:
    """Take one: 201. 404 for no such browser, 410 for one that is gone; what goes wrong as it is set."""
    sealed = request.body
    faults = Faults([name])
    if faults.take(FaultKind.CUT_BEFORE) is not None:
        cut(request)
    wait = faults.take(FaultKind.BUSY)
    if wait is not None:
        return HttpResponse(status=429, headers={"Retry-After": str(int(wait) or 1)})
    if faults.take(FaultKind.FAULT) is not None:
        return HttpResponse(status=500)
    answer = _taken(request, name, sealed)
    if answer.status_code == 201:
        late = faults.take(FaultKind.SLOW)
        if late is not None:
            time.sleep(late)
        if faults.take(FaultKind.CUT_AFTER) is not None:
            cut(request)
    return answer


def _taken(request: HttpRequest, name: str, sealed: bytes) -> HttpResponse:
    browser = Browser.objects.filter(name=name).first()
    if browser is None or browser.is_gone:
        return HttpResponse(status=404 if browser is None else 410)
    try:
        key = browsers.prove(
            request.headers.get("Authorization", ""), origin=f"{request.scheme}://{request.get_host()}"
        )
    except browsers.Unproved:
        return HttpResponse(status=401)
    if browser.only_from and key != browser.only_from:
        return HttpResponse(status=403)
    ttl, topic = request.headers.get("TTL", ""), request.headers.get("Topic", "")
    if not ttl.isdecimal() or len(topic) > 32 or request.headers.get("Content-Encoding") != "aes128gcm":
        return HttpResponse(status=400)
    if len(sealed) > browsers.MOST_BYTES:
        return HttpResponse(status=413)
    kept = browsers.take(
        browser, sealed=sealed, ttl=int(ttl), topic=topic, urgency=request.headers.get("Urgency", "normal")
    )
    return HttpResponse(status=201, headers={"Location": f"/push/{name}/{kept.pk}", "TTL": ttl})


def _told(request: HttpRequest) -> dict[str, Any]:
    base = f"{request.scheme}://{request.get_host()}"
    rows = [
        {
            "row": browser,
            "line": browsers.subscription_of(browser, base=base) if browser.private_key else "",
            "pushes": [
                {"row": one, "told": browsers.opened(one)}
                for one in browser.pushes.select_related("browser").order_by("-pk")[:_PUSHES_SHOWN]
            ],
        }
        for browser in Browser.objects.order_by("-pk")[:_PUSHES_SHOWN]
    ]
    return {"browsers": rows, "site": settings.PUBLIC_BASE_URL.rstrip("/")}


@public
def page(request: HttpRequest) -> HttpResponse:
    """Every browser with what it was pushed; or make another."""
    if request.method == "POST":
        browsers.make_browser()
        return then("browsers", said="browser")
    return shown_page(request, "sandbox/browsers.html", **_told(request))


@public
@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """The browsers alone, for refreshing."""
    return render(request, "sandbox/_browsers.html", _told(request))


@public
@require_POST
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a browser forbid pushes for good, or be as it was."""
    browser = get_object_or_404(Browser, pk=pk)
    browser.is_gone = not browser.is_gone
    browser.save(update_fields=["is_gone"])
    return then("browsers")
