"""What people wrote in their own words: for the charity's duty managers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from foundation import access
from foundation.requests import actor_of
from missingcases.views.common import visible
from missingcases.voice import selectors, services
from missingcases.voice.deadlines import KEEP_WORDS
from missingcases.voice.states import MANAGERS

managers = access.roles(MANAGERS)


@managers
@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """The newest months first, in no order within one. Each reading is in the trail."""
    actor = actor_of(request)
    months = selectors.words_visible_to(actor)
    before = _number(request.GET.get("from", ""))
    rows = list(months[before : before + selectors.SHOWN_WORDS + 1])
    shown = rows[: selectors.SHOWN_WORDS]
    services.note_words_read(actor=actor, answer_ids=[row.pk for row in shown])
    further = before + selectors.SHOWN_WORDS if len(rows) > len(shown) else None
    context = {"rows": shown, "further": further, "years": KEEP_WORDS.days // 365}
    return render(request, "voice/words.html", context)


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else 0


@managers
@require_POST
def take_out(request: HttpRequest, number: int) -> HttpResponse:
    """They name somebody: the words go, the answers stay in the figures."""
    visible(lambda: services.take_words_out(actor=actor_of(request), answer_id=number))
    messages.success(request, "Taken out. The answers stay in the figures.")
    return redirect("voice:words")
