"""The controls as JSON, for tests and for the fault table of `dev.py faults`."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from foundation.access import public
from foundation.sandbox import services
from foundation.sandbox.models import Browser, Fault, Mail, NetworkPost, Push, Step, Text


def _given(request: HttpRequest) -> dict[str, Any]:
    found = json.loads(request.body or b"{}")
    return found if isinstance(found, dict) else {}


def _chosen(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: request.GET[name] for name in names if name in request.GET}


@public
@require_GET
def health(_: HttpRequest) -> HttpResponse:
    """Answers once the database does."""
    Fault.objects.exists()
    return JsonResponse({"ok": True})


@csrf_exempt
@public
@require_POST
def reset(_: HttpRequest) -> HttpResponse:
    """Forget everything."""
    services.reset()
    return JsonResponse({})


@csrf_exempt
@public
@require_POST
def faults(request: HttpRequest) -> HttpResponse:
    """Add one fault, or with {"clear": true} take all away."""
    given = _given(request)
    if given.pop("clear", False):
        Fault.objects.all().delete()
        return JsonResponse({})
    fault = Fault(**given)
    fault.full_clean()
    fault.save()
    return JsonResponse({"id": fault.pk}, status=201)


@csrf_exempt
@public
@require_POST
def phones(request: HttpRequest) -> HttpResponse:
    """Switch a phone on or off: {"number", "is_on"}."""
    given = _given(request)
    services.switch_phone(number=given["number"], is_on=bool(given["is_on"]))
    return JsonResponse({})


@csrf_exempt
@public
@require_POST
def replies(request: HttpRequest) -> HttpResponse:
    """A phone writes: {"number", "body", "to"}."""
    given = _given(request)
    text = services.reply(number=given["number"], body=given["body"], to=given.get("to", ""))
    return JsonResponse({"sid": text.sid}, status=201)


@public
@require_GET
def texts(request: HttpRequest) -> HttpResponse:
    """Every accepted text, oldest first, by number or reference if asked."""
    rows = Text.objects.filter(inbound=False, **_chosen(request, "to", "reference")).order_by("pk")
    names = ("sid", "reference", "to", "sender", "body", "error_code", "validity_seconds")
    return JsonResponse({"texts": list(rows.values(*names, status=F("progress")))})


@public
@require_GET
def counts(_: HttpRequest) -> HttpResponse:
    """Accepted texts, references accepted more than once, and steps still to come now or later."""
    sent = Text.objects.filter(inbound=False)
    doubled = sent.exclude(reference="").values("reference").annotate(times=Count("pk")).filter(times__gt=1)
    return JsonResponse(
        {
            "accepted": sent.count(),
            "doubled": {row["reference"]: row["times"] for row in doubled},
            "waiting": Step.objects.filter(done_at=None).count(),
        }
    )


@public
@require_GET
def mails(request: HttpRequest) -> HttpResponse:
    """Every e-mail that arrived, oldest first."""
    rows = Mail.objects.order_by("pk")
    if "to" in request.GET:
        rows = rows.filter(to__contains=request.GET["to"])
    names = ("message_id", "to", "reply_to", "subject", "plain", "html")
    return JsonResponse(
        {
            "mails": [
                {name: getattr(row, name) for name in names}
                | {"pictures": list(row.pictures.values("name", "cid", "content_type"))}
                for row in rows
            ]
        }
    )


@public
@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """Everything that was posted at the networks, oldest first."""
    rows = NetworkPost.objects.order_by("pk")
    names = ("network", "account", "key", "text", "language")
    found = rows.values(
        *names, shown=Q(deleted_at=None), alt_text=F("picture__alt_text"), pictured=F("picture_id")
    )
    return JsonResponse({"posts": list(found)})


@csrf_exempt
@public
@require_POST
def browsers(request: HttpRequest) -> HttpResponse:
    """A browser whose keys are with whoever asks; or, with its name, whether it is gone."""
    given = _given(request)
    values: dict[str, Any] = {one: given[one] for one in ("is_gone", "only_from") if one in given}
    row = Browser(**values)
    if "name" in given:
        row, _ = Browser.objects.update_or_create(name=given["name"], defaults=values)
    else:
        row.save()
    return JsonResponse({"name": row.name}, status=201)


@public
@require_GET
def pushes(request: HttpRequest) -> HttpResponse:
    """What a browser was pushed, oldest first, as it came."""
    rows = Push.objects.filter(browser__name=request.GET.get("name", "")).order_by("pk")
    told = [
        {
            "sealed": bytes(row.sealed).hex(),
            "ttl": row.ttl,
            "topic": row.topic,
            "urgency": row.urgency,
            "is_replaced": row.is_replaced,
        }
        for row in rows
    ]
    return JsonResponse({"pushes": told})
