"""Facts of an incident as rows of summary lists: `key`, and `value` text or `html` already safe."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from foundation.places import selectors as places
from foundation.ui.templatetags import ui
from missingcases import policies
from missingcases.enums import Harm, Known, Outcome
from missingcases.models import Address, Incident, Phone, Reporter
from missingcases.record import Field, Kind, Section
from missingcases.views.frame import Case

Row = dict[str, Any]


def row(key: str, value: object) -> Row:
    """One fact; an empty one says "Not recorded"."""
    if isinstance(value, SafeString):
        return {"key": key, "html": value}
    return {"key": key, "value": ui.or_not_recorded(value)}


def happened(incident: Incident, circumstances: Mapping[str, Any]) -> list[Row]:
    """The report in a few lines."""
    shown = [
        row("What happened", circumstances.get("what_happened", "")),
        row("Last seen", ui.said_time(incident.last_seen_at, empty="Not recorded")),
        row("Where", incident.last_seen_place),
        row("Area", places.label(incident.last_seen_area) if incident.last_seen_area else ""),
        row("Reported", ui.said_time(incident.reported_at)),
        row("Clothing", circumstances.get("clothing", "")),
        row("Force reference", incident.force_reference),
    ]
    if incident.owner_unit is not None:
        shown.append(row("Unit", incident.owner_unit.name))
    if incident.owner_officer is not None:
        shown.append(row("Officer in the case", incident.owner_officer.full_name))
    return shown


def ended(incident: Incident) -> list[Row]:
    """How it ended, or nothing while it has not."""
    if incident.located_at is None and not incident.outcome:
        return []
    shown = []
    if incident.located_at is not None:
        shown += [
            row("Found", ui.said_time(incident.located_at)),
            row("Found by", incident.get_found_by_display()),
            row("Returned", ui.said_time(incident.returned_at, empty="Not recorded")),
        ]
    shown.append(row("Outcome", incident.get_outcome_display()))
    if incident.cancel_reason:
        shown.append(row("Cancelled because", incident.get_cancel_reason_display()))
    if incident.located_at is not None:
        shown.append(row("Harm", ", ".join(str(Harm(one).label) for one in incident.harm)))
        shown.append(
            row("May their whereabouts be told", incident.get_disclose_location_display() or "Not asked yet")
        )
        shown.append(row("What the family may be told", for_the_family(incident)))
    if incident.death_type:
        shown.append(row("Manner of death", incident.get_death_type_display()))
        shown.append(
            row(
                "Identification confirmed",
                ui.said_time(incident.identification_confirmed_at, empty="Not yet"),
            )
        )
    return shown


def for_the_family(incident: Incident) -> str:
    """What the person's own answer lets anybody tell the family."""
    if incident.outcome == Outcome.LOCATED_DECEASED:
        return "The family is told of a death in person, by police."
    if policies.may_disclose_location(incident) is None:
        return "That they are safe and well, and where they are."
    refusal = policies.may_tell_safe_and_well(incident)
    return f"Nothing. {refusal.message}" if refusal else "Only that they are safe and well, never where."


def person(incident: Incident) -> list[Row]:
    """Who it is."""
    who = incident.person
    born: Any = ui.said_date(who.date_of_birth, empty="")
    if not born and who.estimated_age is not None:
        born = f"Not known; thought to be {who.estimated_age}"
    aliases = ", ".join(alias.name for alias in who.aliases.all())
    shown = [
        row("Name", who.full_name),
        row("Date of birth", born),
        row("Sex", who.get_sex_display()),
        row(
            "Looked after",
            "" if incident.looked_after == Known.NOT_KNOWN else incident.get_looked_after_display(),
        ),
    ]
    if aliases:
        shown.insert(1, row("Also known as", aliases))
    for label, body in (
        ("Placing authority", incident.placing_authority),
        ("Host authority", incident.host_authority),
    ):
        if body is not None:
            shown.append(row(label, body.name))
    return shown


def phones(case: Case, numbers: Iterable[Phone], *, edit: bool) -> list[Row]:
    """Each number with what is known of it."""
    shown = []
    for phone in numbers:
        known = [phone.get_kind_display(), phone.get_state_display()]
        known.append("checked" if phone.verified else "not checked")
        known.append(f"held by: {phone.get_held_by_display().lower()}")
        if not phone.is_current:
            known.append("no longer in use")
        line: Row = {"key": phone.number, "value": "; ".join(known)}
        if edit:
            line |= {"href": case.at("phone", phone.pk), "hidden": "what is known of this number"}
        shown.append(line)
    return shown or [{"key": "Numbers", "value": "None recorded. A TextSafe needs one."}]


def addresses(case: Case, places: Iterable[Address], *, edit: bool) -> list[Row]:
    """Each address with what it is to them and for how long."""
    shown = []
    for place in places:
        line: Row = row(place.get_kind_display(), f"{place.text}\n{_lived(place)}".strip())
        if edit:
            line |= {"href": case.at("address", place.pk), "hidden": "this address"}
        shown.append(line)
    return shown or [row("Addresses", "")]


def _lived(place: Address) -> str:
    since = f"from {ui.said_date(place.lived_from)}" if place.lived_from else ""
    until = f"until {ui.said_date(place.lived_until)}" if place.lived_until else ""
    return " ".join(part for part in (since, until) if part)


def reporter(found: Reporter | None) -> list[Row]:
    """Who told the police."""
    if found is None:
        return [row("Name", "")]
    pairs = [
        ("Name", found.name),
        ("Relation", found.relation),
        ("Agency", found.agency),
        ("Role", found.role),
        ("Telephone", found.telephone),
        ("E-mail", found.email),
    ]
    return [row(key, value) for key, value in pairs if value or key in {"Name", "Relation", "Telephone"}]


def answers(section: Section, data: Mapping[str, Any]) -> list[Row]:
    """What is recorded in a section; unanswered questions are left to the task list."""
    return [row(one.label, said(one, data[one.name])) for one in section.fields if one.name in data]


def said(one: Field, value: Any) -> object:
    """A stored answer in words."""
    if one.kind in {Kind.CHOICE, Kind.KNOWN}:
        choices = dict(one.choices) or {known.value: known.label for known in Known}
        return choices.get(value, value)
    if one.kind is Kind.CHOICES:
        return ", ".join(dict(one.choices).get(code, code) for code in value)
    if one.kind is Kind.LINES:
        return "\n".join(value)
    if one.kind is Kind.DATE:
        return ui.said_date(date.fromisoformat(value))
    return value
