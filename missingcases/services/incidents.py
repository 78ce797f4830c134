"""Reporting an incident and keeping its facts right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.events.services import publish
from foundation.exceptions import Invalid, NotVisible
from missingcases import events
from missingcases.deadlines import age_at
from missingcases.enums import Audience, Known, Sex
from missingcases.models import Incident, MissingPerson, Reporter, SchemePeriod
from missingcases.policies import may_confirm_starts, may_edit, may_report
from missingcases.schemes import in_force
from missingcases.services.audience import sync
from missingcases.services.checks import check_links
from missingcases.services.common import (
    apply,
    for_writing,
    not_in_future,
    one_of,
    refuse,
)
from missingcases.services.flags import take_snapshots
from missingcases.services.people import PersonDetails, create_person
from missingcases.services.record import store_section
from missingcases.services.timeline import add_timeline_entry
from missingcases.services.triggers import raise_for_repeat


@dataclass(frozen=True, kw_only=True)
class ReporterDetails:
    """Who told the police."""

    name: str = ""
    relation: str = ""
    agency: str = ""
    role: str = ""
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportDetails:
    """The quick report. Everything else can follow later; nothing here but the time is required."""

    reported_at: datetime | None = None
    last_seen_at: datetime | None = None
    last_seen_place: str = ""
    last_seen_area_id: int | None = None
    force_reference: str = ""
    cad_reference: str = ""
    owner_unit_id: int | None = None
    owner_officer_id: int | None = None
    looked_after: str = Known.NOT_KNOWN
    placing_authority_id: int | None = None
    host_authority_id: int | None = None
    circumstances: Mapping[str, Any] | None = None


TAKEN = "Another incident of this force has this reference."
# What `edit_incident` may change; the rest has verbs of its own.
EDITABLE: frozenset[str] = frozenset(
    {
        "force_reference",
        "cad_reference",
        "pnc_reference",
        "ukmpu_reference",
        "owner_unit_id",
        "owner_officer_id",
        "last_seen_at",
        "last_seen_place",
        "last_seen_area_id",
        "looked_after",
        "placing_authority_id",
        "host_authority_id",
    }
)


@transaction.atomic
def report_incident(
    *,
    actor: Actor,
    person: PersonDetails | None = None,
    person_reference: str = "",
    report: ReportDetails | None = None,
    reporter: ReporterDetails | None = None,
) -> Incident:
    """Record a new incident for a new person, or for one the force already knows.

    Raises `Refused`, `Invalid` (by field), `NotVisible` for another organisation's person. There is
    no waiting period and nothing is required but the call itself (domain.md section 1, [16]).
    """
    require(may_report(actor))
    owner_id = actor.organisation_id
    if owner_id is None:
        raise NotVisible("organisation")
    report = report or ReportDetails()
    reported_at = report.reported_at or timezone.now()
    _check_report(report, reported_at, owner_id)
    who = _person_for(actor, person, person_reference)
    with _one_reference():
        incident = Incident.objects.create(
            person=who,
            owner_id=owner_id,
            scheme=scheme_for(owner_id, timezone.localdate(reported_at)),
            reported_at=reported_at,
            age_at_report=age_of(who, reported_at),
            created_by_id=actor.user_id,
            **_columns(report),
        )
    _store_extras(actor, incident, report, reporter)
    take_snapshots(incident)
    sync(incident)
    audit.record(actor=actor, action="incident.reported", target=incident, incident_id=incident.pk)
    add_timeline_entry(
        incident_id=incident.pk,
        kind="incident.reported",
        actor=actor,
        audience=Audience.EVERYONE,
        summary="Reported missing",
        at=reported_at,
    )
    raise_for_repeat(incident)
    publish(events.IncidentReported(incident_id=incident.pk, at=reported_at))
    return incident


def scheme_for(organisation_id: int, day: date) -> str:
    """The scheme the force follows on `day`."""
    periods = SchemePeriod.objects.filter(organisation_id=organisation_id)
    return in_force(periods.values_list("starts_on", "scheme"), day)


def age_of(person: MissingPerson, moment: datetime) -> int | None:
    """Age of `person` at `moment`, or None."""
    return age_at(
        moment,
        date_of_birth=person.date_of_birth,
        estimated_age=person.estimated_age,
        estimated_on=person.estimated_on,
    )


def _person_for(actor: Actor, details: PersonDetails | None, reference: str) -> MissingPerson:
    if not reference:
        return create_person(actor=actor, details=details or PersonDetails(sex=Sex.NOT_KNOWN))
    # Locked, so that nobody merges the record away while an incident is put on it.
    own = MissingPerson.objects.filter(organisation_id=actor.organisation_id or 0)
    own = own.select_for_update(no_key=True)
    known = own.filter(reference=reference).first()
    while known is not None and known.merged_into_id is not None:
        known = own.filter(pk=known.merged_into_id).first()
    if known is None:
        raise NotVisible(reference)
    return known


def _columns(report: ReportDetails) -> dict[str, Any]:
    return {
        name: getattr(report, name)
        for name in (
            "last_seen_at",
            "last_seen_place",
            "last_seen_area_id",
            "force_reference",
            "cad_reference",
            "owner_unit_id",
            "owner_officer_id",
            "looked_after",
            "placing_authority_id",
            "host_authority_id",
        )
    }


def _store_extras(
    actor: Actor, incident: Incident, report: ReportDetails, reporter: ReporterDetails | None
) -> None:
    if reporter is not None:
        Reporter.objects.create(incident=incident, **vars(reporter))
    if report.circumstances:
        store_section(actor, incident, "circumstances", report.circumstances, version=None)


def _check_report(report: ReportDetails, reported_at: datetime, owner_id: int) -> None:
    problems: dict[str, str] = {}
    not_in_future(problems, reported_at=reported_at, last_seen_at=report.last_seen_at)
    one_of(Known, report.looked_after, "looked_after")
    check_links(problems, vars(report), owner_id, report.last_seen_at or reported_at)
    if report.force_reference and _reference_taken(owner_id, report.force_reference):
        problems["force_reference"] = TAKEN
    refuse(problems)


@contextmanager
def _one_reference() -> Iterator[None]:
    """Where two officers give one force reference at once, the second is told as by the check before."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as broken:
        if "force_reference_once_a_force" not in str(broken):
            raise
        raise Invalid({"force_reference": TAKEN}) from None


def _reference_taken(owner_id: int, reference: str, *, but: int | None = None) -> bool:
    return Incident.objects.filter(owner_id=owner_id, force_reference=reference).exclude(pk=but or 0).exists()


@transaction.atomic
def edit_incident(*, actor: Actor, incident_id: int, version: int, changes: Mapping[str, Any]) -> Incident:
    """Correct or complete facts of an incident (`EDITABLE`).

    Raises `Conflict` with both sides where somebody saved since `version` was read.
    """
    incident = for_writing(actor, incident_id)
    require(may_edit(actor, incident))
    problems = {name: "This is not changed here." for name in changes if name not in EDITABLE}
    not_in_future(problems, last_seen_at=changes.get("last_seen_at"))
    if "looked_after" in changes:
        one_of(Known, changes["looked_after"], "looked_after")
    kept = {name for name, value in changes.items() if getattr(incident, name, None) == value}
    fresh = {name: value for name, value in changes.items() if name not in kept}
    seen_at = changes.get("last_seen_at") or incident.last_seen_at or incident.reported_at
    check_links(problems, fresh, incident.owner_id, seen_at)
    reference = changes.get("force_reference")
    if reference and _reference_taken(incident.owner_id, reference, but=incident.pk):
        problems["force_reference"] = TAKEN
    seen, found = changes.get("last_seen_at"), incident.located_at
    if seen is not None and found is not None and seen > found:
        problems["last_seen_at"] = "They were located before this."
    refuse(problems)
    with _one_reference():
        changed = apply(incident, version=version, changes=changes)
    if changed:
        sync(incident)
        audit.record(
            actor=actor, action="incident.edited", target=incident, incident_id=incident.pk, fields=changed
        )
    return incident


@transaction.atomic
def confirm_starts(*, actor: Actor, incident_id: int) -> Incident:
    """Let services start for an imported open incident. Doing it twice changes nothing."""
    incident = for_writing(actor, incident_id)
    require(may_confirm_starts(actor, incident))
    if not incident.starts_held:
        return incident
    apply(incident, version=None, changes={"starts_held": False})
    sync(incident)
    audit.record(
        actor=actor,
        action="incident.starts_confirmed",
        target=incident,
        incident_id=incident.pk,
        fields=["starts_held"],
    )
    add_timeline_entry(
        incident_id=incident.pk,
        kind="incident.starts_confirmed",
        actor=actor,
        audience=Audience.OWNER,
        summary="Imported incident confirmed; services may start",
    )
    publish(events.StartsConfirmed(incident_id=incident.pk, at=timezone.now()))
    return incident
