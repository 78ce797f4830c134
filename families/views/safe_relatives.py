"""Who of a family is safe to tell, where somebody in it may be a danger."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from families import policies
from families.services import members as verbs
from families.views.common import at, do, read_or_write, the_member, verb, why, worker
from foundation.requests import actor_of

_TITLE = "Name them as safe to tell"


@worker
@read_or_write
def name_safe(request: HttpRequest, reference: str) -> HttpResponse:
    """The duty manager names a safe relative, and says by what it is known."""
    actor, found = actor_of(request), the_member(request, reference)
    return verb(
        request,
        found.case,
        about=found.name,
        title=_TITLE,
        form=why(request.POST or None, _TITLE, submit_style="warning", cancel_href=at("member", reference)),
        run=lambda answers: verbs.name_safe(actor=actor, member_id=found.pk, why=answers["reason"]),
        said="They may be told and written to again. Nobody else of the family may.",
        to=at("member", reference),
        refusal=policies.may_name_safe(actor, found),
        caution="Somebody in this family may be a danger. Ask the safeguarding lead before you name anybody.",
        happens=[
            "They alone may be told, rung and written to. Each other member stays refused.",
            "Your name, the time and your reason stand in the record.",
        ],
    )


@worker
@require_POST
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """They may be a danger after all."""
    found = the_member(request, reference)
    return do(
        request,
        lambda: verbs.take_safe_back(actor=actor_of(request), member_id=found.pk),
        said="Tell and send them nothing from now on.",
        to=at("member", reference),
    )
