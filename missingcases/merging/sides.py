"""Two records side by side, in words."""

from __future__ import annotations

from foundation.actors import Actor
from foundation.ui.templatetags import ui
from missingcases.merging.selectors import incidents_of
from missingcases.models import MissingPerson

# A field of the form, its question, and how it is said.
_ASKED = (
    ("name", "Name"),
    ("date_of_birth", "Date of birth"),
    ("estimated_age", "Age, if the date of birth is not known"),
    ("sex", "Sex"),
)


def facts(actor: Actor, person: MissingPerson) -> list[tuple[str, str]]:
    """What one record says, in the order in which two are compared."""
    return [
        *known(person),
        ("Flags", ", ".join(_flags(person)) or "None"),
        ("Incidents", ", ".join(row.reference for row in incidents_of(actor, person)[:10])),
    ]


def known(person: MissingPerson) -> list[tuple[str, str]]:
    """What is known of the person themselves, from rows that may have been fetched for many at once."""
    answers = {name: said(person, name) for name, _ in _ASKED}
    phones = sorted(person.phones.all(), key=lambda row: row.pk)
    addresses = sorted(person.addresses.all(), key=lambda row: row.pk)
    return [
        ("Name", person.full_name),
        ("Also known as", ", ".join(sorted(alias.name for alias in person.aliases.all()))),
        ("Date of birth", answers["date_of_birth"]),
        ("Thought to be", answers["estimated_age"]),
        ("Sex", answers["sex"]),
        ("Telephones", ", ".join(phone.number for phone in phones)),
        ("Addresses", "; ".join(row.text for row in addresses)),
    ]


def differing(kept: MissingPerson, other: MissingPerson) -> list[tuple[str, str, str, str]]:
    """The questions to which the records answer differently: field, label, this one's, the other's."""
    rows = [(name, label, said(kept, name), said(other, name)) for name, label in _ASKED]
    return [row for row in rows if row[2] != row[3]]


def said(person: MissingPerson, name: str) -> str:
    """One answer in words; empty where it is not known."""
    if name == "name":
        return " ".join(part for part in (person.given_names, person.family_name) if part)
    if name == "sex":
        return "" if person.sex == "not_known" else person.get_sex_display()
    if name == "date_of_birth":
        return str(ui.said_date(person.date_of_birth, empty=""))
    return "" if person.estimated_age is None else f"{person.estimated_age}"


def _flags(person: MissingPerson) -> list[str]:
    return [f"{flag.get_kind_display()} ({flag.get_status_display().lower()})" for flag in person.flags.all()]
