"""The page on which a message home is taken from a conversation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.messages_home.forms import MessageHomeForm
from textsafe import policies, selectors
from textsafe.services.messages_home import take_message_home
from textsafe.views.common import helpline
from textsafe.views.frame import desk


@helpline
@require_http_methods(["GET", "POST"])
def message_home(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a message for somebody at home, word for word."""
    found, actor = selectors.conversation_for(actor_of(request), reference), actor_of(request)
    form = MessageHomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = attempt(form, lambda given: take_message_home(actor=actor, conversation_id=found.pk, **given))
        if not isinstance(done, Failed):
            messages.success(request, "The message is kept. A colleague passes it on.")
            return redirect("textsafe:conversation", reference=reference)
    context = desk(
        request,
        "conversations",
        conversation=found,
        form=form,
        refusal=policies.may_raise(actor, found),
        heading="Take a message home",
    )
    status = 422 if form.is_bound else 200
    return render(request, "textsafe/conversation_form.html", context, status=status)
