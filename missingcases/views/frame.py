"""What stands around every page of one incident: whose it is, how it stands, where to go, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.access import Refusal
from foundation.actors import Actor
from foundation.contributions import Link
from foundation.requests import actor_of
from foundation.ui.templatetags import ui
from missingcases import policies, schemes, selectors
from missingcases.enums import Outcome, ReviewKind
from missingcases.models import Incident
from missingcases.views.common import visible

# The parts of an incident's pages: key, words, URL name.
PARTS: tuple[tuple[str, str, str], ...] = (
    ("overview", "Overview", "overview"),
    ("record", "Record", "record"),
    ("risk", "Risk", "risk"),
    ("services", "Services", "services"),
    ("timeline", "Timeline", "timeline"),
    ("files", "Notes and files", "files"),
    ("actions", "Actions", "actions"),
    ("people", "Who may know", "people"),
    ("releases", "Releases", "releases"),
)
# Who holds a release sees what was released, what they do about it, and nothing of the record.
RELEASE_PARTS = frozenset({"overview", "services", "timeline", "files", "releases"})


# Something that can be done: its words, the name of its page, why not.
Offer = tuple[str, str, Refusal | None]


@dataclass(frozen=True)
class Case:
    """One incident as one actor sees it."""

    incident: Incident
    actor: Actor
    sees_record: bool
    owns: bool

    @property
    def reference(self) -> str:
        """The public reference."""
        return self.incident.reference

    def at(self, name: str, *args: object) -> str:
        """The address of one of the incident's pages."""
        return reverse(f"missingcases:{name}", args=[self.reference, *args])


def case_for(request: HttpRequest, reference: str, *, record: bool = True) -> Case:
    """The incident, opened (which is audited) or 404.

    With `record` only for those who see the record itself; a page that a holder of a release may
    also see passes False.
    """
    actor = actor_of(request)
    incident = visible(lambda: selectors.incident_for(actor, reference))
    sees = policies.sees_record(actor, incident)
    if record and not sees:
        visible(_not_there)
    return Case(incident, actor, sees, owns=sees and incident.owner_id == actor.organisation_id)


def _not_there() -> None:
    from foundation.exceptions import NotVisible

    raise NotVisible("record")


def framed(case: Case, part: str, title: str, **more: Any) -> dict[str, Any]:
    """The context of a page of this incident; `part` is its place in the sub-navigation."""
    shown = [row for row in PARTS if case.sees_record or row[0] in RELEASE_PARTS]
    return {
        "incident": case.incident,
        "case": case,
        "page_title": title,
        "back": case.at("overview"),
        "crumbs": _crumbs(case, part, title),
        "case_name": name_of(case),
        "case_facts": facts(case),
        "case_actions": [] if part == "verb" else first_actions(case),
        "case_parts": []
        if part == "verb"
        else [{"label": label, "href": case.at(name), "current": key == part} for key, label, name in shown],
        **more,
    }


def _crumbs(case: Case, part: str, title: str) -> list[dict[str, str]]:
    listed = [{"label": "Incidents", "href": reverse("missingcases:incident_list")}]
    crumbs = listed if case.sees_record else []  # the list is of records
    if part == "overview":
        return [*crumbs, {"label": case.reference}]
    return [*crumbs, {"label": case.reference, "href": case.at("overview")}, {"label": title}]


def name_of(case: Case) -> str:
    """The person's name for those who see the record; to others the incident has none."""
    return case.incident.person.full_name if case.sees_record else "Incident"


def facts(case: Case) -> list[dict[str, Any]]:
    """Age, status, risk, owner and the next thing that is due."""
    incident = case.incident
    shown: list[dict[str, Any]] = []
    if not case.sees_record:
        return [
            {"label": "Owner", "value": incident.owner.name},
            {"label": "Status", "html": status_tag(incident)},
        ]
    shown.append({"label": "Age", "value": age_words(incident)})
    shown.append({"label": "Status", "html": status_tag(incident)})
    shown.append({"label": "Risk", "html": risk_tag(incident)})
    if incident.is_restricted:
        shown.append({"label": "Access", "html": ui.tag("restricted", "Restricted", "danger")})
    if not case.owns:
        shown.append({"label": "Owner", "value": incident.owner.name})
    clock = selectors.next_clock(incident) if case.owns else None
    if clock is not None:
        shown.append({"label": ReviewKind(clock.kind).label, "html": ui.deadline(clock.due_at)})
    return shown


def age_words(incident: Incident) -> str:
    """Age at the report, or that nobody knows."""
    return "Not known" if incident.age_at_report is None else str(incident.age_at_report)


def status_tag(incident: Incident) -> SafeString | str:
    """The status in the words of the force's scheme."""
    return ui.tag(incident.status, schemes.status_label(incident.scheme, incident.status))


def risk_tag(incident: Incident) -> SafeString | str:
    """The risk in the words of the force's scheme."""
    if not incident.risk_level:
        return ui.tag("not_graded", "Not graded", "attention" if incident.is_open else "neutral")
    return ui.tag(incident.risk_level, schemes.risk_label(incident.scheme, incident.risk_level))


def _verb(case: Case, words: str, name: str, refusal: Refusal | None) -> Link:
    return Link(words, case.at(name), refusal)


def verbs(case: Case) -> list[Link]:
    """What can be done about the incident, each with why it cannot; what is out of question is left out."""
    incident, actor = case.incident, case.actor
    if not case.owns:
        return []
    offered: list[Offer]
    if incident.is_open:
        offered = [
            ("Record as found", "locate", policies.may_locate(actor, incident)),
            ("Grade", "grade", _either(case)),
            ("Offer to another force", "transfer_offer", policies.may_offer_transfer(actor, incident)),
            ("Make long-term", "long_term", policies.may_make_long_term(actor, incident)),
            ("Cancel the record", "cancel", policies.may_cancel(actor, incident)),
        ]
    else:
        offered = [
            *_after_finding(case),
            ("Record the outcome", "outcome", policies.may_record_outcome(actor, incident)),
            ("Close", "close", close_refusal(case)),
            ("Still missing after all", "lost_again", policies.may_retract_located(actor, incident)),
            ("Reopen", "reopen", policies.may_reopen(actor, incident)),
        ]
    return [
        _verb(case, words, name, refusal)
        for words, name, refusal in offered
        if refusal is None or refusal.code not in OUT_OF_QUESTION
    ]


def _after_finding(case: Case) -> list[Offer]:
    """Whoever came back alive returns home and is talked to; whoever has died is identified."""
    incident, actor = case.incident, case.actor
    if incident.outcome != Outcome.LOCATED_DECEASED:
        return [
            ("Record the return", "returned", policies.may_record_return(actor, incident)),
            ("Prevention interview", "interview", policies.may_record_interview(actor, incident)),
        ]
    if incident.identification_confirmed_at is not None:
        return []
    refusal = policies.may_confirm_identification(actor, incident)
    return [("Confirm the identification", "identify", refusal)]


def close_refusal(case: Case) -> Refusal | None:
    """Why the incident cannot be closed. That the outcome is missing is none: closing asks for it."""
    refusal = policies.may_close(case.actor, case.incident)
    return None if refusal and refusal.code == "outcome_incomplete" else refusal


# Not "not you" or "not yet" but "not in this state at all": not worth a button.
OUT_OF_QUESTION = frozenset({"illegal_move", "not_located", "deceased"})


def _either(case: Case) -> Refusal | None:
    missing = policies.may_grade_missing(case.actor, case.incident)
    return missing and policies.may_grade_absent(case.actor, case.incident) and missing


def first_actions(case: Case) -> list[dict[str, str]]:
    """The verbs worth a place beside the name: those possible now."""
    return [{"label": one.label, "href": one.url} for one in verbs(case) if one.refusal is None][:4]
