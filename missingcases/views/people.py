"""Editing the person, their telephones, the reporter, the facts and the authorities."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from foundation import access
from foundation.accounts.enums import POLICE
from missingcases import policies, selectors, services
from missingcases.forms.audience import AuthoritiesForm
from missingcases.forms.people import FactsForm, PersonForm, PhoneEditForm, PhoneForm, ReporterForm
from missingcases.services import PhoneDetails
from missingcases.views.frame import case_for
from missingcases.views.verbs import posted, verb

ask = require_http_methods(["GET", "POST"])


@access.roles(POLICE)
@ask
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """Names, age, sex."""
    case = case_for(request, reference)
    who = case.incident.person
    names = ("given_names", "family_name", "date_of_birth", "estimated_age", "sex")

    def run(answers: dict[str, Any]) -> Any:
        version = answers.pop("version")
        aliases = tuple(answers.pop("aliases"))
        return services.edit_person(
            actor=case.actor,
            incident_id=case.incident.pk,
            version=version,
            changes=answers,
            aliases=aliases,
        )

    initial = {name: getattr(who, name) for name in names}
    initial |= {"version": who.version, "aliases": "\n".join(alias.name for alias in who.aliases.all())}
    return verb(
        request,
        case,
        title="The person",
        form=PersonForm(**posted(request), initial=initial, cancel_href=case.at("record")),
        run=run,
        said="The person's details are saved.",
        refusal=policies.may_edit(case.actor, case.incident),
        to=case.at("record"),
    )


@access.roles(POLICE)
@ask
def facts(request: HttpRequest, reference: str) -> HttpResponse:
    """When and where last seen, the references, the unit."""
    case = case_for(request, reference)
    incident = case.incident
    links = ("owner_unit", "owner_officer", "last_seen_area")

    def run(answers: dict[str, Any]) -> Any:
        version = answers.pop("version")
        changes = {f"{name}_id": row.pk if (row := answers.pop(name)) else None for name in links}
        return services.edit_incident(
            actor=case.actor, incident_id=incident.pk, version=version, changes={**answers, **changes}
        )

    initial = {name: getattr(incident, name) for name in FactsForm.base_fields if hasattr(incident, name)}
    return verb(
        request,
        case,
        title="Last seen and references",
        form=FactsForm(**posted(request), actor=case.actor, initial=initial, cancel_href=case.at("record")),
        run=run,
        said="Saved.",
        refusal=policies.may_edit(case.actor, incident),
        to=case.at("record"),
    )


@access.roles(POLICE)
@ask
def authorities(request: HttpRequest, reference: str) -> HttpResponse:
    """Who is responsible for a child; naming an authority gives it sight."""
    case = case_for(request, reference)
    incident = case.incident
    links = ("placing_authority", "host_authority")

    def run(answers: dict[str, Any]) -> Any:
        version = answers.pop("version")
        changes = {f"{name}_id": row.pk if (row := answers.pop(name)) else None for name in links}
        return services.edit_incident(
            actor=case.actor, incident_id=incident.pk, version=version, changes={**answers, **changes}
        )

    initial = {name: getattr(incident, name) for name in AuthoritiesForm.base_fields}
    return verb(
        request,
        case,
        title="Responsible authorities",
        form=AuthoritiesForm(**posted(request), initial=initial, cancel_href=case.at("people")),
        run=run,
        said="Saved. The authorities named here see the incident.",
        refusal=policies.may_edit(case.actor, incident),
        to=case.at("people"),
        happens=[
            "An authority that you name sees the record at once; one that you take out loses sight of it."
        ],
        happens_intro="Who sees the incident follows from this:",
    )


@access.roles(POLICE)
@ask
def phone_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a telephone number."""
    case = case_for(request, reference)
    return verb(
        request,
        case,
        title="Add a telephone number",
        form=PhoneForm(**posted(request), cancel_href=case.at("record")),
        run=lambda answers: services.add_phone(
            actor=case.actor, incident_id=case.incident.pk, phone=PhoneDetails(**answers)
        ),
        said="The number is saved.",
        refusal=policies.may_edit(case.actor, case.incident),
        to=case.at("record"),
    )


@access.roles(POLICE)
@ask
def phone(request: HttpRequest, reference: str, phone_id: int) -> HttpResponse:
    """Change what is known of a number."""
    case = case_for(request, reference)
    known = {one.pk: one for one in selectors.phones_of(case.actor, case.incident)}
    if phone_id not in known:
        raise Http404
    row = known[phone_id]

    def run(answers: dict[str, Any]) -> Any:
        version = answers.pop("version")
        return services.edit_phone(
            actor=case.actor,
            incident_id=case.incident.pk,
            phone_id=phone_id,
            version=version,
            changes=answers,
        )

    return verb(
        request,
        case,
        title="What is known of a number",
        form=PhoneEditForm(
            **posted(request),
            initial={name: getattr(row, name) for name in PhoneEditForm.base_fields},
            cancel_href=case.at("record"),
        ),
        run=run,
        said="Saved.",
        refusal=policies.may_edit(case.actor, case.incident),
        to=case.at("record"),
        happens=[row.number],
        happens_intro="The number:",
    )


@access.roles(POLICE)
@ask
def reporter(request: HttpRequest, reference: str) -> HttpResponse:
    """Who told the police."""
    case = case_for(request, reference)
    found = selectors.reporter_of(case.actor, case.incident)

    def run(answers: dict[str, Any]) -> Any:
        version = answers.pop("version")
        return services.edit_reporter(
            actor=case.actor, incident_id=case.incident.pk, version=version, changes=answers
        )

    initial = {name: getattr(found, name) for name in ReporterForm.base_fields} if found else {"version": 0}
    return verb(
        request,
        case,
        title="Reporter",
        form=ReporterForm(**posted(request), initial=initial, cancel_href=case.at("record")),
        run=run,
        said="The reporter's details are saved.",
        refusal=policies.may_edit(case.actor, case.incident),
        to=case.at("record"),
    )
