"""Cancelling, reopening, long-term, and handing over to another force."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from foundation import access
from foundation.accounts.enums import SUPERINTENDENTS, SUPERVISORS
from missingcases import policies, selectors, services
from missingcases.forms.ending import CancelForm, CaseReasonForm
from missingcases.forms.transfer import AcceptTransferForm, OfferTransferForm
from missingcases.views.common import visible
from missingcases.views.frame import case_for
from missingcases.views.verbs import posted, verb

ask = require_http_methods(["GET", "POST"])


@access.roles(SUPERVISORS)
@ask
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Cancel a record that should not stand."""
    case = case_for(request, reference)
    return verb(
        request,
        case,
        title="Cancel the record",
        form=CancelForm(**posted(request), cancel_href=case.at("overview")),
        run=lambda answers: services.cancel_incident(
            actor=case.actor, incident_id=case.incident.pk, **answers
        ),
        said="The record is cancelled, and everything that ran for it is stopped.",
        refusal=policies.may_cancel(case.actor, case.incident),
        caution="Somebody who came back quickly is found, not cancelled.",
        happens=["Everything that runs for this incident stops.", "It cannot be taken back."],
    )


@access.roles(SUPERVISORS)
@ask
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Reopen what was closed too early."""
    case = case_for(request, reference)
    return verb(
        request,
        case,
        title="Reopen",
        form=CaseReasonForm(**posted(request), submit_label="Reopen", cancel_href=case.at("overview")),
        run=lambda answers: services.reopen_incident(
            actor=case.actor, incident_id=case.incident.pk, **answers
        ),
        said="The incident is open again. Grade it now.",
        to=case.at("grade"),
        refusal=policies.may_reopen(case.actor, case.incident),
        caution="If they have gone missing again, report a new incident instead.",
        happens=["The incident must be graded again.", "What was stopped stays stopped."],
    )


@access.roles(SUPERINTENDENTS)
@ask
def long_term(request: HttpRequest, reference: str) -> HttpResponse:
    """Declare long-term missing after a review."""
    case = case_for(request, reference)
    return verb(
        request,
        case,
        title="Make long-term",
        form=CaseReasonForm(
            **posted(request), submit_label="Make long-term", cancel_href=case.at("overview")
        ),
        run=lambda answers: services.make_long_term(
            actor=case.actor, incident_id=case.incident.pk, **answers
        ),
        said="The incident is long-term missing now.",
        refusal=policies.may_make_long_term(case.actor, case.incident),
        happens=[
            "The risk stays as it is.",
            "Reviews each shift end; those at 3, 6 and 12 months and each year run on.",
        ],
    )


@access.roles(SUPERVISORS)
@ask
def transfer_offer(request: HttpRequest, reference: str) -> HttpResponse:
    """Offer the incident to another force."""
    case = case_for(request, reference)

    def run(answers: dict[str, Any]) -> Any:
        return services.offer_transfer(
            actor=case.actor,
            incident_id=case.incident.pk,
            to_organisation_id=answers["to_organisation"].pk,
            to_user_id=answers["to_user"].pk if case.incident.is_restricted else None,
            reason=answers["reason"],
        )

    return verb(
        request,
        case,
        title="Offer to another force",
        form=OfferTransferForm(
            **posted(request),
            actor=case.actor,
            restricted=case.incident.is_restricted,
            cancel_href=case.at("overview"),
        ),
        run=run,
        said="Offered. The incident stays with you until the other force accepts.",
        refusal=policies.may_offer_transfer(case.actor, case.incident),
        happens=[
            "The person you name sees the record at once, to decide."
            if case.incident.is_restricted
            else "The other force sees the record at once; a supervisor there decides.",
            "The incident stays yours, with its clocks, until they accept.",
            "If they have not answered within 4 hours, both forces see it as overdue.",
        ],
    )


@access.roles(SUPERVISORS)
@ask
def transfer_accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept what another force offered."""
    case = case_for(request, reference)
    transfer = visible(lambda: selectors.open_transfer_of(case.actor, case.incident))

    def run(answers: dict[str, Any]) -> Any:
        unit = answers["owner_unit"]
        return services.accept_transfer(
            actor=case.actor,
            transfer_id=transfer.pk,
            owner_unit_id=unit.pk if unit else None,
        )

    return verb(
        request,
        case,
        title="Accept the incident",
        form=AcceptTransferForm(**posted(request), actor=case.actor, cancel_href=case.at("overview")),
        run=run,
        said="The incident is yours now.",
        refusal=policies.may_answer_transfer(case.actor, transfer),
        happens=[
            "Your force owns the incident and all its clocks from this moment.",
            "The other force keeps no sight of it unless you release something to them.",
        ],
        template="missingcases/transfer_answer.html",
        transfer=transfer,
    )


@access.roles(SUPERVISORS)
@ask
def transfer_decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Decline what another force offered."""
    case = case_for(request, reference)
    transfer = visible(lambda: selectors.open_transfer_of(case.actor, case.incident))
    return verb(
        request,
        case,
        title="Decline the incident",
        form=CaseReasonForm(**posted(request), submit_label="Decline", cancel_href=case.at("overview")),
        run=lambda answers: services.decline_transfer(actor=case.actor, transfer_id=transfer.pk, **answers),
        said="Declined. The incident stays with the force that offered it.",
        to="/",
        refusal=policies.may_answer_transfer(case.actor, transfer),
        happens=["You lose sight of the incident.", "The other force reads your reason."],
        template="missingcases/transfer_answer.html",
        transfer=transfer,
    )


@access.roles(SUPERVISORS)
@ask
def transfer_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take an offer back."""
    case = case_for(request, reference)
    transfer = visible(lambda: selectors.open_transfer_of(case.actor, case.incident))
    return verb(
        request,
        case,
        title="Withdraw the offer",
        form=CaseReasonForm(
            **posted(request), submit_label="Withdraw the offer", cancel_href=case.at("overview")
        ),
        run=lambda answers: services.withdraw_transfer(actor=case.actor, transfer_id=transfer.pk, **answers),
        said="The offer is withdrawn.",
        refusal=policies.may_withdraw_transfer(case.actor, transfer),
        template="missingcases/transfer_answer.html",
        transfer=transfer,
    )
