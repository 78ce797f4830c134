"""Releases as their receiver and the side that wrote them see them.

`policies.may_read_release` says of one what these lists say of many.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from foundation.accounts.models import User
from foundation.actors import Actor
from foundation.audit.models import AuditEvent
from foundation.exceptions import NotVisible
from missingcases.enums import ReleaseStatus
from missingcases.models import Incident, Release
from missingcases.policies import may_read_release, organisation_principal, principals_of, user_principal
from missingcases.release_rules import ANSWERED_ELSEWHERE, BY_TWO, FROM_RECORD, OVERSEERS, RULES, URGENT
from missingcases.selectors.incidents import incidents_visible_to, records_visible_to

_WITH = (
    "incident",
    "from_organisation",
    "to_organisation",
    "to_user",
    "author",
    "decided_by",
    "acknowledged_by",
    "agreement",
)


def released_to(actor: Actor) -> QuerySet[Release]:
    """What the actor may read now of what others released to their organisation, desk or person."""
    keys = principals_of(actor)
    if not keys or actor.organisation_id is None:
        return Release.objects.none()
    rows = Release.objects.filter(
        _standing(), to_organisation_id=actor.organisation_id, status=ReleaseStatus.APPROVED
    )
    own = Q(pk__in=[])
    if actor.user_id is not None and user_principal(actor.user_id, actor.organisation_id) in keys:
        own = Q(to_user_id=actor.user_id)
    desks = [
        one.partition("/")[2] for one in keys if one.startswith(organisation_principal(actor.organisation_id))
    ]
    rows = rows.filter(own | Q(to_user__isnull=True, desk__in=desks))
    # Of a restricted incident its force is told by name alone.
    told = Q(incident__is_restricted=True, incident__owner=F("to_organisation"))
    return rows.exclude(told & ~Q(incident__in=records_visible_to(actor))).select_related(*_WITH)


def released_by(actor: Actor) -> QuerySet[Release]:
    """What the actor's organisation released or waits to release, as far as the actor may know."""
    if actor.organisation_id is None or actor.is_system:
        return Release.objects.none()
    kinds = [kind for kind, rule in RULES.items() if not rule.from_record and actor.holds(rule.own_readers)]
    known = Q(kind__in=kinds) | Q(kind__in=sorted(FROM_RECORD), incident__in=records_visible_to(actor))
    if actor.user_id is not None:
        known |= Q(author_id=actor.user_id)
    rows = Release.objects.filter(known, from_organisation_id=actor.organisation_id)
    return rows.select_related(*_WITH)


def _standing() -> Q:
    return Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())


def releases_for(actor: Actor, incident: Incident) -> list[Release]:
    """Releases of the incident that the actor may read or decide, newest first."""
    rows = Release.objects.filter(incident_id=incident.pk).select_related(*_WITH)
    return [row for row in rows.order_by("-created_at", "-pk") if may_read_release(actor, row) is None]


def release_for(actor: Actor, incident: Incident, reference: str) -> Release:
    """One release of the incident. Raises `NotVisible`."""
    return _only(actor, Release.objects.filter(incident_id=incident.pk, reference=reference), reference)


def release_named(actor: Actor, reference: str) -> Release:
    """One release, whatever it is of, from either side. Raises `NotVisible`."""
    return _only(actor, Release.objects.filter(reference=reference), reference)


def _only(actor: Actor, rows: QuerySet[Release], reference: str) -> Release:
    release = rows.select_related(*_WITH).first()
    if release is None or may_read_release(actor, release) is not None:
        raise NotVisible(reference)
    return release


def unacknowledged(actor: Actor) -> QuerySet[Release]:
    """Threats to life that the actor's force has not acknowledged, the oldest first."""
    return (
        _waiting(Release.objects.filter(kind__in=sorted(URGENT)))
        .filter(incident__in=incidents_visible_to(actor), to_organisation_id=actor.organisation_id)
        .select_related("incident")
        .order_by("acknowledge_by", "pk")
    )


def threats_unanswered(actor: Actor) -> QuerySet[Release]:
    """Threats to life that the actor's side told and nobody has acknowledged in time, the oldest first."""
    rows = _waiting(Release.objects.filter(kind__in=sorted(URGENT), escalated_at__isnull=False))
    rows = rows.filter(from_organisation_id=actor.organisation_id)
    return rows.select_related("incident", "to_organisation").order_by("acknowledge_by", "pk")


def _waiting(rows: QuerySet[Release]) -> QuerySet[Release]:
    return rows.filter(
        status=ReleaseStatus.APPROVED, acknowledge_by__isnull=False, acknowledged_at__isnull=True
    )


def releases_to_decide(actor: Actor) -> QuerySet[Release]:
    """What waits for a second person of the actor's side who did not write it, the oldest first."""
    kinds = [kind for kind in sorted(BY_TWO) if actor.holds(RULES[kind].approvers)]
    rows = Release.objects.filter(
        from_organisation_id=actor.organisation_id, status=ReleaseStatus.DRAFT, kind__in=kinds
    )
    return rows.exclude(author_id=actor.user_id).select_related("incident").order_by("created_at", "pk")


READINGS_SHOWN = 50
# Threats to life stand above everything, and some kinds on pages of their own.
_APART = URGENT | ANSWERED_ELSEWHERE


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading or acknowledgement by the receiver, as the side that released sees it."""

    at: datetime
    who: str
    is_acknowledgement: bool


def readings_of(actor: Actor, release: Release) -> list[Reading]:
    """Who of the receiver read it and when, the newest first: for the side that released it."""
    if actor.organisation_id != release.from_organisation_id or may_read_release(actor, release) is not None:
        return []
    rows = AuditEvent.objects.filter(
        target=Release._meta.label,
        target_id=release.pk,
        organisation_id=release.to_organisation_id,
        action__in=("release.read", "release.acknowledged"),
    )
    found = list(rows.order_by("-pk")[:READINGS_SHOWN])
    names = dict(User.objects.filter(pk__in={row.user_id for row in found}).values_list("pk", "full_name"))
    return [
        Reading(row.recorded_at, names.get(row.user_id or 0, "Their system"), row.action.endswith("edged"))
        for row in found
    ]


def overridden_by(actor: Actor) -> QuerySet[Release]:
    """What the actor's organisation released outside its agreements: for its auditor and managers."""
    if not actor.holds(OVERSEERS):
        return Release.objects.none()
    rows = Release.objects.filter(from_organisation_id=actor.organisation_id, overridden=True)
    return rows.select_related("to_organisation", "author", "agreement").order_by("-created_at", "-pk")


def releases_unanswered(actor: Actor) -> QuerySet[Release]:
    """What the actor's side released and nobody acknowledged in time, but what stands apart."""
    rows = released_by(actor).filter(escalated_at__isnull=False).exclude(kind__in=sorted(_APART))
    return _waiting(rows).order_by("acknowledge_by", "pk")


def releases_to_acknowledge(actor: Actor) -> QuerySet[Release]:
    """What was released to the actor and waits for them to acknowledge it, but what stands apart."""
    kinds = [kind for kind, rule in RULES.items() if kind not in _APART and actor.holds(rule.takers)]
    own = Q(pk__in=[]) if actor.user_id is None else Q(to_user_id=actor.user_id)
    rows = released_to(actor).filter(Q(kind__in=kinds) | own & ~Q(kind__in=sorted(_APART)))
    return _waiting(rows).order_by("acknowledge_by", "pk")


def matching(rows: QuerySet[Release], words: str) -> QuerySet[Release]:
    """Of these releases those whose reference, purpose or organisation has the words."""
    if not words:
        return rows
    return rows.filter(
        Q(reference__icontains=words)
        | Q(purpose__icontains=words)
        | Q(from_organisation__name__icontains=words)
        | Q(to_organisation__name__icontains=words)
    )
