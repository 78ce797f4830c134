"""The quick report of a new incident."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation import access
from foundation.accounts.enums import POLICE
from foundation.actors import Actor
from foundation.exceptions import Invalid, NotVisible
from foundation.requests import actor_of
from foundation.ui.attempts import Failed, attempt
from missingcases import policies, selectors, services
from missingcases.enums import Audience, Known
from missingcases.forms.report import NEW_PERSON, QuickReportForm
from missingcases.merging import services as merging
from missingcases.models import Incident
from missingcases.services import PersonDetails, PhoneDetails, ReportDetails, ReporterDetails
from missingcases.views import earlier
from missingcases.views.common import go, show
from missingcases.views.verbs import posted

PERSON = ("given_names", "family_name", "date_of_birth", "estimated_age", "sex")


@access.roles(POLICE)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report somebody missing. `?person=` names somebody the force already knows, by reference.

    Beside the form stand earlier records that are likely; using one, or looking for them without
    scripts, posts the form and shows it again with everything that was typed.
    """
    actor = actor_of(request)
    reference = request.POST.get(earlier.TAKE, request.GET.get("person", ""))
    known = selectors.person_known(actor, reference)
    apart = request.POST.getlist(earlier.APART)
    form = QuickReportForm(
        **posted(request),
        actor=actor,
        known=known,
        find=lambda answers: [
            one for one in selectors.people_like(actor, **answers) if one.reference not in apart
        ],
        cancel_href=reverse("missingcases:incident_list"),
    )
    is_look = not {earlier.LOOK, earlier.TAKE}.isdisjoint(request.POST)
    if is_look:
        form.unjudged()
    elif request.method == "POST":
        done = attempt(form, lambda answers: _report(actor, answers, apart))
        if not isinstance(done, Failed):
            said = "The report is saved. A supervisor grades it next; fill in the record meanwhile."
            return go(request, reverse("missingcases:overview", args=[done.reference]), said=said)
    looks = request.method == "POST" and known is None
    context = {
        "form": form,
        "known": known,
        "kept": [(name, value) for name in _who_posted(request) for value in request.POST.getlist(name)],
        "looked": earlier.look(actor, form, apart) if looks else None,
        "refusal": policies.may_report(actor),
    }
    answer = show(request, "missingcases/report.html", context)
    if is_look and getattr(request, "htmx", False):
        answer.status_code = 422  # as every form that comes again unsaved: the script shows that alone
    return answer


def _who_posted(request: HttpRequest) -> list[str]:
    """The answers on who is missing, which wait beside the form while an earlier record is used."""
    return [name for name in request.POST if name == earlier.APART or name.startswith(PERSON)]


@transaction.atomic
def _report(actor: Actor, answers: dict[str, Any], apart: list[str]) -> Incident:
    same = answers["same_person"]
    reference = "" if same == NEW_PERSON else same
    unit, area = answers["owner_unit"], answers["last_seen_area"]
    incident = services.report_incident(
        actor=actor,
        person=None if reference else PersonDetails(**{name: answers[name] for name in PERSON}),
        person_reference=reference,
        report=ReportDetails(
            last_seen_at=answers["last_seen_at"],
            last_seen_place=answers["last_seen_place"],
            last_seen_area_id=area.pk if area else None,
            force_reference=answers["force_reference"],
            owner_unit_id=unit.pk if unit else None,
            owner_officer_id=actor.user_id,
            circumstances={"what_happened": answers["circumstances"]},
        ),
        reporter=ReporterDetails(
            name=answers["reporter_name"],
            relation=answers["reporter_relation"],
            telephone=answers["reporter_telephone"],
        ),
    )
    _add_phone(actor, incident, answers)
    for other in apart:
        with suppress(NotVisible, Invalid):
            merging.tell_apart(actor=actor, person=incident.person.reference, other=other)
    if answers["concern"] == Known.YES:
        services.add_note(
            actor=actor,
            incident_id=incident.pk,
            text=f"Sign of harm at the report: {answers['concern_words']}",
            audience=Audience.AUTHORITY,
            is_significant=True,
        )
    return incident


def _add_phone(actor: Actor, incident: Incident, answers: dict[str, Any]) -> None:
    number = answers["phone_number"]
    if not number or number in {phone.number for phone in selectors.phones_of(actor, incident)}:
        return
    services.add_phone(
        actor=actor,
        incident_id=incident.pk,
        phone=PhoneDetails(
            number=number,
            kind=answers["phone_kind"],
            state=answers["phone_state"],
            held_by=answers["phone_held_by"],
        ),
    )
