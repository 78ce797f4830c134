"""Putting down a yes, and giving the link: by text, on a tablet, or asked aloud."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import access
from foundation.access import Refused
from foundation.audit import services as audit
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted
from missingcases.voice import policies, selectors, services, sources
from missingcases.voice.answer_fields import answers_in
from missingcases.voice.enums import InvitationStatus as S
from missingcases.voice.forms import AloudForm, AskForm, SendForm
from missingcases.voice.models import Invitation
from missingcases.voice.sources import Asked
from missingcases.voice.states import ASKERS, INVITATION

askers = access.roles(ASKERS)
read_or_write = require_http_methods(["GET", "POST"])
_SHOWN = 100


def _at(row: Invitation) -> str:
    return reverse("voice:invitation", args=[row.reference])


def _named(request: HttpRequest, reference: str) -> Invitation:
    return visible(lambda: selectors.invitation_named(actor_of(request), reference))


@askers
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Whom the actor asked; for a duty manager, whom the charity asked. The newest first."""
    actor = actor_of(request)
    rows = list(selectors.visible_to(actor)[:_SHOWN])
    audit.record(actor=actor, action="voice.listed", target=Invitation, target_ids=[row.pk for row in rows])
    context = {
        "rows": rows,
        "most": _SHOWN,
        "reads_words": policies.may_read_words(actor) is None,
        "reads_figures": policies.may_read_figures(actor) is None,
    }
    return render(request, "voice/list.html", context)


def _asked(request: HttpRequest, kind: str, reference: str) -> Asked:
    source = sources.of_kind(kind)
    found = source.find(actor_of(request), reference) if source is not None else None
    if found is None:
        raise Http404
    return found


@askers
@read_or_write
def ask(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """What to say to somebody, and that they said yes."""
    actor = actor_of(request)
    asked = _asked(request, kind, reference)
    live = selectors.live_for(asked.source, asked.source_id)
    if live is not None and selectors.visible_to(actor).filter(pk=live.pk).exists():
        return redirect(_at(live))
    form = AskForm(**posted(request), asked=asked, is_mourning=selectors.is_mourning(asked))

    def run(given: dict[str, Any]) -> Invitation:
        return services.ask(
            actor=actor,
            asked=asked,
            respondent=given["respondent"],
            asked_in=given["asked_in"],
            language=given["language"],
            said_yes=given["said_yes"],
            force_id=given["force"].pk if given["force"] else None,
            family_asked=given["family_asked"],
        )

    if request.method == "POST" and not isinstance(done := attempt(form, run), Failed):
        return go(request, _at(done), said="Put down. Now give them the link, or ask them aloud.")
    context = {
        "form": form,
        "asked": asked,
        "refusal": policies.may_ask(actor) or selectors.against_asking(asked),
    }
    return show(request, "voice/ask.html", context)


def _asked_of(request: HttpRequest, row: Invitation) -> Asked | None:
    """What the record of the person says now; nothing where the actor sees it no more."""
    source = sources.of_label(row.source)
    if source is None or row.source_id is None:
        return None
    return source.named(actor_of(request), row.source_id)


@askers
@require_GET
def invitation(request: HttpRequest, reference: str) -> HttpResponse:
    """One invitation: how it stands, and what can be done now."""
    actor, row = actor_of(request), _named(request, reference)
    audit.record(actor=actor, action="voice.looked_at", target=row, incident_id=row.incident_id)
    asked = _asked_of(request, row)
    context = {
        "row": row,
        "asked": asked,
        "send_refusal": INVITATION.may(row, S.SENT, actor),
        "show_refusal": None if row.status == S.SHOWN else INVITATION.may(row, S.SHOWN, actor),
        "aloud_refusal": INVITATION.may(row, S.ANSWERED, actor),
        "withdraw_refusal": INVITATION.may(row, S.WITHDRAWN, actor),
        "is_live": INVITATION.may(row, S.ANSWERED, actor) is None,
        "has_ways": bool(asked and asked.ways),
    }
    return render(request, "voice/invitation.html", context)


@askers
@read_or_write
def send(request: HttpRequest, reference: str) -> HttpResponse:
    """Text the link to a number that is safe now."""
    actor, row = actor_of(request), _named(request, reference)
    asked = _asked_of(request, row)
    refusal = INVITATION.may(row, S.SENT, actor)
    if asked is None or not asked.ways:
        refusal = refusal or selectors.GONE
        return show(request, "voice/send.html", {"row": row, "refusal": refusal})
    form = SendForm(**posted(request), asked=asked, cancel_href=_at(row))

    def run(given: dict[str, Any]) -> Invitation:
        return services.send_link(actor=actor, invitation_id=row.pk, way=given["way"])

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, _at(row), said="The link is on its way.")
    return show(request, "voice/send.html", {"row": row, "form": form, "refusal": refusal})


@askers
@require_POST
@never_cache
def show_link(request: HttpRequest, reference: str) -> HttpResponse:
    """A new link, shown this once: nobody can show the same one again."""
    row = _named(request, reference)
    try:
        row, link = services.show_link(actor=actor_of(request), invitation_id=row.pk)
    except Refused as problem:
        messages.error(request, problem.refusal.message)
        return redirect(_at(row))
    return render(request, "voice/link.html", {"row": row, "link": link})


@askers
@read_or_write
def aloud(request: HttpRequest, reference: str) -> HttpResponse:
    """The questions read out, and what was answered."""
    actor, row = actor_of(request), _named(request, reference)
    form = AloudForm(**posted(request), cancel_href=_at(row))

    def run(given: dict[str, Any]) -> Invitation:
        return services.answer_for_them(
            actor=actor, invitation_id=row.pk, answers=answers_in(given), words=given["words"]
        )

    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, _at(row), said="Kept, without whose answers they are.")
    refusal = INVITATION.may(row, S.ANSWERED, actor)
    return show(request, "voice/aloud.html", {"row": row, "form": form, "refusal": refusal})


@askers
@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """They would rather not, after all."""
    row = _named(request, reference)
    try:
        services.withdraw(actor=actor_of(request), invitation_id=row.pk)
    except Refused as problem:
        messages.error(request, problem.refusal.message)
    else:
        messages.success(request, "Taken back. A link that they were given opens nothing now.")
    return redirect(_at(row))
