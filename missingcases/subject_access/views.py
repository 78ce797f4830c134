"""Answering somebody who asks what is held about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import access
from foundation.access import Refusal, Refused
from foundation.actors import Actor
from foundation.files import storage
from foundation.files.serving import sent
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.subject_access import policies, selectors, services
from missingcases.subject_access.enums import ENDED, RequestStatus
from missingcases.subject_access.forms import (
    ExtendForm,
    GiveForm,
    IdentityForm,
    ReasonForm,
    ReceiveForm,
)
from missingcases.subject_access.models import AccessRequest
from missingcases.subject_access.states import ACCESS, CONFIRMERS, REVIEWERS
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted

read_or_write = require_http_methods(["GET", "POST"])


@access.roles(CONFIRMERS)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every request, with when its answer is due."""
    actor = actor_of(request)
    today = timezone.localdate()
    rows = [
        {"row": row, "is_late": row.status not in ENDED and row.due_on < today}
        for row in selectors.listed(actor)
    ]
    may_receive = policies.may_answer(actor) is None
    return render(request, "subject_access/list.html", {"rows": rows, "may_receive": may_receive})


@access.roles(REVIEWERS)
@read_or_write
def receive(request: HttpRequest) -> HttpResponse:
    """Note that somebody asks."""
    actor = actor_of(request)
    form = ReceiveForm(
        **posted(request),
        initial={"received_on": timezone.localdate()},
        cancel_href=reverse("subject_access:list"),
    )

    def run(answers: dict[str, Any]) -> AccessRequest:
        return services.receive(actor=actor, **answers)

    if request.method == "POST" and not isinstance(done := attempt(form, run), Failed):
        return go(request, at(done), said="The request is noted.")
    context = {"form": form, "heading": "Note a request", "back": reverse("subject_access:list")}
    return show(request, "subject_access/verb.html", context)


@access.roles(CONFIRMERS)
@require_GET
def show_request(request: HttpRequest, reference: str) -> HttpResponse:
    """One request: who asks, until when, what was found, and what is next."""
    actor, row = request_of(request, reference)
    context = {
        "row": row,
        "is_late": row.status not in ENDED and row.due_on < timezone.localdate(),
        "kinds": selectors.kinds_of(row),
        "may_answer": policies.may_answer(actor) is None,
        "extend_refusal": policies.may_extend(actor, row),
        "collect_refusal": ACCESS.may(row, RequestStatus.COLLECTING, actor),
        "reviewed_refusal": ACCESS.may(row, RequestStatus.SECOND_LOOK, actor),
        "confirm_refusal": ACCESS.may(row, RequestStatus.MAKING, actor),
        "may_end": ACCESS.may(row, RequestStatus.ENDED, actor) is None,
    }
    return render(request, "subject_access/request.html", context)


def _verb(
    request: HttpRequest,
    reference: str,
    form_class: type[Any],
    heading: str,
    run: Callable[[Actor, AccessRequest, dict[str, Any]], Any],
    said: str,
    refuse: Callable[[Actor, AccessRequest], Refusal | None],
) -> HttpResponse:
    actor, row = request_of(request, reference)
    form = form_class(**posted(request), cancel_href=at(row))
    if request.method == "POST" and not isinstance(
        attempt(form, lambda answers: run(actor, row, answers)), Failed
    ):
        return go(request, at(row), said=said)
    context = {"form": form, "heading": heading, "row": row, "back": at(row), "refusal": refuse(actor, row)}
    return show(request, "subject_access/verb.html", context)


@access.roles(REVIEWERS)
@read_or_write
def identity(request: HttpRequest, reference: str) -> HttpResponse:
    """Who asks is who they say."""
    return _verb(
        request,
        reference,
        IdentityForm,
        "Who asks",
        lambda actor, row, given: services.confirm_identity(actor=actor, request_id=row.pk, how=given["how"]),
        "Kept.",
        lambda actor, _: policies.may_answer(actor),
    )


@access.roles(REVIEWERS)
@read_or_write
def extend(request: HttpRequest, reference: str) -> HttpResponse:
    """Two further months."""
    return _verb(
        request,
        reference,
        ExtendForm,
        "Extend the time",
        lambda actor, row, given: services.extend(actor=actor, request_id=row.pk, reason=given["reason"]),
        "Extended. Tell whoever asks.",
        policies.may_extend,
    )


@access.roles(REVIEWERS)
@read_or_write
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """They ask no longer, or may not have it."""
    return _verb(
        request,
        reference,
        ReasonForm,
        "End without giving anything",
        lambda actor, row, given: services.end_request(
            actor=actor, request_id=row.pk, reason=given["reason"]
        ),
        "Ended. What was gathered is wiped within the hour.",
        lambda actor, row: ACCESS.may(row, RequestStatus.ENDED, actor),
    )


@access.roles(CONFIRMERS)
@read_or_write
def send_back(request: HttpRequest, reference: str) -> HttpResponse:
    """The second look finds something."""
    return _verb(
        request,
        reference,
        ReasonForm,
        "Send it back to be reviewed again",
        lambda actor, row, given: services.send_back(actor=actor, request_id=row.pk, reason=given["reason"]),
        "Sent back.",
        lambda actor, row: ACCESS.may(row, RequestStatus.REVIEW, actor),
    )


@access.roles(REVIEWERS)
@read_or_write
def given(request: HttpRequest, reference: str) -> HttpResponse:
    """The pack is with whoever asked."""
    return _verb(
        request,
        reference,
        GiveForm,
        "Note that it was given",
        lambda actor, row, answers: services.give(actor=actor, request_id=row.pk, how=answers["how"]),
        "Noted. The pack is wiped after 30 days.",
        lambda actor, row: ACCESS.may(row, RequestStatus.GIVEN, actor),
    )


def _push(request: HttpRequest, reference: str, run: Callable[..., Any], said: str) -> HttpResponse:
    actor, row = request_of(request, reference)
    try:
        run(actor=actor, request_id=row.pk)
    except Refused as problem:
        messages.warning(request, problem.refusal.message)
        return redirect(at(row))
    return go(request, at(row), said=said)


@access.roles(REVIEWERS)
@require_POST
def collect(request: HttpRequest, reference: str) -> HttpResponse:
    """Have everything found."""
    return _push(request, reference, services.begin, "Everything is being found. Come back in a minute.")


@access.roles(REVIEWERS)
@require_POST
def reviewed(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything is decided."""
    return _push(request, reference, services.finish_review, "Somebody else looks a second time now.")


@access.roles(CONFIRMERS, fresh=True)
@require_POST
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """The second look finds it right."""
    return _push(request, reference, services.confirm_review, "The pack is being made.")


@access.roles(REVIEWERS, fresh=True)
@require_GET
def pack(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The ZIP."""
    actor, row = request_of(request, reference)
    try:
        place = services.fetch_pack(actor=actor, request_id=row.pk)
    except Refused as problem:
        messages.warning(request, problem.refusal.message)
        return redirect(at(row))
    return sent(storage.path_of(place).open("rb"), save_as=f"{row.reference}.zip")


def request_of(request: HttpRequest, reference: str) -> tuple[Actor, AccessRequest]:
    """The actor and the request of this reference, or 404."""
    actor = actor_of(request)
    return actor, visible(lambda: selectors.request_named(actor, reference))


def at(row: AccessRequest) -> str:
    """The address of a request."""
    return reverse("subject_access:request", args=[row.reference])
