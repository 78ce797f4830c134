"""Contacts: the list, beginning one, and writing down what somebody says while they say it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from families.helpline import policies, selectors, services
from families.helpline.enums import LIVE, Channel, LinkStatus, OnTheLine
from families.helpline.forms import BeginForm, EndForm, NotesForm
from families.helpline.models import HelplineContact
from families.helpline.questions import alarming
from families.helpline.views.common import contact_or_404, do, frame, helpline
from foundation.audit import services as audit
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.intelligence.enums import Origin
from missingcases.intelligence.services import raising_of
from missingcases.messages_home.selectors import from_source

_LISTS = (("open", "Open"), ("mine", "Mine"), ("late", "Late"), ("closed", "Closed"))
_SHOWN = 100


@helpline
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Contacts by their clock, and what waits for the manager."""
    actor = actor_of(request)
    show = request.GET.get("show", "open")
    show = show if show in selectors.LISTS else "open"
    rows = list(selectors.contacts_of(actor, show=show, now=timezone.now())[:_SHOWN])
    audit.record(
        actor=actor,
        action="helpline.listed",
        target=HelplineContact,
        target_ids=sorted(row.pk for row in rows),
    )
    lists = [{"key": key, "label": label, "current": key == show} for key, label in _LISTS]
    context = frame(
        rows=rows,
        lists=lists,
        concerns=selectors.open_concerns(actor)[:_SHOWN],
        to_decide=selectors.links_to_decide(actor)[:_SHOWN],
    )
    return render(request, "helpline/list.html", context)


@helpline
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Somebody turns to us."""
    form = BeginForm(request.POST or None)
    if request.method == "POST":
        done = attempt(
            form,
            lambda given: services.begin_contact(
                actor=actor_of(request),
                channel=given["channel"],
                caller=given["caller"],
                form_token=given["form_token"],
                is_anonymous=given["stays"] == "anonymous",
                name=given["name"],
                reach_by=given["reach_by"],
                notes=given["notes"],
            ),
        )
        if not isinstance(done, Failed):
            return redirect("helpline:contact", reference=done.reference)
    return render(request, "helpline/begin.html", frame(form=form), status=422 if form.is_bound else 200)


@helpline
@require_GET
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """One contact. Each reading is audited."""
    contact = contact_or_404(request, reference)
    services.record_opened(actor=actor_of(request), contact=contact)
    return render(request, "helpline/contact.html", _page(request, contact))


def _notes_form(contact: HelplineContact, data: Any = None) -> NotesForm:
    given = {"notes": contact.notes, "version": contact.version, **contact.answered()}
    return NotesForm(data, initial=given)


def _page(request: HttpRequest, contact: HelplineContact, **more: Any) -> dict[str, Any]:
    actor = actor_of(request)
    link = selectors.live_link(contact)
    return frame(
        **{
            "contact": contact,
            "is_live": contact.channel in LIVE,
            "is_mail": bool(contact.reach_key),
            "is_call": contact.channel == Channel.CALL,
            "alarms": alarming(contact.answered()),
            "notes_form": _notes_form(contact),
            "end_form": EndForm(),
            "link": link,
            "link_is_asked": link is not None and link.status == LinkStatus.ASKED,
            "mails": selectors.mails_of(contact),
            "mail_refusal": policies.may_work_on(actor, contact) or services.may_answer(contact),
            "calls": [
                {"at": call.made_at, "who": _who(call.on_the_line), "agreed": call.agreed}
                for call in contact.three_way_calls.all()
            ],
            "messages_home": from_source(actor, selectors.SOURCE, contact.pk),
            "concerns": selectors.concerns_visible_to(actor).filter(contact=contact),
            "work_refusal": policies.may_work_on(actor, contact),
            "raising": raising_of(
                actor, origin=Origin.HELPLINE, label=selectors.SOURCE, record_id=contact.pk
            ),
            "claim_refusal": policies.may_claim(actor, contact),
            "hand_over_refusal": policies.may_hand_over(actor, contact),
            "close_refusal": policies.may_close(actor, contact),
            **more,
        }
    )


def _who(values: list[str]) -> str:
    return ", ".join(str(OnTheLine(value).label) for value in values)


@helpline
@require_POST
def save(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep the notes. A script saves as they are typed, and a button saves without any script.

    To the script a colleague's words in between are 409: it stops, and the button then shows both sides.
    """
    contact = contact_or_404(request, reference)
    by_script = bool(request.headers.get("X-Harbour-Autosave"))
    form = _notes_form(contact, request.POST)
    done = attempt(
        form,
        lambda given: services.save_notes(
            actor=actor_of(request),
            contact_id=contact.pk,
            version=given["version"],
            notes=given["notes"],
            answers=form.answers(),
        ),
    )
    if by_script:
        if isinstance(done, Failed):
            return JsonResponse({"saved": False}, status=409)
        return JsonResponse({"saved": True, "version": done.version})
    if not isinstance(done, Failed):
        messages.success(request, "The notes are saved.")
        return redirect("helpline:contact", reference=reference)
    context = _page(request, contact, notes_form=form, form=form)
    return render(request, "helpline/contact.html", context, status=422)


@helpline
@require_POST
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """They hung up, or were answered."""
    contact = contact_or_404(request, reference)
    form = EndForm(request.POST)
    done = attempt(
        form,
        lambda given: services.end_call(
            actor=actor_of(request), contact_id=contact.pk, call_back_at=given["call_back_at"]
        ),
    )
    if not isinstance(done, Failed):
        promised = "Your promise to ring is on the list." if done.call_back_at else "Nothing is owed to them."
        messages.success(request, promised)
        return redirect("helpline:contact", reference=reference)
    context = _page(request, contact, end_form=form, form=form)
    return render(request, "helpline/contact.html", context, status=422)


@helpline
@require_POST
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a contact."""
    contact = contact_or_404(request, reference)
    return do(
        request,
        lambda: services.claim_contact(actor=actor_of(request), contact_id=contact.pk),
        said="The contact is yours.",
        then="helpline:contact",
        reference=reference,
    )
