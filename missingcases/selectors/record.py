"""The record itself: sections, telephones, reporter, photos, who may know. For those who see the record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet

from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.models import (
    Address,
    AudienceRow,
    Incident,
    Phone,
    Photo,
    RecordSection,
    Reporter,
    ReviewClock,
    Transfer,
)
from missingcases.policies import SEES_RECORD, Standing, standing
from missingcases.record import SECTIONS, Reach, Section
from missingcases.selectors.incidents import records_visible_to
from missingcases.selectors.story import open_transfer_of


@dataclass(frozen=True, slots=True)
class StoredSection:
    """The answers of one section that the reader may see, and the version to save them with."""

    version: int = 0
    data: dict[str, Any] = field(default_factory=dict)


def record_of(actor: Actor, incident: Incident) -> dict[str, dict[str, Any]]:
    """The answers by section: without hidden ones, and without the owner's own for others."""
    held = standing(actor, incident)
    if not held & SEES_RECORD:
        return {}
    stored = RecordSection.objects.filter(incident_id=incident.pk)
    return {
        row.section: _shown(SECTIONS[row.section], row.data, held, revealed=False)
        for row in stored
        if row.section in SECTIONS
    }


def answered_of(actor: Actor, incident: Incident) -> dict[str, dict[str, bool]]:
    """Which questions have an answer, by section, without the answers: for the owner's task list."""
    if not standing(actor, incident) & Standing.OWNER:
        return {}
    stored = RecordSection.objects.filter(incident_id=incident.pk)
    return {row.section: dict.fromkeys(row.data, True) for row in stored if row.section in SECTIONS}


def section_of(actor: Actor, incident: Incident, code: str, *, revealed: bool = False) -> StoredSection:
    """One section. Pass `revealed` only after `services.reveal_section` recorded the look."""
    held = standing(actor, incident)
    row = RecordSection.objects.filter(incident_id=incident.pk, section=code).first()
    if row is None or not held & SEES_RECORD:
        return StoredSection()
    return StoredSection(row.version, _shown(SECTIONS[code], row.data, held, revealed=revealed))


def _shown(section: Section, data: dict[str, Any], held: Standing, *, revealed: bool) -> dict[str, Any]:
    owns = bool(held & Standing.OWNER)
    return {
        one.name: data[one.name]
        for one in section.fields
        if one.name in data and (revealed or not one.hidden) and (owns or one.reach is Reach.RECORD)
    }


def phones_of(actor: Actor, incident: Incident) -> QuerySet[Phone]:
    """The person's numbers, those in use first."""
    rows = Phone.objects.filter(person_id=incident.person_id).order_by("-is_current", "pk")
    return rows if standing(actor, incident) & SEES_RECORD else rows.none()


def addresses_of(actor: Actor, incident: Incident) -> QuerySet[Address]:
    """Where the person lives and has lived, the latest first."""
    rows = Address.objects.filter(person_id=incident.person_id)
    rows = rows.order_by(F("lived_until").desc(nulls_first=True), "-lived_from", "-pk")
    return rows if standing(actor, incident) & SEES_RECORD else rows.none()


def reporter_of(actor: Actor, incident: Incident) -> Reporter | None:
    """Who told the police: for the owner force."""
    if not standing(actor, incident) & Standing.OWNER:
        return None
    return Reporter.objects.filter(incident_id=incident.pk).first()


def photos_of(actor: Actor, incident: Incident) -> QuerySet[Photo]:
    """Photos of the person, the newest first."""
    rows = Photo.objects.filter(person_id=incident.person_id).order_by("-is_current", "-created_at", "-pk")
    return rows if standing(actor, incident) & SEES_RECORD else rows.none()


def other_incidents_of(actor: Actor, incident: Incident) -> QuerySet[Incident]:
    """Other incidents of the same person whose record the actor sees too, the newest first."""
    rows = records_visible_to(actor).filter(person_id=incident.person_id).exclude(pk=incident.pk)
    return rows.order_by("-reported_at", "-pk")


def reviews_held(actor: Actor, incident: Incident) -> QuerySet[ReviewClock]:
    """Reviews that were done, the newest first: for the owner force."""
    rows = ReviewClock.objects.filter(incident_id=incident.pk, done_at__isnull=False)
    rows = rows.select_related("done_by").order_by("-done_at", "-pk")
    return rows if standing(actor, incident) & Standing.OWNER else rows.none()


def audience_of(actor: Actor, incident: Incident) -> QuerySet[AudienceRow]:
    """Everybody who may know of the incident, and through what: for those who see the record."""
    rows = AudienceRow.objects.filter(incident_id=incident.pk, revoked_at__isnull=True)
    rows = rows.select_related("organisation", "user", "team").order_by("granted_at", "pk")
    return rows if standing(actor, incident) & SEES_RECORD else rows.none()


def transfer_of(actor: Actor, incident: Incident) -> Transfer | None:
    """The offer that waits for an answer, if there is one for the actor."""
    try:
        return open_transfer_of(actor, incident)
    except NotVisible:
        return None
