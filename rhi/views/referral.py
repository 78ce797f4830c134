"""One referral: its content for whoever interviews, how it stands for the authority."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from foundation.actors import Actor
from foundation.contributions import Link
from foundation.requests import actor_of
from missingcases.voice.policies import may_ask
from rhi import policies, selectors
from rhi.models import Referral
from rhi.selectors.telling import LABELS, called, passed_on
from rhi.services import reading
from rhi.services.details import lateness
from rhi.views.common import workers
from rhi.views.frame import desk
from rhi.views.reporting import way_to_interview
from rhi.views.verbs import VERBS
from rhi.voice import TALKED


@workers
@require_GET
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The referral as far as the visitor may read it."""
    actor = actor_of(request)
    referral = selectors.progress_visible_to(actor).filter(reference=reference).first()
    if referral is None:
        raise Http404("No such referral.")
    is_content = selectors.is_visible(actor, referral)
    reading.record_opened(actor=actor, referral=referral, is_content=is_content)
    late = lateness(referral, now=timezone.now())
    context = desk(request, "board", referral=referral, late=late, is_content=is_content)
    if is_content:
        context |= _content(actor, referral)
    return render(request, "rhi/referral.html", context)


def _content(actor: Actor, referral: Referral) -> dict[str, Any]:
    told = passed_on(referral)
    return {
        "child": called(referral),
        "told": [{"key": LABELS.get(name, name), "value": text} for name, text in told.items()],
        "earlier": selectors.earlier_of(referral)[:10],
        "attempts": referral.attempts.select_related("recorded_by")[:50],
        "concerns": referral.concerns.select_related("raised_by", "settled_by"),
        "visits": referral.visits.select_related("worker")[:20],
        "interview": way_to_interview(actor, referral),
        "voice_url": _voice(actor, referral),
        "actions": _actions(actor, referral),
        "allocate_refusal": policies.may_allocate(actor, referral),
        "shares_out": policies.may_allocate_for(actor, referral) is None,
    }


def _voice(actor: Actor, referral: Referral) -> str:
    """Where they are asked whether they want to say how it was; the charity's people alone ask."""
    if referral.status not in TALKED or may_ask(actor) is not None:
        return ""
    return reverse("voice:ask", args=["interview", referral.reference])


def _actions(actor: Actor, referral: Referral) -> list[Link]:
    """What can be done now. What would be refused is left out here, and says why on its own page."""
    return [
        Link(verb.title, reverse(f"rhi:{name}", args=[referral.reference]))
        for name, verb in VERBS.items()
        if verb.refusal(actor, referral) is None
    ]
