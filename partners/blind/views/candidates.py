"""One candidate: each side reads its own half, and says whether it may be the same person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation import access
from foundation.access import Refused
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases.views.common import go, show, visible
from missingcases.views.verbs import posted
from partners.blind import policies, selectors, services
from partners.blind.enums import CandidateStatus
from partners.blind.forms import ReasonForm
from partners.blind.models import Candidate
from partners.blind.states import CANDIDATE, HOLDERS
from partners.enums import SEARCHES
from partners.selectors import profile_of

users = access.roles(policies.USERS)
read_or_write = require_http_methods(["GET", "POST"])


def candidate_of(request: HttpRequest, reference: str) -> Candidate:
    """The candidate, for either side; 404 for everybody else."""
    return visible(lambda: selectors.candidate_named(actor_of(request), reference))


@users
@require_GET
def candidate(request: HttpRequest, reference: str) -> HttpResponse:
    """What one side may know of it."""
    actor = actor_of(request)
    row = candidate_of(request, reference)
    here = selectors.is_holder(actor)
    yes = CandidateStatus.CONFIRMED_HERE if here else CandidateStatus.CONFIRMED
    waits = CandidateStatus.PROPOSED if here else CandidateStatus.CONFIRMED_HERE
    context = {
        "candidate": row,
        "is_holder": here,
        "is_turn": row.status == waits,
        "confirm_refusal": CANDIDATE.may(row, yes, actor),
        "reject_refusal": CANDIDATE.may(row, CandidateStatus.REJECTED, actor),
        "take_back_refusal": CANDIDATE.may(row, CandidateStatus.WITHDRAWN, actor),
        "is_told": row.status in {CandidateStatus.CONFIRMED_HERE, CandidateStatus.CONFIRMED},
        "refer_href": _referral(row) if here and row.status == CandidateStatus.CONFIRMED else "",
    }
    return render(request, "blind/candidate.html", context)


@users
@require_POST
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Say yes, for one's own side."""
    actor = actor_of(request)
    row = candidate_of(request, reference)
    here = selectors.is_holder(actor)
    try:
        (services.confirm_here if here else services.confirm_there)(actor=actor, candidate_id=row.pk)
    except Refused as problem:
        messages.warning(request, problem.refusal.message)
        return redirect(_at(row))
    said = (
        f"{row.pairing.partner.name} is told that its record may be somebody you look for, and not who."
        if here
        else f"Confirmed. {row.pairing.holder.name} sends you a referral if it may."
    )
    return go(request, _at(row), said=said)


@users
@read_or_write
def reject(request: HttpRequest, reference: str) -> HttpResponse:
    """Say no, and why."""
    actor = actor_of(request)
    row = candidate_of(request, reference)
    refusal = CANDIDATE.may(row, CandidateStatus.REJECTED, actor)
    form = ReasonForm(
        **posted(request),
        label="Why you do not confirm it",
        submit="Do not confirm",
        hint="Only your own side keeps this. The other side reads that it is not confirmed, and not why.",
        cancel_href=_at(row),
    )

    def run(answers: dict[str, Any]) -> Candidate:
        return services.reject(actor=actor, candidate_id=row.pk, reason=answers["reason"])

    heading, said = "Do not confirm this possible match?", "Kept. It is not proposed again."
    return _ended(request, row, form, run, refusal, heading, said)


@access.roles(HOLDERS)
@read_or_write
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back what the partner was told."""
    actor = actor_of(request)
    row = candidate_of(request, reference)
    refusal = CANDIDATE.may(row, CandidateStatus.WITHDRAWN, actor)
    form = ReasonForm(
        **posted(request), label="Why it is taken back", submit="Take it back", cancel_href=_at(row)
    )

    def run(answers: dict[str, Any]) -> Candidate:
        return services.take_back(actor=actor, candidate_id=row.pk, reason=answers["reason"])

    said = "Taken back. The partner reads that it is withdrawn, and not why."
    return _ended(request, row, form, run, refusal, "Take this candidate back?", said)


def _ended(
    request: HttpRequest, row: Candidate, form: Any, run: Any, refusal: Any, heading: str, said: str
) -> HttpResponse:
    if request.method == "POST" and not isinstance(attempt(form, run), Failed):
        return go(request, _at(row), said=said)
    context = {"candidate": row, "form": form, "refusal": refusal, "heading": heading}
    return show(request, "blind/decide.html", context)


def _referral(row: Candidate) -> str:
    """Where a referral to this partner begins: what it searches for and who it is are chosen already."""
    begun = reverse("partners:refer", args=[row.incident.reference])
    profile = profile_of(row.pairing.partner_id)
    takes = next((one for one in (profile.takes if profile else ()) if one in SEARCHES), "")
    return f"{begun}?takes={takes}&partner={profile.reference}" if profile and takes else begun


def _at(row: Candidate) -> str:
    return reverse("blind:candidate", args=[row.reference])
