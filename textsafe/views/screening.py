"""The charity's screening queue. A number and a wording: never a name, a place or the incident."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from foundation.messaging.services import switches
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from textsafe import policies, screening, selectors
from textsafe.enums import RequestStatus, Summary
from textsafe.forms.charity import ApproveForm, RefuseForm
from textsafe.models import Request
from textsafe.selectors.facts import SERVICE
from textsafe.services import reading
from textsafe.services import screening as verbs
from textsafe.views.common import helpline
from textsafe.views.frame import desk


@helpline
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a screener."""
    now = timezone.now()
    rows = list(selectors.screening_queue(actor_of(request), now=now)[:100])
    polled = bool(request.headers.get("X-Harbour-Poll"))
    if not polled:
        reading.record_list_read(actor=actor_of(request), model=Request, ids=[row.pk for row in rows])
    shown = [{"row": row, "told": screening.summaries(row.reasons)} for row in rows]
    context = desk(request, "queue", rows=shown)
    return render(request, "textsafe/_queue.html" if polled else "textsafe/queue.html", context)


@helpline
@require_http_methods(["GET", "POST"])
def screen(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide on one request."""
    found = selectors.request_to_screen(actor_of(request), reference)
    now = timezone.now()
    told = _told(found)
    approve, refuse = _forms(request, found, told)
    chosen = refuse if "refuse-code" in request.POST or "refuse-reason" in request.POST else approve
    if request.method == "POST":
        done = attempt(chosen, lambda _: _decide(request, found, chosen))
        if not isinstance(done, Failed):
            messages.success(request, _said(done))
            return redirect("textsafe:queue")
    reading.record_request_opened(actor=actor_of(request), request=found)
    hard = [summary for summary in told if summary in _HARD]
    context = desk(
        request,
        "queue",
        asked=found,
        told=told,
        hard=hard,
        refusal=policies.may_screen(actor_of(request), found, now=now),
        approve=approve,
        refuse=refuse,
        form=chosen if request.method == "POST" else None,
        wordings=selectors.wordings_visible_to(actor_of(request)).filter(status="active"),
    )
    return render(request, "textsafe/screen.html", context)


_HARD = {Summary.STOPPED, Summary.OPTED_OUT, Summary.RECENT}


def _told(found: Request) -> tuple[Summary, ...]:
    if found.status != RequestStatus.REQUESTED:
        return ()
    return screening.summaries(verbs.firing(found, now=timezone.now()))


def _forms(request: HttpRequest, found: Request, told: tuple[Summary, ...]) -> tuple[ApproveForm, RefuseForm]:
    sent = request.POST or None
    refusing = sent is not None and ("refuse-code" in sent or "refuse-reason" in sent)
    approve = ApproveForm(
        None if refusing else sent,
        prefix="approve",
        languages=selectors.usable_languages(),
        initial={
            "age_group": found.age_group,
            "language": found.language,
            "seen": ",".join(summary.value for summary in told),
        },
    )
    return approve, RefuseForm(sent if refusing else None, prefix="refuse")


def _decide(request: HttpRequest, found: Request, form: ApproveForm | RefuseForm) -> Request:
    actor = actor_of(request)
    if isinstance(form, RefuseForm):
        data = form.cleaned_data
        return verbs.refuse_request(
            actor=actor, request_id=found.pk, code=data["code"], reason=data["reason"]
        )
    return verbs.approve_request(
        actor=actor,
        request_id=found.pk,
        age_group=form.cleaned_data["age_group"],
        language=form.cleaned_data["language"],
        seen=form.summaries(),
    )


def _said(done: Request) -> str:
    if done.status == RequestStatus.REFUSED:
        return "Refused. The officer will read Not sent when its time is over, and no reason."
    if done.status == RequestStatus.QUEUED:
        return "Approved. The text is on its way."
    if switches.is_stopped(SERVICE):
        return "Approved. Nothing goes out while the stop switch is on: it waits, until its time is over."
    return "Approved. The text goes out when quiet hours end, after one more check."
