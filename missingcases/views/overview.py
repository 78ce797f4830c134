"""The first page of an incident: what a tired officer must know, and what to do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from foundation import access
from foundation.access import Refusal
from foundation.contributions import Link, services_for
from foundation.events.selectors import failed_stops
from missingcases import policies, selectors
from missingcases.enums import ReleaseKind
from missingcases.record import State
from missingcases.views import rows
from missingcases.views.frame import Case, case_for, framed, verbs
from missingcases.views.gaps import gaps
from missingcases.views.readers import READERS
from missingcases.views.released import released_overview
from missingcases.views.timeline import entries_of

LATEST = 5


@access.roles(READERS)
@require_GET
def overview(request: HttpRequest, reference: str) -> HttpResponse:
    """The incident at a glance."""
    case = case_for(request, reference, record=False)
    if not case.sees_record:
        return released_overview(request, case)
    return render(request, "missingcases/overview.html", _context(case))


def _context(case: Case) -> dict[str, Any]:
    incident, actor = case.incident, case.actor
    data = selectors.record_of(actor, incident)
    edit = policies.may_edit(actor, incident) is None
    reporter = selectors.reporter_of(actor, incident)
    transfer = selectors.transfer_of(actor, incident)
    offered = _offered(case)
    return framed(
        case,
        "overview",
        "Overview",
        failed=[f"Not stopped yet: {line}" for line in failed_stops("incident_id", incident.pk)],
        transfer=transfer,
        transfer_links=_transfer_links(case, transfer) if transfer else [],
        threats=_threats(case),
        happened=rows.happened(incident, data.get("circumstances", {})),
        happened_actions=_change(edit, case.at("facts")),
        ended=rows.ended(incident),
        person_rows=rows.person(incident),
        person_actions=_change(edit, case.at("person")),
        phone_rows=rows.phones(case, selectors.phones_of(actor, incident), edit=edit),
        phone_actions=_change(edit, case.at("phone_add"), "Add a number"),
        reporter_rows=rows.reporter(reporter) if case.owns else [],
        reporter_actions=_change(edit, case.at("reporter")),
        latest=entries_of(case, limit=LATEST),
        photo=_photo(case),
        verbs=_styled([one for one in offered if one.refusal is None]),
        refused=[one for one in offered if one.refusal is not None],
        due=_due(case),
        flags=[flag for flag in selectors.flags_of(actor, incident) if flag.status != "ruled_out"],
        gaps=_gaps(case) if edit else "",
        earlier=selectors.other_incidents_of(actor, incident),
    )


def _change(allowed: bool, href: str, label: str = "Change") -> list[dict[str, str]]:
    return [{"label": label, "href": href}] if allowed else []


def _offered(case: Case) -> list[Link]:
    """The verbs, with what each service is first asked for next to the first of them.

    Nobody who is new should have to know that a text is a service.
    """
    own = verbs(case)
    if not case.incident.is_open:
        return own
    asks = [card.actions[0] for card in services_for(case.actor, case.incident.pk) if card.actions]
    return [*own[:1], *asks, *own[1:]]


def _styled(links: list[Link]) -> list[dict[str, Any]]:
    """The first verb stands out; the others stand back."""
    return [
        {"label": one.label, "url": one.url, "style": "" if number == 0 else "secondary"}
        for number, one in enumerate(links)
    ]


def _transfer_links(case: Case, transfer: Any) -> list[Link]:
    if transfer.to_organisation_id == case.actor.organisation_id:
        refusal: Refusal | None = policies.may_answer_transfer(case.actor, transfer)
        return [
            Link("Accept", case.at("transfer_accept"), refusal),
            Link("Decline", case.at("transfer_decline"), refusal),
        ]
    return [
        Link(
            "Withdraw the offer",
            case.at("transfer_withdraw"),
            policies.may_withdraw_transfer(case.actor, transfer),
        )
    ]


def _threats(case: Case) -> list[Any]:
    return [
        release
        for release in selectors.releases_for(case.actor, case.incident)
        if release.kind == ReleaseKind.THREAT_TO_LIFE
        and release.to_organisation_id == case.actor.organisation_id
    ]


def _photo(case: Case) -> dict[str, str] | None:
    found = selectors.photos_of(case.actor, case.incident).first()
    if found is None:
        return None
    return {
        "url": reverse("missingcases:photo", args=[case.reference, found.reference]),
        "alt": found.alt_text or "Photo of the missing person",
    }


def _due(case: Case) -> list[dict[str, Any]]:
    clocks = [
        {"words": clock.get_kind_display(), "at": clock.due_at, "href": case.at("risk")}
        for clock in (selectors.clocks_of(case.incident) if case.owns else ())
    ]
    actions = [
        {"words": action.title, "at": action.due_at, "href": case.at("actions")}
        for action in selectors.actions_of(case.actor, case.incident)
        if action.status == "open"
    ]
    return sorted([*clocks, *actions], key=lambda row: row["at"])


def _gaps(case: Case) -> str:
    unfinished = [task for task in gaps(case) if task.state is not State.COMPLETE]
    if not unfinished:
        return ""
    missing = sum(len(task.missing) for task in unfinished)
    return f"{missing} answers are missing in {len(unfinished)} sections."
