"""What browsers fetch and send by themselves: the worker that shows pushes, and another subscription."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

from django import forms
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from alerts.audience.enums import Kind
from alerts.audience.public import keys
from alerts.audience.public.fields import address_in
from alerts.audience.public.sending import keep, small, unkept
from alerts.enums import AudienceChannel
from foundation import access
from foundation.messaging.web_push import identity
from foundation.messaging.web_push.subscriptions import LONGEST_ENDPOINT
from foundation.ui.languages import by_address, is_welsh, path_in

_SOURCE = "js/push-worker.js"


@access.public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The worker. It asks nothing, keeps nothing and knows nothing of anybody: it shows what is pushed."""
    if not identity.public_key():
        raise Http404
    found = finders.find(_SOURCE)
    if not isinstance(found, str):
        raise FileNotFoundError(_SOURCE)
    script = (
        f"const KEY = {json.dumps(identity.public_key())};\n"
        f"const MOVED = {json.dumps(reverse('public_audience:push_moved'))};\n"
        f"const ICON = {json.dumps(static('images/harbour-512.png'))};\n"
        f"{Path(found).read_text()}"
    )
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    patch_cache_control(answer, no_cache=True)
    return answer


@access.public
@require_safe
@by_address
def app(request: HttpRequest) -> HttpResponse:
    """What makes the form a page of the Home Screen: only from there does an iPhone take pushes."""
    icon = {"src": static("images/harbour-512.png"), "sizes": "512x512", "type": "image/png"}
    told = {
        "name": gettext("Child Rescue Alerts"),
        "short_name": gettext("Alerts"),
        "lang": "cy" if is_welsh() else "en-GB",
        "start_url": path_in("/alerts/sign-up/", welsh=is_welsh()),
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0f3d4c",
        "icons": [icon],
    }
    answer = JsonResponse(told, content_type="application/manifest+json")
    patch_cache_control(answer, no_cache=True)
    return answer


@csrf_exempt
@access.signed_machine
@require_POST
@small
def moved(request: HttpRequest) -> HttpResponse:
    """A browser was given another subscription: the old endpoint, which it alone knows, is proof of that.

    The answer is the same whether the old one got alerts or not: 202; 400 for none, 429 in a flood.
    """
    old = request.POST.get("old", "")
    if not old or len(old) > LONGEST_ENDPOINT or keys.is_flooded():
        return unkept(HttpResponse(status=429 if old else 400))
    try:
        to = address_in(AudienceChannel.WEB_PUSH, request.POST.get("subscription", ""))
    except forms.ValidationError:
        return unkept(HttpResponse(status=400))
    keep(uuid.uuid4(), Kind.MOVED, {"old": old, "to": to})
    return unkept(HttpResponse(status=202))
