"""Conversations, unknown numbers and concerns: the charity's side of the wall."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.accounts.enums import HELPLINE
from foundation.accounts.models import User
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.intelligence.enums import Origin
from missingcases.intelligence.services import raising_of
from missingcases.messages_home.selectors import from_source
from textsafe import policies, selectors
from textsafe.enums import Direction
from textsafe.forms.charity import AnswerForm, ConcernForm, HandOverForm, NoteForm
from textsafe.models import Conversation, ConversationMessage
from textsafe.services import conversations as verbs
from textsafe.services import escalations, reading
from textsafe.services.messages_home import SOURCE
from textsafe.views.common import do, helpline, why
from textsafe.views.frame import desk

_LISTS = (("open", "Open"), ("mine", "Mine"), ("late", "Late"), ("closed", "Closed"))


@helpline
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Conversations by their clock."""
    show = request.GET.get("show", "open")
    show = show if show in dict(_LISTS) else "open"
    now = timezone.now()
    rows = list(selectors.conversations_of(actor_of(request), show=show, now=now)[:100])
    lists = [{"key": key, "label": label, "current": key == show} for key, label in _LISTS]
    context = desk(request, "conversations", rows=rows, lists=lists, show=show)
    polled = bool(request.headers.get("X-Harbour-Poll"))
    if not polled:
        reading.record_list_read(actor=actor_of(request), model=Conversation, ids=[row.pk for row in rows])
    return render(
        request, "textsafe/_conversations.html" if polled else "textsafe/conversations.html", context
    )


def _context(request: HttpRequest, conversation: Conversation, **more: Any) -> dict[str, Any]:
    actor = actor_of(request)
    out = selectors.opted_out(conversation.number_key)
    forms = {
        "answer_form": AnswerForm(initial={"form_token": uuid4()}),
        "note_form": NoteForm(),
        **more,
    }
    return desk(
        request,
        "conversations",
        conversation=conversation,
        texts=[_shown(row, conversation) for row in conversation.messages.select_related("author")],
        opted_out=out,
        raising=raising_of(
            actor,
            origin=Origin.CONVERSATION,
            label="textsafe.Conversation",
            record_id=conversation.pk,
            incident_id=conversation.request.incident_id if conversation.request else None,
        ),
        claim_refusal=policies.may_claim(actor, conversation),
        answer_refusal=policies.may_answer(actor, conversation, opted_out=out),
        hand_over_refusal=policies.may_put_back(actor, conversation),
        close_refusal=policies.may_close(actor, conversation),
        concerns=selectors.escalations_visible_to(actor).filter(conversation=conversation),
        messages_home=from_source(actor, SOURCE, conversation.pk),
        **forms,
    )


def _shown(row: ConversationMessage, conversation: Conversation) -> dict[str, Any]:
    names = {Direction.IN: "Them", Direction.OUT: "Us", Direction.NOTE: "Note for colleagues"}
    who = names[Direction(row.direction)]
    sender = f"{who}, {row.author.full_name}" if row.author else who
    return {
        "id": row.pk,
        "sent": row.direction != Direction.IN,
        "sender": sender,
        "at": row.at,
        "body": row.text,
        "note": _standing(row),
    }


def _standing(row: ConversationMessage) -> str:
    if row.direction == Direction.NOTE:
        return "never sent"
    if row.direction == Direction.IN:
        return ""
    if row.delivered_at:
        return "Delivered"
    if row.failed_at:
        return "Not delivered: answer again or ring"
    return "Sent" if row.sent_at else "On its way"


@helpline
@require_GET
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """One conversation. Each reading is audited; a poll is the same reading until something comes."""
    conversation = selectors.conversation_for(actor_of(request), reference)
    polled = bool(request.headers.get("X-Harbour-Poll"))
    verbs.record_opened(actor=actor_of(request), conversation=conversation, again=polled)
    if polled:
        return render(request, "textsafe/_texts.html", _context(request, conversation))
    return render(request, "textsafe/conversation.html", _context(request, conversation))


@helpline
@require_POST
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a conversation."""
    found = selectors.conversation_for(actor_of(request), reference)
    return do(
        request,
        lambda: verbs.claim_conversation(actor=actor_of(request), conversation_id=found.pk),
        said="The conversation is yours. Answer below.",
        then="textsafe:conversation",
        reference=reference,
    )


@helpline
@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Write to the person; what was typed comes back where it could not be sent."""
    found = selectors.conversation_for(actor_of(request), reference)
    form = AnswerForm(request.POST)
    done = attempt(
        form,
        lambda answers: verbs.answer(
            actor=actor_of(request),
            conversation_id=found.pk,
            text=answers["text"],
            form_token=answers["form_token"],
        ),
    )
    if not isinstance(done, Failed):
        messages.success(request, "Your answer is on its way.")
        return redirect("textsafe:conversation", reference=reference)
    context = _context(request, found, answer_form=form, form=form)
    return render(request, "textsafe/conversation.html", context, status=422)


@helpline
@require_POST
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Leave a note for colleagues."""
    found = selectors.conversation_for(actor_of(request), reference)
    form = NoteForm(request.POST)
    done = attempt(
        form,
        lambda answers: verbs.add_note(
            actor=actor_of(request), conversation_id=found.pk, text=answers["note"]
        ),
    )
    if not isinstance(done, Failed):
        messages.success(request, "The note was added.")
        return redirect("textsafe:conversation", reference=reference)
    context = _context(request, found, note_form=form, form=form)
    return render(request, "textsafe/conversation.html", context, status=422)


def _colleagues(conversation: Conversation) -> QuerySet[User]:
    return (
        User.objects.filter(
            is_active=True,
            memberships__organisation_id=conversation.charity_id,
            memberships__role__in=HELPLINE,
            memberships__ended_at__isnull=True,
        )
        .exclude(pk=conversation.claimed_by_id or 0)
        .distinct()
        .order_by("full_name")
    )


@helpline
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a conversation to a colleague, or back to everybody."""
    found = selectors.conversation_for(actor_of(request), reference)
    refusal = policies.may_put_back(actor_of(request), found)
    form = HandOverForm(request.POST or None, colleagues=_colleagues(found))
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: verbs.hand_over(
                actor=actor_of(request),
                conversation_id=found.pk,
                to_user_id=answers["to"].pk if answers["to"] else None,
                note=answers["note"],
            ),
        )
        if not isinstance(done, Failed):
            messages.success(request, "The conversation was handed over.")
            return redirect("textsafe:conversations")
    context = desk(
        request, "conversations", conversation=found, form=form, refusal=refusal, heading="Hand over"
    )
    return render(request, "textsafe/conversation_form.html", context)


@helpline
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a conversation, saying why."""
    found = selectors.conversation_for(actor_of(request), reference)
    form = why(request.POST or None, submit_label="Close the conversation")
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: verbs.close_conversation(
                actor=actor_of(request), conversation_id=found.pk, **answers
            ),
        )
        if not isinstance(done, Failed):
            messages.success(request, "The conversation is closed. Another text from them opens it again.")
            return redirect("textsafe:conversations")
    refusal = policies.may_close(actor_of(request), found)
    context = desk(request, "conversations", conversation=found, form=form, refusal=refusal, heading="Close")
    return render(request, "textsafe/conversation_form.html", context)


@helpline
@require_http_methods(["GET", "POST"])
def concern(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a safeguarding concern before the duty manager."""
    found = selectors.conversation_for(actor_of(request), reference)
    form = ConcernForm(request.POST or None)
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: escalations.raise_concern(
                actor=actor_of(request),
                conversation_id=found.pk,
                concern=answers["concern"],
                is_threat_to_life=answers["is_threat_to_life"] == "yes",
            ),
        )
        if not isinstance(done, Failed):
            messages.success(request, "The duty manager has it.")
            return redirect("textsafe:conversation", reference=reference)
    context = desk(
        request, "conversations", conversation=found, form=form, refusal=None, heading="Raise a concern"
    )
    return render(request, "textsafe/conversation_form.html", context)
