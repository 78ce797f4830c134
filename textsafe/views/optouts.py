"""Allowing texts again to a number that opted out, at the person's wish."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from textsafe import policies, selectors
from textsafe.forms.charity import AllowTextsForm
from textsafe.forms.officer import ReasonForm
from textsafe.services import optouts
from textsafe.views.common import actor_of, helpline, try_to
from textsafe.views.frame import desk

_HOW = "How do you know that the person wishes it?"


@helpline
@require_http_methods(["GET", "POST"])
def of_conversation(request: HttpRequest, reference: str) -> HttpResponse:
    """For the number of a conversation."""
    found = selectors.conversation_for(actor_of(request), reference)
    form = ReasonForm(request.POST or None, submit="Allow texts to this number again")
    form.fields["reason"].label = _HOW
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try_to(
            form,
            lambda: optouts.lift_suppression(
                actor=actor_of(request), conversation_id=found.pk, reason=reason
            ),
        )
        if not form.errors:
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
    if request.method == "POST" and form.is_valid():
        lifted = try_to(form, lambda: optouts.lift_for_number(actor=actor_of(request), **form.cleaned_data))
        if lifted is not None:
            _say(request, lifted)
            return redirect("textsafe:conversations")
    return render(request, "textsafe/allow_texts.html", desk(request, "conversations", form=form))


def _say(request: HttpRequest, lifted: bool) -> None:
    if lifted:
        messages.success(request, "Texts may go to this number again.")
    else:
        messages.info(request, "This number had not opted out. Texts may go to it.")
