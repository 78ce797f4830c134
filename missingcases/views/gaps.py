"""What is missing of the record: of its sections, and of what stands outside them."""

from __future__ import annotations

from dataclasses import dataclass

from missingcases import selectors
from missingcases.enums import Known, PhotoConsent, Sex
from missingcases.record import State, tasks
from missingcases.views.frame import Case

Answered = dict[str, bool]


@dataclass(frozen=True, slots=True)
class Gap:
    """One line of the task list: a part of the record, where it is filled in and what it lacks."""

    title: str
    href: str
    state: State
    missing: tuple[str, ...]


def gaps(case: Case) -> list[Gap]:
    """The whole task list, in the order of a report."""
    sections = tasks(selectors.answered_of(case.actor, case.incident))
    return [
        *(_gap(case, title, page, answered) for title, page, answered in _outside(case)),
        *(Gap(one.title, case.at("section", one.code), one.state, one.missing) for one in sections),
    ]


def _gap(case: Case, title: str, page: str, answered: Answered) -> Gap:
    missing = tuple(name for name, known in answered.items() if not known)
    begun = len(missing) < len(answered)
    state = State.COMPLETE if not missing else State.IN_PROGRESS if begun else State.NOT_STARTED
    return Gap(title, case.at(page), state, missing)


def _outside(case: Case) -> list[tuple[str, str, Answered]]:
    found = [
        ("Last seen and references", "facts", _facts(case)),
        ("Reporter", "reporter", _reporter(case)),
        ("The person", "person", _person(case)),
        ("Photo", "photo_add", _photo(case)),
        ("Telephones", "phone_add", {"A number": _has_phone(case)}),
        ("Addresses", "address_add", {"An address": _has_address(case)}),
        ("Responsible authorities", "authorities", _authorities(case)),
        ("Risk", "risk", {"The grading": bool(case.incident.risk_level)}),
    ]
    return [*found, *([] if case.incident.is_open else [("Found", "outcome", _found(case))])]


def _facts(case: Case) -> Answered:
    incident = case.incident
    return {
        "When last seen": incident.last_seen_at is not None,
        "Where last seen": bool(incident.last_seen_place),
        "Area last seen in": incident.last_seen_area_id is not None,
        "Force reference": bool(incident.force_reference),
        "Officer in the case": incident.owner_officer_id is not None,
    }


def _reporter(case: Case) -> Answered:
    told = selectors.reporter_of(case.actor, case.incident)
    return {
        "Name": bool(told and told.name),
        "Relation": bool(told and (told.relation or told.agency)),
        "How to reach them": bool(told and (told.telephone or told.email)),
    }


def _person(case: Case) -> Answered:
    person = case.incident.person
    return {
        "Given names": bool(person.given_names),
        "Family name": bool(person.family_name),
        "Date of birth or age": bool(person.date_of_birth or person.estimated_age is not None),
        "Sex": person.sex != Sex.NOT_KNOWN,
    }


def _photo(case: Case) -> Answered:
    photo = selectors.photos_of(case.actor, case.incident).first()
    return {
        "A photo": photo is not None,
        "When it was taken": bool(photo and photo.taken_on),
        "Consent to publish it": bool(photo and photo.consent != PhotoConsent.NOT_ASKED),
    }


def _has_phone(case: Case) -> bool:
    return selectors.phones_of(case.actor, case.incident).exists()


def _has_address(case: Case) -> bool:
    return selectors.addresses_of(case.actor, case.incident).exists()


def _authorities(case: Case) -> Answered:
    incident = case.incident
    asked = {"Whether they are looked after": incident.looked_after != Known.NOT_KNOWN}
    if incident.looked_after == Known.YES:
        asked["Placing authority"] = incident.placing_authority_id is not None
    return asked


def _found(case: Case) -> Answered:
    incident = case.incident
    return {
        "Outcome": bool(incident.outcome),
        "Who found them": bool(incident.found_by),
        "Harm": bool(incident.harm),
        "Kind of place": bool(incident.place_found),
        "May their whereabouts be told": bool(incident.disclose_location or incident.death_type),
    }
