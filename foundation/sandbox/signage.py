"""The pages of digital signage: what each player shows to passers-by, coming and going by itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from foundation.access import public
from foundation.sandbox.forms import PlayerForm
from foundation.sandbox.models import SignageItem, SignagePlayer
from foundation.sandbox.pages import shown_page
from foundation.sandbox.screens import on_screen

_GONE_SHOWN = 20
SWITCHES = {"power": "is_on", "stubborn": "keeps_showing"}


def _told() -> dict[str, object]:
    rows = SignagePlayer.objects.order_by("pk")
    gone = SignageItem.objects.exclude(dropped_at=None).order_by("-dropped_at")[:_GONE_SHOWN]
    return {"players": [{"row": row, "items": list(on_screen(row))} for row in rows], "gone": gone}


@public
def players(request: HttpRequest) -> HttpResponse:
    """Every player with what it shows, and a form to set one up."""
    form = PlayerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        SignagePlayer.objects.update_or_create(
            token=form.cleaned_data["token"], defaults=form.cleaned_data | {"is_on": True}
        )
        return redirect(reverse("players") + "?said=player")
    return shown_page(
        request, "sandbox/players.html", status=422 if form.errors else 200, form=form, **_told()
    )


@public
@require_GET
def players_live(request: HttpRequest) -> HttpResponse:
    """The screens alone, for refreshing."""
    return render(request, "sandbox/_players.html", _told())


@public
@require_POST
def turn(request: HttpRequest, pk: int, switch: str) -> HttpResponse:
    """Switch a player off or on, or have it go on showing what it should drop."""
    if switch not in SWITCHES:
        raise Http404
    player, name = get_object_or_404(SignagePlayer, pk=pk), SWITCHES[switch]
    setattr(player, name, not getattr(player, name))
    player.save(update_fields=[name])
    return redirect("players")


@public
@require_GET
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of an item, for as long as a player has it."""
    found = get_object_or_404(SignageItem, pk=pk, dropped_at=None)
    kind = found.content_type if found.content_type in {"image/jpeg", "image/png"} else "text/plain"
    answer = HttpResponse(bytes(found.data), content_type=kind)
    answer["Cache-Control"] = "no-store"
    return answer
