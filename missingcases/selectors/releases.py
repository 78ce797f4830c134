"""Releases as their receiver and the side that wrote them see them.

`policies.may_read_release` says of one what these lists say of many.
"""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from foundation.actors import Actor
from foundation.exceptions import NotVisible
from missingcases.enums import ReleaseStatus
from missingcases.models import Incident, Release
from missingcases.policies import may_read_release, organisation_principal, principals_of, user_principal
from missingcases.release_rules import BY_TWO, FROM_RECORD, RULES, URGENT
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
