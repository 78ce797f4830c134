"""The record in sections: what is missing, what is known, and editing each part."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from foundation import access
from foundation.accounts.enums import POLICE, RECORD_READERS
from foundation.ui.attempts import Failed, attempt
from missingcases import policies, selectors, services
from missingcases.forms.record import SectionForm, initial_of
from missingcases.record import SECTIONS, Reach, Section, State
from missingcases.views import rows
from missingcases.views.common import go, show
from missingcases.views.frame import Case, case_for, framed
from missingcases.views.gaps import gaps
from missingcases.views.verbs import posted

_TONES = {State.NOT_STARTED: "neutral", State.IN_PROGRESS: "info"}


@access.roles(RECORD_READERS)
@require_GET
def record(request: HttpRequest, reference: str) -> HttpResponse:
    """What is missing, then what is known."""
    case = case_for(request, reference)
    data = selectors.record_of(case.actor, case.incident)
    edit_refusal = policies.may_edit(case.actor, case.incident)
    context = framed(
        case,
        "record",
        "Record",
        tasks=_tasks(case) if edit_refusal is None else [],
        edit_refusal=edit_refusal,
        cards=_cards(case, data, edit=edit_refusal is None),
        columns=_columns(case, edit=edit_refusal is None),
        reveal_refusal=policies.may_reveal(case.actor, case.incident),
    )
    return render(request, "missingcases/record.html", context)


def _tasks(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "title": task.title,
            "href": task.href,
            "hint": _hint(task.missing),
            "status": task.state.value,
            "tone": _TONES.get(task.state, "good"),
            "done": task.state is State.COMPLETE,
        }
        for task in gaps(case)
    ]


def _hint(missing: tuple[str, ...]) -> str:
    if not missing:
        return ""
    shown = ", ".join(missing[:3])
    more = len(missing) - 3
    return f"Missing: {shown}" + (f" and {more} more" if more > 0 else "")


def _cards(case: Case, data: dict[str, dict[str, Any]], *, edit: bool) -> list[dict[str, Any]]:
    cards = []
    for code, section in SECTIONS.items():
        shown = rows.answers(section, data.get(code, {}))
        if section.is_hidden or shown:
            cards.append(
                {
                    "title": section.title,
                    "rows": shown,
                    "hidden": section.is_hidden,
                    "href": case.at("section", code),
                    "actions": [{"label": "Change", "href": case.at("section", code)}] if edit else [],
                }
            )
    return cards


def _columns(case: Case, *, edit: bool) -> list[dict[str, Any]]:
    """The facts that stand outside the sections, each with where it is changed."""
    incident = case.incident
    numbers = rows.phones(case, selectors.phones_of(case.actor, incident), edit=edit)
    references = [
        rows.row("Force reference", incident.force_reference),
        rows.row("CAD reference", incident.cad_reference),
        rows.row("PNC reference", incident.pnc_reference),
        rows.row("UK Missing Persons Unit reference", incident.ukmpu_reference),
    ]
    shown = [
        ("The person", rows.person(incident), "person"),
        ("Telephones", numbers, "phone_add"),
        (
            "Addresses",
            rows.addresses(case, selectors.addresses_of(case.actor, incident), edit=edit),
            "address_add",
        ),
        ("Last seen and references", [*rows.happened(incident, {})[1:5], *references], "facts"),
    ]
    if case.owns:
        shown.append(("Reporter", rows.reporter(selectors.reporter_of(case.actor, incident)), "reporter"))
    labels = {"phone_add": "Add a number", "address_add": "Add an address"}
    cards: list[dict[str, Any]] = [
        {
            "title": title,
            "rows": facts,
            "actions": [{"label": labels.get(name, "Change"), "href": case.at(name)}] if edit else [],
        }
        for title, facts, name in shown
    ]
    if case.owns and case.actor.holds(POLICE):
        whole = reverse("people:person", args=[incident.person.reference])
        cards[0]["actions"].append({"label": "Everything on this person", "href": whole})
    return cards


def _section(code: str) -> Section:
    if code not in SECTIONS:
        raise Http404
    return SECTIONS[code]


@access.roles(RECORD_READERS)
@never_cache
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Edit one section. A hidden one is shown only after a deliberate, audited reveal."""
    case = case_for(request, reference)
    declared = _section(code)
    if declared.is_hidden and "version" not in request.POST:
        return _hidden(request, case, declared)
    return _edit(request, case, declared, selectors.section_of(case.actor, case.incident, code))


def _hidden(request: HttpRequest, case: Case, declared: Section) -> HttpResponse:
    if request.method == "POST":
        services.reveal_section(
            actor=case.actor,
            incident_id=case.incident.pk,
            code=declared.code,
            reason=request.POST.get("reason", "")[:500],
        )
        stored = selectors.section_of(case.actor, case.incident, declared.code, revealed=True)
        return _edit(request, case, declared, stored, first_look=True)
    context = framed(
        case,
        "verb",
        declared.title,
        refusal=policies.may_reveal(case.actor, case.incident),
        section=declared,
    )
    return render(request, "missingcases/hidden_section.html", context)


def _edit(
    request: HttpRequest, case: Case, declared: Section, stored: Any, *, first_look: bool = False
) -> HttpResponse:
    refusal = policies.may_edit(case.actor, case.incident)
    if refusal is not None:
        shown = rows.answers(declared, stored.data)
        context = framed(case, "verb", declared.title, refusal=refusal, rows=shown)
        return render(request, "missingcases/section_read.html", context)
    form = SectionForm(
        **({} if first_look else posted(request)),
        section=declared,
        reach=frozenset(Reach),
        initial={"version": stored.version, **initial_of(declared, stored.data)},
        cancel_href=case.at("record"),
    )
    if request.method == "POST" and not first_look:
        done = attempt(form, lambda _: _save(case, declared, form))
        if not isinstance(done, Failed):
            return go(request, case.at("record"), said=f"{declared.title} is saved.")
    return show(request, "missingcases/section.html", framed(case, "verb", declared.title, form=form))


def _save(case: Case, declared: Section, form: SectionForm) -> Any:
    return services.write_section(
        actor=case.actor,
        incident_id=case.incident.pk,
        code=declared.code,
        values=form.values(),
        version=form.cleaned_data["version"],
    )
