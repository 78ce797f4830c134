"""Incidents as somebody may see them. Visibility is one join to the audience rows, never an OR."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from missingcases.enums import ACTIVE_FLAG, OPEN, IncidentStatus
from missingcases.models import Flag, Incident
from missingcases.selectors.narrowing import Filters, narrow
from missingcases.selectors.opening import RecordSeenBy
from missingcases.selectors.paging import count_up_to, listed_ids
from missingcases.selectors.sight import audience_rows

PAGE = 30
CAP = 1000
# What a row of a list shows besides the incident.
SHOWN = ("person", "owner", "owner_unit")


def incidents_visible_to(actor: Actor) -> QuerySet[Incident]:
    """Every incident `actor` may know of: by its record, or by a release they hold. Default: none."""
    return Incident.objects.filter(pk__in=audience_rows(actor).values("incident_id"))


def records_visible_to(actor: Actor) -> QuerySet[Incident]:
    """The incidents whose record itself `actor` sees."""
    return Incident.objects.filter(pk__in=audience_rows(actor, record_only=True).values("incident_id"))


def incident_for(actor: Actor, reference: str) -> Incident:
    """The incident with this reference; the opening is audited. Raises `NotVisible`.

    An opening by somebody of the owner force who neither recorded it nor holds it is marked as
    outside their own work, for the auditor's page.
    """
    found = incidents_visible_to(actor).select_related(
        "person", "owner", "owner_unit", "owner_officer", "last_seen_area"
    )
    incident = found.filter(reference=reference).first()
    if incident is None:
        raise NotVisible(reference)
    audit.record(
        actor=actor,
        action="incident.opened",
        target=incident,
        incident_id=incident.pk,
        on_behalf_of_id=incident.owner_id,
        outside_own_work=_is_outside(actor, incident),
    )
    return incident


def _is_outside(actor: Actor, incident: Incident) -> bool:
    own = {incident.created_by_id, incident.owner_officer_id}
    by_team = incident.owner_unit_id is not None and incident.owner_unit_id in actor.team_ids
    known = actor.user_id in own or by_team
    return not known and incident.owner_id == actor.organisation_id and incident.status not in OPEN


def is_open(incident_id: int) -> bool:
    """Whether the person is still to be found: what every guard asks last."""
    return Incident.objects.filter(pk=incident_id, status__in=sorted(OPEN)).exists()


@dataclass(frozen=True, slots=True)
class SafetyFacts:
    """What a service's rules may know of an incident: nothing that names anybody."""

    is_open: bool
    status: str
    risk_level: str
    age_years: int | None
    flags: frozenset[str]
    starts_held: bool
    reported_at: datetime


def safety_facts(incident_id: int) -> SafetyFacts:
    """The facts as they stand now. Raises `Incident.DoesNotExist`."""
    row = Incident.objects.values(
        "status", "risk_level", "age_at_report", "starts_held", "reported_at", "person_id"
    ).get(pk=incident_id)
    flags = Flag.objects.filter(person_id=row["person_id"], status__in=sorted(ACTIVE_FLAG))
    return SafetyFacts(
        is_open=row["status"] in OPEN,
        status=row["status"],
        risk_level=row["risk_level"],
        age_years=row["age_at_report"],
        flags=frozenset(flags.values_list("kind", flat=True)),
        starts_held=row["starts_held"],
        reported_at=row["reported_at"],
    )


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ends: the report time and id of its last row."""

    reported_at: datetime
    incident_id: int

    def __str__(self) -> str:
        return f"{self.reported_at.timestamp():.6f}_{self.incident_id}"

    @classmethod
    def read(cls, raw: str) -> Cursor | None:
        """The cursor of an address, or None where it is none."""
        moment, _, number = raw.partition("_")
        try:
            when = datetime.fromtimestamp(float(moment), tz=timezone.get_current_timezone())
            return cls(when, int(number))
        except (ValueError, OverflowError, OSError):
            return None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, newest first."""

    incidents: list[Incident]
    older: Cursor | None
    newer: Cursor | None


def list_page(
    actor: Actor, filters: Filters, *, older_than: Cursor | None = None, newer_than: Cursor | None = None
) -> Page:
    """One page by keyset. The read is audited as one entry with the ids shown."""
    backwards = newer_than is not None
    at = newer_than or older_than
    found = listed(actor, filters, at, newer=backwards)
    more = len(found) > PAGE
    found = found[:PAGE]
    if backwards:
        found.reverse()
    ids = [row.pk for row in found]
    audit.record(actor=actor, action="incident.listed", target=Incident, target_ids=ids)
    older = _end(found, -1) if (more if not backwards else at is not None) else None
    newer = _end(found, 0) if (more if backwards else at is not None) else None
    return Page(found, older, newer)


def listed(
    actor: Actor, filters: Filters, at: Cursor | None = None, *, newer: bool = False
) -> list[Incident]:
    """One page and one more of those whose record `actor` sees; no entry in the trail, which is the caller's.

    What the audience rows tell is read from their index in order. What only the incident and what hangs on
    it tell is few of those the actor sees.
    """
    plain = filters.plain()
    if plain is None:
        return page_of(narrowed(actor, filters), at, newer=newer)
    place = None if at is None else (at.reported_at, at.incident_id)
    beyond = {"newer_than" if newer else "older_than": place}
    shown = listed_ids(actor, plain, PAGE + 1, **beyond)
    by_id = Incident.objects.select_related(*SHOWN).in_bulk(shown)
    return [by_id[pk] for pk in shown if pk in by_id]


def page_of(rows: QuerySet[Incident], at: Cursor | None = None, *, newer: bool = False) -> list[Incident]:
    """One page of these incidents and one more, with what a list shows: newest first, or nearest to `at`."""
    rows = rows.select_related(*SHOWN)
    if at is not None:
        rows = rows.filter(_beyond(at, newer=newer))
    order = ("reported_at", "pk") if newer else ("-reported_at", "-pk")
    return list(rows.order_by(*order)[: PAGE + 1])


def _beyond(at: Cursor, *, newer: bool) -> Q:
    way = "gt" if newer else "lt"
    same = Q(reported_at=at.reported_at, **{f"pk__{way}": at.incident_id})
    return Q(**{f"reported_at__{way}": at.reported_at}) | same


def _end(found: list[Incident], index: int) -> Cursor | None:
    return Cursor(found[index].reported_at, found[index].pk) if found else None


def narrowed(actor: Actor, filters: Filters) -> QuerySet[Incident]:
    """The incidents `actor` sees the record of, narrowed by `filters`."""
    by_text = filters.text.strip()  # a name or a reference finds few, whoever may see them
    rows = Incident.objects.filter(RecordSeenBy(actor)) if by_text else records_visible_to(actor)
    return narrow(rows, actor, filters)


def capped_count(actor: Actor, filters: Filters) -> str:
    """How many there are, at most "1,000+": nobody waits for a count."""
    plain = filters.plain()
    if plain is not None:
        count = count_up_to(actor, plain, CAP + 1)
    else:
        count = narrowed(actor, filters).order_by()[: CAP + 1].values("pk").count()
    return f"{CAP:,}+" if count > CAP else f"{count:,}"


def open_counts(actor: Actor) -> dict[str, int]:
    """How many open incidents wait for a grading, and how many are high risk (each capped)."""
    rows = narrowed(actor, Filters(open_only=True))
    ungraded = rows.filter(status__in=[IncidentStatus.REPORTED, IncidentStatus.REOPENED])
    high = rows.filter(risk_level="high")
    return {
        "to_grade": ungraded.order_by()[:CAP].values("pk").count(),
        "high_risk": high.order_by()[:CAP].values("pk").count(),
    }
