"""Found, home, interviewed, outcome, closed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.accounts.enums import INSPECTORS, POLICE, SUPERVISORS
from foundation.contributions import services_for, underway_for
from foundation.events.selectors import failed_stops
from missingcases import policies, services
from missingcases.forms.ending import (
    CaseReasonForm,
    InterviewForm,
    LocatedForm,
    LostAgainForm,
    OutcomeForm,
    ReturnedForm,
)
from missingcases.services import Assessment, InterviewDetails, OutcomeDetails
from missingcases.views.frame import Case, case_for, close_refusal, framed
from missingcases.views.verbs import posted, verb

ask = require_http_methods(["GET", "POST"])


@access.roles(POLICE)
@ask
def locate(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that the person is found."""
    case = case_for(request, reference)
    return verb(
        request,
        case,
        title="Record as found",
        form=LocatedForm(**posted(request), cancel_href=case.at("overview")),
        run=lambda answers: _locate(case, answers),
        said="Recorded as found. Everything that ran for this incident has been stopped.",
        refusal=policies.may_locate(case.actor, case.incident),
        to=case.at("located"),
        template="missingcases/locate.html",
        running=services_for(case.actor, case.incident.pk),
    )


@transaction.atomic
def _locate(case: Case, answers: dict[str, Any]) -> None:
    is_home = answers.pop("is_home")
    services.record_located(actor=case.actor, incident_id=case.incident.pk, **answers)
    if is_home:
        services.record_returned(
            actor=case.actor, incident_id=case.incident.pk, returned_at=answers["located_at"]
        )


@access.roles(POLICE)
@require_GET
def located(request: HttpRequest, reference: str) -> HttpResponse:
    """After a finding: what could not be stopped any more, and what comes next."""
    case = case_for(request, reference)
    context = framed(
        case,
        "verb",
        "After the finding",
        underway=underway_for(case.actor, case.incident.pk),
        failed=failed_stops("incident_id", case.incident.pk),
        returned_href=case.at("returned"),
        interview_href=case.at("interview"),
        returned_refusal=policies.may_record_return(case.actor, case.incident),
        interview_refusal=policies.may_record_interview(case.actor, case.incident),
    )
    return render(request, "missingcases/located.html", context)


@access.roles(POLICE)
@ask
def returned(request: HttpRequest, reference: str) -> HttpResponse:
    """Record the return to home or placement."""
    case = case_for(request, reference)
    initial = {"returned_at": case.incident.returned_at, "version": case.incident.version}
    return verb(
        request,
        case,
        title="Record the return",
        form=ReturnedForm(**posted(request), initial=initial, cancel_href=case.at("overview")),
        run=lambda answers: services.record_returned(
            actor=case.actor, incident_id=case.incident.pk, **answers
        ),
        said="The return is recorded.",
        refusal=policies.may_record_return(case.actor, case.incident),
        happens=["For a child, the 72 hours for a Return Home Interview count from this time."],
        happens_intro="Saving this starts a clock:",
    )


@access.roles(POLICE)
@ask
def interview(request: HttpRequest, reference: str) -> HttpResponse:
    """Record the prevention interview."""
    case = case_for(request, reference)

    def run(answers: dict[str, Any]) -> Any:
        answers["harm"] = tuple(answers["harm"])
        return services.record_prevention_interview(
            actor=case.actor, incident_id=case.incident.pk, interview=InterviewDetails(**answers)
        )

    return verb(
        request,
        case,
        title="Prevention interview",
        form=InterviewForm(**posted(request), cancel_href=case.at("overview")),
        run=run,
        said="The prevention interview is saved.",
        refusal=policies.may_record_interview(case.actor, case.incident),
    )


@access.roles(SUPERVISORS)
@ask
def lost_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a finding back."""
    case = case_for(request, reference)

    def run(answers: dict[str, Any]) -> Any:
        level = answers.pop("level")
        return services.retract_located(
            actor=case.actor, incident_id=case.incident.pk, level=level, assessment=Assessment(**answers)
        )

    return verb(
        request,
        case,
        title="Still missing after all",
        form=LostAgainForm(**posted(request), cancel_href=case.at("overview")),
        run=run,
        said="Recorded as missing again. Nothing that was stopped starts by itself.",
        refusal=policies.may_retract_located(case.actor, case.incident),
        happens=[
            "The person counts as missing again, and the review clocks start.",
            "What was stopped stays stopped: ask for it again where it is needed.",
            "The finding stays in the history, marked as taken back.",
        ],
    )


def _outcome_form(request: HttpRequest, case: Case, *, closing: bool) -> OutcomeForm:
    incident = case.incident
    return OutcomeForm(
        **posted(request),
        closing=closing,
        cancel_href=case.at("overview"),
        initial={
            "version": incident.version,
            "outcome": incident.outcome,
            "found_by": incident.found_by,
            "place_found": incident.place_found,
            "distance_km": incident.distance_km,
            "harm": incident.harm,
            "death_type": incident.death_type,
        },
    )


def _details(answers: dict[str, Any]) -> tuple[int, OutcomeDetails]:
    version = answers.pop("version")
    answers["harm"] = tuple(answers["harm"])
    return version, OutcomeDetails(**answers)


@access.roles(POLICE)
@ask
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """Record the outcome without closing."""
    case = case_for(request, reference)

    def run(answers: dict[str, Any]) -> Any:
        version, details = _details(answers)
        return services.record_outcome(
            actor=case.actor, incident_id=case.incident.pk, version=version, outcome=details
        )

    return verb(
        request,
        case,
        title="Record the outcome",
        form=_outcome_form(request, case, closing=False),
        run=run,
        said="The outcome is saved.",
        refusal=policies.may_record_outcome(case.actor, case.incident),
    )


@access.roles(SUPERVISORS)
@ask
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Complete the outcome and close."""
    case = case_for(request, reference)

    def run(answers: dict[str, Any]) -> Any:
        version, details = _details(answers)
        return services.close_incident(
            actor=case.actor, incident_id=case.incident.pk, version=version, outcome=details
        )

    return verb(
        request,
        case,
        title="Close the incident",
        form=_outcome_form(request, case, closing=True),
        run=run,
        said="The incident is closed.",
        refusal=close_refusal(case),
        happens=["Only a supervisor changes it then.", "A later disappearance is a new incident."],
    )


@access.roles(INSPECTORS)
@ask
def identify(request: HttpRequest, reference: str) -> HttpResponse:
    """Confirm who somebody that has died is."""
    case = case_for(request, reference)
    return verb(
        request,
        case,
        title="Confirm the identification",
        form=CaseReasonForm(
            **posted(request), submit_label="Confirm the identification", cancel_href=case.at("overview")
        ),
        run=lambda answers: services.confirm_identification(
            actor=case.actor, incident_id=case.incident.pk, **answers
        ),
        said="The identification is confirmed.",
        refusal=policies.may_confirm_identification(case.actor, case.incident),
        happens=["Say how the person was identified."],
        happens_intro="No interview is offered and nothing starts by itself after a death.",
    )
