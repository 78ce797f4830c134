"""What the stand-in networks show, for whoever tries the product: posts come and go by themselves."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from foundation.access import public
from foundation.sandbox.enums import NetworkName
from foundation.sandbox.models import NetworkPicture, NetworkPost
from foundation.sandbox.pages import shown_page

_SHOWN = 50


def _of_networks() -> QuerySet[NetworkPost]:
    """What a force has in its feed has a page of its own."""
    return NetworkPost.objects.exclude(network=NetworkName.FORCE)


def _posts() -> QuerySet[NetworkPost]:
    return _of_networks().filter(deleted_at=None).select_related("picture").order_by("-posted_at", "-pk")


def _told() -> dict[str, Any]:
    gone = _of_networks().exclude(deleted_at=None)
    return {"posts": _posts()[:_SHOWN], "gone": gone.order_by("-deleted_at")[:_SHOWN]}


@public
@require_GET
def networks(request: HttpRequest) -> HttpResponse:
    """Every post that is shown now, the latest first, and which were taken down."""
    return shown_page(request, "sandbox/networks.html", **_told())


@public
@require_GET
def networks_live(request: HttpRequest) -> HttpResponse:
    """The posts alone, for refreshing."""
    return render(request, "sandbox/_networks.html", _told())


@public
@require_GET
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture of a post, for as long as a post shows it."""
    found = get_object_or_404(NetworkPicture, pk=pk)
    if not found.posts.filter(deleted_at=None).exists():
        raise Http404
    kind = found.content_type if found.content_type in {"image/jpeg", "image/png"} else "text/plain"
    answer = HttpResponse(bytes(found.data), content_type=kind)
    answer["Cache-Control"] = "no-store"
    return answer
