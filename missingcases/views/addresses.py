"""Where the person lives and has lived."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from foundation import access
from foundation.accounts.enums import POLICE
from missingcases import policies, selectors, services
from missingcases.forms.addresses import AddressEditForm, AddressForm
from missingcases.services import AddressDetails
from missingcases.views.frame import case_for
from missingcases.views.verbs import posted, verb

ask = require_http_methods(["GET", "POST"])


@access.roles(POLICE)
@ask
def address_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add an address."""
    case = case_for(request, reference)
    return verb(
        request,
        case,
        title="Add an address",
        form=AddressForm(**posted(request), cancel_href=case.at("record")),
        run=lambda answers: services.add_address(
            actor=case.actor, incident_id=case.incident.pk, address=AddressDetails(**answers)
        ),
        said="The address is saved.",
        refusal=policies.may_edit(case.actor, case.incident),
        to=case.at("record"),
    )


@access.roles(POLICE)
@ask
def address(request: HttpRequest, reference: str, address_id: int) -> HttpResponse:
    """Correct an address, or end it."""
    case = case_for(request, reference)
    row = selectors.addresses_of(case.actor, case.incident).filter(pk=address_id).first()
    if row is None:
        raise Http404

    def run(answers: dict[str, Any]) -> Any:
        version = answers.pop("version")
        return services.edit_address(
            actor=case.actor,
            incident_id=case.incident.pk,
            address_id=row.pk,
            version=version,
            address=AddressDetails(**answers),
        )

    return verb(
        request,
        case,
        title="An address",
        form=AddressEditForm(
            **posted(request),
            initial={name: getattr(row, name) for name in AddressEditForm.base_fields},
            cancel_href=case.at("record"),
        ),
        run=run,
        said="Saved.",
        refusal=policies.may_edit(case.actor, case.incident),
        to=case.at("record"),
    )
