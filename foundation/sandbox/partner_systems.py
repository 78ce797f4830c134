"""A partner's system: gives challenges back, takes what is posted, checks its signature, and shows it.

Somebody who tries the product signs `…/systems/NAME` up on the public site and enters here the secret that
the page shows: from then on each post has to be signed with it.
"""

from __future__ import annotations

import json

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from standardwebhooks import Webhook, WebhookVerificationError

from foundation.access import public, signed_machine
from foundation.sandbox.models import PartnerPost, PartnerSystem
from foundation.sandbox.pages import shown_page, then
from foundation.ui.forms import HarbourForm

CHALLENGE, ENDED = "alerts.challenge", "alert.ended"
_KEPT = 50


class SecretForm(HarbourForm):
    """What a system is called here, and the secret that signs to it."""

    submit_label = "Keep"
    name = forms.SlugField(
        label="Name", help_text="Such as buses: the last part of its address.", max_length=40
    )
    secret = forms.CharField(
        label="Secret", help_text="As the public site shows it: whsec_…", max_length=100, required=False
    )

    def clean_secret(self) -> str:
        """One that can verify, or none."""
        given: str = self.cleaned_data["secret"].strip()
        try:
            Webhook(given or "whsec_AA==")
        except (ValueError, RuntimeError):
            raise forms.ValidationError("This is no secret: copy it whole, from whsec_ on.") from None
        return given


@csrf_exempt
@signed_machine
@require_POST
def take(request: HttpRequest, name: str) -> HttpResponse:
    """Anything posted: 200, and a challenge is given back; 410 where it was turned off, 401 if not signed."""
    system, _ = PartnerSystem.objects.get_or_create(name=name)
    if system.is_gone:
        return HttpResponse(status=410)
    try:
        told = json.loads(request.body)
        kind, data = str(told["type"]), dict(told["data"])
    except (ValueError, KeyError, TypeError):
        return HttpResponse(status=400)
    signed = _is_signed(request, system.secret)
    if signed is False:
        return HttpResponse(status=401)
    if kind == CHALLENGE:
        return JsonResponse({"challenge": data.get("challenge", "")})
    PartnerPost.objects.get_or_create(
        system=system,
        reference=request.headers.get("webhook-id", "")[:80],
        defaults={"kind": kind[:30], "body": request.body.decode(), "is_signed": bool(signed)},
    )
    system.posts.filter(pk__in=system.posts.order_by("-pk").values("pk")[_KEPT:]).delete()
    return JsonResponse({})


def _is_signed(request: HttpRequest, secret: str) -> bool | None:
    """None where nobody has entered a secret to check with."""
    if not secret:
        return None
    try:
        Webhook(secret).verify(request.body, dict(request.headers.items()))
    except WebhookVerificationError:
        return False
    return True


def _rows() -> list[dict[str, object]]:
    """Each system with what it shows now: an end takes down what it refers to."""
    rows: list[dict[str, object]] = []
    for system in PartnerSystem.objects.order_by("name"):
        posts = [(post, json.loads(post.body)["data"]) for post in system.posts.order_by("-pk")]
        over = {name for _, data in posts for name in data.get("references", [])}
        shown = [
            {
                "post": post,
                "data": data,
                "is_over": post.kind == ENDED or data.get("identifier") in over,
                "body": json.dumps(data, ensure_ascii=False, indent=2),
            }
            for post, data in posts
        ]
        rows.append({"system": system, "posts": shown})
    return rows


@public
@require_http_methods(["GET", "POST"])
def systems(request: HttpRequest) -> HttpResponse:
    """Every system here, what it was told, and the form for a name and its secret."""
    form = SecretForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        PartnerSystem.objects.update_or_create(name=given["name"], defaults={"secret": given["secret"]})
        return then("systems", said="system")
    home = request.build_absolute_uri("/systems/")
    return shown_page(
        request,
        "sandbox/systems.html",
        status=422 if form.errors else 200,
        form=form,
        rows=_rows(),
        home=home,
    )


@public
@require_GET
def systems_live(request: HttpRequest) -> HttpResponse:
    """The list alone, for refreshing."""
    return render(request, "sandbox/_systems.html", {"rows": _rows()})


@public
@require_POST
def turn(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it answer 410 from now on, or take posts again."""
    system = get_object_or_404(PartnerSystem, pk=pk)
    system.is_gone = not system.is_gone
    system.save(update_fields=["is_gone"])
    return redirect("systems")
