"""Shift handover: written by whoever goes, read by whoever comes, signed by both."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from families.handover import policies, selectors, services
from families.handover.enums import HandoverStatus
from families.handover.forms import BeginForm, NotesForm, TakeForm
from families.handover.lines import open_between
from families.handover.models import Handover
from foundation import access
from foundation.access import Refused
from foundation.accounts.enums import CHARITY_STAFF
from foundation.exceptions import NotVisible
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from foundation.ui.reasons import ReasonForm

staff = access.roles(CHARITY_STAFF)
_SHOWN = 30


def _own(request: HttpRequest, reference: str) -> Handover:
    try:
        return selectors.handover_named(actor_of(request), reference)
    except NotVisible:
        raise Http404 from None


@staff
@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """One's own handovers, and the way to begin one."""
    actor = actor_of(request)
    form = BeginForm(
        request.POST if request.method == "POST" else None, colleagues=selectors.colleagues(actor)
    )
    if request.method == "POST":
        done = attempt(
            form, lambda given: services.begin_handover(actor=actor, incoming_id=given["incoming"].pk)
        )
        if not isinstance(done, Failed):
            return redirect("handover:show", reference=done.reference)
    context = {
        "form": form,
        "rows": selectors.visible_to(actor)[:_SHOWN],
        "of_others": selectors.unsigned_of_others(actor)[:_SHOWN],
        "now": timezone.now(),
    }
    return render(request, "handover/list.html", context, status=422 if form.is_bound else 200)


@staff
@require_GET
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """One handover: to write, to sign, or as it was signed. Each reading is audited."""
    found, actor = _own(request, reference), actor_of(request)
    services.record_read(actor=actor, handover=found)
    if found.status == HandoverStatus.WRITING and found.outgoing_id == actor.user_id:
        return render(request, "handover/write.html", _writing(found))
    return render(request, "handover/signed.html", _signed(request, found, TakeForm()))


def _writing(found: Handover, form: NotesForm | None = None, data: Any = None) -> dict[str, Any]:
    """The page of whoever goes: what is open now, with the notes so far."""
    current = open_between(*selectors.both(found))
    rows = {row.key: row for row in found.lines.all()}
    if form is None:
        kept = NotesForm.initial_of(found.note, {key: row.note for key, row in rows.items()})
        form = NotesForm(data, lines=current.shared, initial={"version": found.version, **kept})
    live = {line.key for line in current.shared}
    sections = [
        {
            "title": title,
            "lines": [{"item": line.item, "box": form.box(line.key)} for line in lines],
        }
        for title, lines in groupby(current.shared, key=lambda line: line.section)
    ]
    return {
        "handover": found,
        "notes_form": form,
        "sections": sections,
        "kept_back": [line.item for line in current.kept_back],
        "quiet": current.quiet,
        "done_since": [row for row in rows.values() if row.key not in live and row.note],
        "now": timezone.now(),
    }


def _signed(request: HttpRequest, found: Handover, form: TakeForm) -> dict[str, Any]:
    lines = [] if found.status == HandoverStatus.WRITING else list(found.lines.all())
    takes = found.status == HandoverStatus.SIGNED_OUT and found.incoming_id == actor_of(request).user_id
    waiting = [row for row in lines if row.is_waiting]
    return {
        "handover": found,
        "sections": [
            {"title": title, "lines": list(rows)}
            for title, rows in groupby(waiting, key=lambda row: row.section)
        ],
        "done_since": [row for row in lines if not row.is_waiting],
        "is_written": found.status != HandoverStatus.WRITING,
        "takes": takes,
        "take_form": form,
        "may_cancel": found.status in selectors.UNSIGNED and found.outgoing_id == actor_of(request).user_id,
        "now": timezone.now(),
    }


@staff
@require_POST
def save(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep the notes: for a script as they are typed, and by a button; the second button signs too."""
    found, actor = _own(request, reference), actor_of(request)
    by_script = bool(request.headers.get("X-Harbour-Autosave"))
    form = NotesForm(request.POST, lines=open_between(*selectors.both(found)).shared)
    done = attempt(
        form,
        lambda given: services.save_notes(
            actor=actor,
            handover_id=found.pk,
            version=given["version"],
            note=given["note"],
            notes=form.notes(),
        ),
    )
    if by_script:
        failed = isinstance(done, Failed)
        answer = {"saved": False} if isinstance(done, Failed) else {"saved": True, "version": done.version}
        return JsonResponse(answer, status=409 if failed else 200)
    if isinstance(done, Failed):
        if policies.may_write(actor, found) is not None:
            messages.error(request, " ".join(map(str, form.non_field_errors())))
            return redirect("handover:show", reference=reference)
        context = {**_writing(found, form), "form": form}
        return render(request, "handover/write.html", context, status=422)
    if "sign" in request.POST:
        try:
            services.sign_out(actor=actor, handover_id=found.pk, seen=done.version)
        except Refused as error:
            messages.error(request, error.refusal.message)
        else:
            messages.success(request, f"Signed. {found.incoming.full_name} reads and signs next.")
    else:
        messages.success(request, "The notes are saved.")
    return redirect("handover:show", reference=reference)


@staff
@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """Whoever comes signs."""
    found, actor = _own(request, reference), actor_of(request)
    form = TakeForm(request.POST)
    done = attempt(
        form,
        lambda given: services.sign_in(actor=actor, handover_id=found.pk, answer=given["answer"]),
    )
    if not isinstance(done, Failed):
        messages.success(request, "Signed. The shift is yours.")
        return redirect("handover:show", reference=reference)
    found.refresh_from_db()
    context = {**_signed(request, found, form), "form": form}
    return render(request, "handover/signed.html", context, status=422)


@staff
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Take an unsigned handover back, saying why."""
    actor = actor_of(request)
    try:
        found = selectors.to_cancel(actor, reference)
    except NotVisible:
        raise Http404 from None
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        hint="Kept with the record.",
        longest=500,
        submit_label="Take the handover back",
    )
    if request.method == "POST":
        done = attempt(
            form, lambda given: services.cancel(actor=actor, reference=reference, reason=given["reason"])
        )
        if not isinstance(done, Failed):
            messages.success(request, "Taken back. Begin a new one when somebody takes over.")
            return redirect("handover:list")
    return render(
        request,
        "handover/cancel.html",
        {"handover": found, "form": form},
        status=422 if form.is_bound else 200,
    )
