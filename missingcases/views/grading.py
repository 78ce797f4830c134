"""Risk: the present grading, its history, flags and reviews."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.access import Refusal
from foundation.accounts.enums import POLICE, RECORD_READERS, SUPERVISORS
from foundation.ui.attempts import Failed, attempt
from missingcases import policies, schemes, selectors, services
from missingcases.enums import IncidentStatus, RiskLevel
from missingcases.forms.risk import ABSENT, FlagForm, GradeForm, ReviewForm
from missingcases.services import Assessment
from missingcases.views.common import go, show
from missingcases.views.frame import Case, case_for, framed
from missingcases.views.verbs import posted, verb

ask = require_http_methods(["GET", "POST"])


@access.roles(RECORD_READERS)
@require_GET
def risk(request: HttpRequest, reference: str) -> HttpResponse:
    """The grading with its history, the flags, the reviews."""
    case = case_for(request, reference)
    incident, actor = case.incident, case.actor
    clocks = selectors.clocks_of(incident) if case.owns else ()
    context = framed(
        case,
        "risk",
        "Risk",
        assessments=selectors.assessments_of(actor, incident),
        flags=selectors.flags_of(actor, incident),
        then=selectors.flags_then(actor, incident),
        running=[
            {
                "clock": clock,
                "href": case.at("review", clock.pk),
                "refusal": policies.may_review(actor, incident, clock.kind),
            }
            for clock in clocks
        ],
        reviewed=selectors.reviews_held(actor, incident),
        grade_href=case.at("grade"),
        grade_refusal=grade_refusal(case),
        flag_href=case.at("flag_add"),
        flag_refusal=policies.may_flag(actor, incident),
    )
    return render(request, "missingcases/risk.html", context)


def grade_refusal(case: Case) -> Refusal | None:
    """Why neither absent nor missing can be chosen, or None."""
    missing = policies.may_grade_missing(case.actor, case.incident)
    absent = policies.may_grade_absent(case.actor, case.incident)
    return missing if missing and absent else None


def _grades(case: Case) -> tuple[list[tuple[str, str]], list[str]]:
    """The grades that may be chosen, and in words why others may not."""
    words = schemes.vocabulary(case.incident.scheme)
    chosen: list[tuple[str, str]] = []
    notes: list[str] = []
    if IncidentStatus.ABSENT in words.categories:
        absent = policies.may_grade_absent(case.actor, case.incident)
        label = words.categories[IncidentStatus.ABSENT]
        if absent is None:
            chosen.append((ABSENT, label))
        elif absent.code != "illegal_move":
            notes.append(f"{label} cannot be chosen. {absent.message}")
    if policies.may_grade_missing(case.actor, case.incident) is None:
        for level in (RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH):
            chosen.append(
                (level.value, f"{words.categories[IncidentStatus.MISSING]}: {words.levels[level].lower()}")
            )
    return chosen, notes


@access.roles(SUPERVISORS)
@ask
def grade(request: HttpRequest, reference: str) -> HttpResponse:
    """Grade, or grade again."""
    case = case_for(request, reference)
    grades, notes = _grades(case)
    return verb(
        request,
        case,
        title="Grade the incident",
        form=GradeForm(
            **posted(request),
            grades=grades,
            initial={"version": case.incident.version},
            cancel_href=case.at("overview"),
        ),
        run=lambda answers: _grade(case, answers),
        said="The grading is saved.",
        refusal=grade_refusal(case),
        template="missingcases/grade.html",
        notes=notes,
        latest=selectors.assessments_of(case.actor, case.incident)[:1],
        flags=[flag for flag in selectors.flags_of(case.actor, case.incident) if flag.status != "ruled_out"],
    )


def _grade(case: Case, answers: dict[str, Any]) -> Any:
    chosen, version = answers.pop("grade"), answers.pop("version")
    agreed = answers.pop("review_agreed_at")
    common = {
        "actor": case.actor,
        "incident_id": case.incident.pk,
        "assessment": Assessment(**answers),
        "version": version,
    }
    if chosen == ABSENT:
        return services.grade_absent(review_agreed_at=agreed, **common)
    return services.grade_missing(level=chosen, **common)


@access.roles(POLICE)
@ask
def review(request: HttpRequest, reference: str, clock_id: int) -> HttpResponse:
    """Record a review that was held."""
    case = case_for(request, reference)
    clock = next((one for one in selectors.clocks_of(case.incident) if one.pk == clock_id), None)
    if clock is None:
        raise Http404
    return verb(
        request,
        case,
        title=clock.get_kind_display(),
        form=ReviewForm(
            **posted(request),
            absence=case.incident.status == IncidentStatus.ABSENT,
            cancel_href=case.at("risk"),
        ),
        run=lambda answers: services.complete_review(
            actor=case.actor, incident_id=case.incident.pk, clock_id=clock_id, **answers
        ),
        said="The review is recorded, and the next clock runs.",
        refusal=policies.may_review(case.actor, case.incident, clock.kind),
        to=case.at("risk"),
    )


@access.roles(POLICE)
@ask
def flag_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Raise a flag, or change one: the same kind again is a change."""
    case = case_for(request, reference)
    known = {flag.kind: flag for flag in selectors.flags_of(case.actor, case.incident)}
    present = known.get(request.GET.get("kind", ""))
    initial = (
        {
            "version": present.version,
            "kind": present.kind,
            "status": present.status,
            "sensitivity": present.sensitivity,
            "review_at": present.review_at,
        }
        if present
        else {"version": 0}
    )
    form = FlagForm(**posted(request), initial=initial, cancel_href=case.at("risk"))
    if request.method == "POST":
        done = attempt(
            form,
            lambda answers: services.set_flag(actor=case.actor, incident_id=case.incident.pk, **answers),
        )
        if not isinstance(done, Failed):
            return go(request, case.at("risk"), said="The flag is saved.")
    context = framed(
        case,
        "verb",
        "Flag",
        form=form,
        refusal=policies.may_flag(case.actor, case.incident),
        incidents_href=reverse("missingcases:incident_list"),
    )
    return show(request, "missingcases/verb.html", context)
