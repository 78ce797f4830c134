"""The person: names, age, aliases, telephones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.events.services import publish
from foundation.exceptions import Conflict, Invalid, NotVisible
from missingcases import events
from missingcases.deadlines import age_at
from missingcases.enums import (
    ACTIVE_FLAG,
    ENDED,
    Audience,
    PhoneHolder,
    PhoneKind,
    PhoneState,
    Sensitivity,
    Sex,
)
from missingcases.matching.services.keys import index_people
from missingcases.models import Alias, Flag, Incident, MissingPerson, Phone
from missingcases.names import name_key
from missingcases.numbers import number_key, read_number
from missingcases.policies import may_edit
from missingcases.services.audience import touch
from missingcases.services.common import apply, for_writing, one_of, refuse
from missingcases.services.reviews import hasten_absence
from missingcases.services.timeline import add_timeline_entry
from missingcases.services.triggers import raise_for_flag, raise_for_repeat


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    """Who somebody is, as far as it is known."""

    given_names: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    estimated_age: int | None = None
    sex: str = Sex.NOT_KNOWN
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PhoneDetails:
    """What is known of a number. Nothing known means nothing is sent (domain.md section 4)."""

    number: str
    kind: str = PhoneKind.NOT_KNOWN
    verified: bool = False
    state: str = PhoneState.NOT_KNOWN
    held_by: str = PhoneHolder.NOT_KNOWN
    note: str = ""


def create_person(*, actor: Actor, details: PersonDetails) -> MissingPerson:
    """A new person of the actor's organisation. Raises `Invalid`. The caller has required the right."""
    _check_person(vars(details))
    if actor.organisation_id is None:
        raise NotVisible("organisation")
    person = MissingPerson.objects.create(
        organisation_id=actor.organisation_id,
        given_names=details.given_names,
        family_name=details.family_name,
        name_key=name_key(details.given_names, details.family_name),
        date_of_birth=details.date_of_birth,
        estimated_age=details.estimated_age,
        estimated_on=_estimated_on(details.estimated_age),
        sex=details.sex,
    )
    _set_aliases(person, details.aliases)
    index_people([person.pk])
    audit.record(actor=actor, action="person.created", target=person)
    return person


@transaction.atomic
def edit_person(
    *,
    actor: Actor,
    incident_id: int,
    version: int,
    changes: Mapping[str, Any],
    aliases: tuple[str, ...] | None = None,
) -> MissingPerson:
    """Correct who the person of an incident is; `changes` may hold the fields of `PersonDetails`.

    Ages of their open incidents follow. Raises `Conflict`, `Invalid`, `Refused`, `NotVisible`.
    """
    incident = for_writing(actor, incident_id)
    require(may_edit(actor, incident))
    person = MissingPerson.objects.select_for_update(no_key=True).get(pk=incident.person_id)
    allowed = {"given_names", "family_name", "date_of_birth", "estimated_age", "sex"}
    refuse({name: "This is not changed here." for name in changes if name not in allowed})
    _check_person(changes)
    written = dict(changes)
    if "estimated_age" in written and written["estimated_age"] != person.estimated_age:
        written["estimated_on"] = _estimated_on(written["estimated_age"])
    written["name_key"] = name_key(
        written.get("given_names", person.given_names), written.get("family_name", person.family_name)
    )
    try:
        changed = apply(person, version=version, changes=written)
    except Conflict as both:
        both.theirs["aliases"] = _alias_names(person)
        raise
    if aliases is not None and _set_aliases(person, aliases):
        changed.append("aliases")
        if changed == ["aliases"]:
            person.version += 1
            person.save(update_fields=["version", "updated_at"])
    if changed:
        index_people([person.pk])
        _refresh_ages(person)
        touch(incident__person_id=person.pk)
        audit.record(
            actor=actor, action="person.edited", target=person, incident_id=incident.pk, fields=changed
        )
    return person


def follow_person(person: MissingPerson) -> None:
    """Ages, and the rules for ages and repeats, once incidents (all of them locked) were put on `person`."""
    _refresh_ages(person)
    for incident in Incident.objects.filter(person=person):
        _follow_age(incident)
        if incident.status not in ENDED:
            raise_for_repeat(incident)


def _refresh_ages(person: MissingPerson) -> None:
    for incident in Incident.objects.filter(person=person):
        age = age_at(
            incident.reported_at,
            date_of_birth=person.date_of_birth,
            estimated_age=person.estimated_age,
            estimated_on=person.estimated_on,
        )
        if age != incident.age_at_report:
            Incident.objects.filter(pk=incident.pk).update(age_at_report=age)
            incident.age_at_report = age
            _follow_age(incident)
            publish(events.AgeCorrected(incident_id=incident.pk, at=timezone.now()))


def _follow_age(incident: Incident) -> None:
    """Rules that spare an adult hold for somebody who turns out to be a child: flags and clocks follow."""
    if incident.status in ENDED:
        return
    hasten_absence(incident)
    for flag in Flag.objects.filter(person_id=incident.person_id, status__in=sorted(ACTIVE_FLAG)):
        raise_for_flag(incident, flag.kind, owner_only=flag.sensitivity == Sensitivity.OWNER_ONLY)


def _estimated_on(age: int | None) -> date | None:
    return timezone.localdate() if age is not None else None


def _check_person(values: Mapping[str, Any]) -> None:
    problems: dict[str, str] = {}
    born, age = values.get("date_of_birth"), values.get("estimated_age")
    if born is not None and born > timezone.localdate():
        problems["date_of_birth"] = "This date is in the future."
    if age is not None and not 0 <= age <= 125:
        problems["estimated_age"] = "Give an age between 0 and 125."
    if "sex" in values and values["sex"] not in Sex.values:
        problems["sex"] = "Choose one of the listed values."
    refuse(problems)


def _alias_names(person: MissingPerson) -> list[str]:
    return sorted(person.aliases.values_list("name", flat=True))


def _set_aliases(person: MissingPerson, names: tuple[str, ...]) -> bool:
    wanted = {name.strip() for name in names if name.strip()}
    present = set(_alias_names(person))
    person.aliases.exclude(name__in=wanted).delete()
    Alias.objects.bulk_create(
        Alias(person=person, name=name, name_key=name_key(name)) for name in sorted(wanted - present)
    )
    return wanted != present


@transaction.atomic
def add_phone(*, actor: Actor, incident_id: int, phone: PhoneDetails) -> Phone:
    """Add a number to the person of an incident. Raises `Invalid` where they have it already."""
    incident = for_writing(actor, incident_id)
    require(may_edit(actor, incident))
    _check_phone(vars(phone))
    e164, is_foreign = read_number(phone.number)
    key = number_key(e164)
    if Phone.objects.filter(person_id=incident.person_id, number_key=key).exists():
        raise Invalid({"number": "This number is recorded already."})
    row = Phone.objects.create(
        person_id=incident.person_id,
        number=e164,
        number_key=key,
        is_foreign=is_foreign,
        **{name: value for name, value in vars(phone).items() if name != "number"},
    )
    return _phone_changed(actor, incident, row, "phone.added", ["number"], "Telephone number added")


@transaction.atomic
def edit_phone(
    *, actor: Actor, incident_id: int, phone_id: int, version: int, changes: Mapping[str, Any]
) -> Phone:
    """Change what is known of a number (kind, verified, state, held_by, note, is_current)."""
    incident = for_writing(actor, incident_id)
    require(may_edit(actor, incident))
    row = (
        Phone.objects.select_for_update(no_key=True).filter(pk=phone_id, person_id=incident.person_id).first()
    )
    if row is None:
        raise NotVisible(f"phone {phone_id}")
    allowed = {"kind", "verified", "state", "held_by", "note", "is_current"}
    refuse({name: "This is not changed here." for name in changes if name not in allowed})
    _check_phone(changes)
    changed = apply(row, version=version, changes=changes)
    if not changed:
        return row
    return _phone_changed(actor, incident, row, "phone.edited", changed, "Telephone details changed")


def _check_phone(values: Mapping[str, Any]) -> None:
    for name, vocabulary in (("kind", PhoneKind), ("state", PhoneState), ("held_by", PhoneHolder)):
        if name in values:
            one_of(vocabulary, values[name], name)


def _phone_changed(
    actor: Actor, incident: Incident, row: Phone, action: str, fields: list[str], summary: str
) -> Phone:
    touch(incident__person_id=incident.person_id)
    audit.record(actor=actor, action=action, target=row, incident_id=incident.pk, fields=fields)
    add_timeline_entry(
        incident_id=incident.pk,
        kind=action,
        actor=actor,
        audience=Audience.OWNER,
        summary=summary,
        subject=("missingcases.Phone", row.pk),
    )
    publish(events.PhoneChanged(person_id=incident.person_id, phone_id=row.pk, at=timezone.now()))
    return row
