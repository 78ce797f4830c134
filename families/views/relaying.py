"""Messages home: what waits to be passed on, and passing it on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from families.forms.relaying import RelayForm
from families.models import FamilyMember
from families.selectors.members import members_to_tell
from families.services import reading, relaying
from families.views.common import at, do, read_or_write, why, worker
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.messages_home import selectors
from missingcases.messages_home import services as messages_home
from missingcases.messages_home.enums import MessageStatus
from missingcases.messages_home.models import MessageHome
from missingcases.selectors import kept_from_family
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted

SHOWN = 50


@worker
@require_GET
def messages(request: HttpRequest) -> HttpResponse:
    """What is still to be passed on, the first to be late first. The words are not read here."""
    actor = actor_of(request)
    rows = list(selectors.waiting(actor)[:SHOWN])
    reading.record_listed(actor=actor, model=MessageHome, ids=[row.pk for row in rows])
    return render(request, "families/messages.html", {"rows": rows, "now": timezone.now()})


def _message(request: HttpRequest, reference: str) -> MessageHome:
    return visible(lambda: selectors.message_named(actor_of(request), reference))


@worker
@read_or_write
def message(request: HttpRequest, reference: str) -> HttpResponse:
    """One message; for whoever carries it, to whom it is told."""
    actor, found = actor_of(request), _message(request, reference)
    is_mine = found.status == MessageStatus.PASSING and found.carrier_id == actor.user_id
    people = members_to_tell(actor, found.incident_id)
    form = RelayForm(**posted(request), members=people, cancel_href=at("messages"))
    if request.method == "POST":

        def run(answers: dict[str, Any]) -> None:
            member: FamilyMember = answers.pop("member")
            relaying.relay(actor=actor, message_id=found.pk, member_id=member.pk, **answers)

        if not isinstance(attempt(form, run), Failed):
            return go(request, at("messages"), said="Passed on, and put down as told.")
    context = {
        "message": found,
        "told": selectors.told_to_family(found),
        "is_mine": is_mine,
        "in_danger": bool(kept_from_family([found.incident_id] if found.incident_id else [])),
        "form": form,
        "people": list(people),
    }
    return show(request, "families/message.html", context)


@worker
@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it, so that no colleague passes it on too."""
    found = _message(request, reference)
    return do(
        request,
        lambda: messages_home.begin_passing(actor=actor_of(request), message_id=found.pk),
        said="It is yours to pass on. Read it out word for word.",
        to=at("message", reference),
    )


@worker
@require_POST
def put_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it back: somebody else passes it on."""
    found = _message(request, reference)
    return do(
        request,
        lambda: messages_home.put_back(actor=actor_of(request), message_id=found.pk),
        said="It waits for a colleague.",
        to=at("messages"),
    )


@worker
@read_or_write
def could_not(request: HttpRequest, reference: str) -> HttpResponse:
    """It cannot be passed on, and why."""
    found = _message(request, reference)
    form = why(request.POST or None, "It could not be passed on", cancel_href=at("message", reference))
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: messages_home.could_not_pass(
                actor=actor_of(request), message_id=found.pk, **answers
            ),
        )
        if not isinstance(done, Failed):
            return go(request, at("messages"), said="Recorded.")
    return show(request, "families/message_end.html", {"form": form, "message": found})
