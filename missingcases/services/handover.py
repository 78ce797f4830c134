"""Handing the person of a transferred incident to the force that accepted it."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

from missingcases.models import Address, Alias, Flag, Incident, MissingPerson, Phone, Photo
from missingcases.references import person_reference

M = TypeVar("M", bound=models.Model)


def hand_person_over(incident: Incident, *, to_organisation_id: int) -> None:
    """Give the incident a person of the new owner's, and set it on `incident` unsaved.

    A person record belongs to one organisation. Where this was the only incident the record itself
    goes; otherwise the new owner gets a copy as of today, and each force keeps its own from then on:
    what one of them learns later is not told to the other by a shared row.
    """
    person = MissingPerson.objects.select_for_update(no_key=True).get(pk=incident.person_id)
    if person.organisation_id == to_organisation_id:
        return
    if not Incident.objects.filter(person=person).exclude(pk=incident.pk).exists():
        person.organisation_id = to_organisation_id
        person.version += 1
        person.save(update_fields=["organisation", "version", "updated_at"])
        return
    incident.person = _copy_person(person, incident, to_organisation_id)


def _copy_person(person: MissingPerson, incident: Incident, to_organisation_id: int) -> MissingPerson:
    values = _values(person) | {"organisation_id": to_organisation_id, "reference": person_reference()}
    twin = MissingPerson.objects.create(**values | {"version": 1})
    for model in (Alias, Phone, Address, Flag):
        _copy_rows(model, person, twin)
    # Pictures added on this incident go with it; others stay with the force that took them.
    Photo.objects.filter(person=person, incident=incident).update(person=twin)
    return twin


def _copy_rows(model: type[M], person: MissingPerson, twin: MissingPerson) -> None:
    rows = model._base_manager.filter(person=person).order_by("pk")
    model._base_manager.bulk_create(model(**_values(row) | {"person_id": twin.pk}) for row in rows)


def _values(row: models.Model) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
