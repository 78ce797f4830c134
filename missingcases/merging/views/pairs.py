"""Records of the force that may be one person: the list, and deciding a pair from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from foundation import access
from foundation.actors import Actor
from foundation.requests import actor_of
from foundation.states import IllegalMove
from missingcases.matching.models import LikelyPair, PairStatus
from missingcases.matching.scoring import in_words
from missingcases.merging import policies, selectors, services, sides
from missingcases.views.common import go, visible

PUT_OFF = "put-off"


@access.roles(policies.MERGERS)
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """The pairs that wait, or those put off, the likeliest first."""
    actor = actor_of(request)
    is_put_off = request.GET.get("show") == PUT_OFF
    status = PairStatus.PUT_OFF if is_put_off else PairStatus.TO_DECIDE
    after = selectors.PairCursor.read(request.GET.get("after", ""))
    pairs, further = selectors.pairs_page(actor, status, after)
    context = {
        "pairs": [_pair(one) for one in pairs],
        "further": further,
        "is_put_off": is_put_off,
        "is_first": after is None,
        "parts": [
            {"label": "To decide", "href": _at(put_off=False), "current": not is_put_off},
            {"label": "Put off", "href": _at(put_off=True), "current": is_put_off},
        ],
    }
    return render(request, "merging/duplicates.html", context)


def _at(*, put_off: bool) -> str:
    return reverse("people:duplicates") + (f"?show={PUT_OFF}" if put_off else "")


def _pair(pair: LikelyPair) -> dict[str, Any]:
    mine, theirs = sides.known(pair.first), sides.known(pair.second)
    return {
        "row": pair,
        "why": in_words(pair.reasons),
        "facts": [
            {"label": label, "mine": value, "theirs": other, "differs": value != other}
            for (label, value), (_, other) in zip(mine, theirs, strict=True)
            if value or other
        ],
    }


@access.roles(policies.MERGERS)
@require_POST
def put_off(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Decide it later."""
    said = "Put off. It comes back to the list in two weeks, or when you take it up."
    return _decided(request, pair_id, services.put_off, said, put_off=False)


@access.roles(policies.MERGERS)
@require_POST
def take_up(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Back to the list."""
    return _decided(request, pair_id, services.take_up, "Back among those to decide.", put_off=True)


@access.roles(policies.MERGERS)
@require_POST
def pair_apart(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Two people: remembered for good, here and everywhere."""

    def decide(*, actor: Actor, pair_id: int) -> None:
        pair = selectors.pair_opened(actor, pair_id)
        services.tell_apart(actor=actor, person=pair.first.reference, other=pair.second.reference)

    return _decided(request, pair_id, decide, "Remembered: they are two people.", put_off=False)


def _decided(
    request: HttpRequest, pair_id: int, verb: Callable[..., Any], said: str, *, put_off: bool
) -> HttpResponse:
    """Whoever comes second is told so; the list shows how things stand now."""
    actor = actor_of(request)
    try:
        visible(lambda: verb(actor=actor, pair_id=pair_id))
    except IllegalMove:
        messages.warning(request, "Somebody decided this pair meanwhile.")
        return go(request, _at(put_off=put_off))
    return go(request, _at(put_off=put_off), said=said)
