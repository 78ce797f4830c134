"""Allowing texts again to a number that opted out, at the person's wish."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from textsafe import policies, selectors
from textsafe.forms.charity import AllowTextsForm
from textsafe.services import optouts
from textsafe.views.common import helpline, why
from textsafe.views.frame import desk

_HOW = "How do you know that the person wishes it?"


@helpline
@require_http_methods(["GET", "POST"])
def of_conversation(request: HttpRequest, reference: str) -> HttpResponse:
    """For the number of a conversation."""
    found = selectors.conversation_for(actor_of(request), reference)
    form = why(request.POST or None, label=_HOW, submit_label="Allow texts to this number again")
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: optouts.lift_suppression(
                actor=actor_of(request), conversation_id=found.pk, **answers
            ),
        )
        if not isinstance(done, Failed):
            messages.success(request, "Texts may go to this number again.")
            return redirect("textsafe:conversation", reference=reference)
    refusal = policies.may_lift_suppression(actor_of(request), found)
    context = desk(
        request,
        "conversations",
        conversation=found,
        form=form,
        refusal=refusal,
        heading="Allow texts again",
    )
    return render(request, "textsafe/conversation_form.html", context)


@helpline
@require_http_methods(["GET", "POST"])
def of_number(request: HttpRequest) -> HttpResponse:
    """For a number that the person gave us, on the telephone perhaps."""
    form = AllowTextsForm(request.POST or None)
    if request.method == "POST":
        lifted = attempt(form, lambda answers: optouts.lift_for_number(actor=actor_of(request), **answers))
        if not isinstance(lifted, Failed):
            _say(request, lifted)
            return redirect("textsafe:conversations")
    return render(request, "textsafe/allow_texts.html", desk(request, "conversations", form=form))


def _say(request: HttpRequest, lifted: bool) -> None:
    if lifted:
        messages.success(request, "Texts may go to this number again.")
    else:
        messages.info(request, "This number had not opted out. Texts may go to it.")
