"""Keeping the audience rows: called by every verb that changes an incident, in its transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import BigIntegerField, Func, Q, QuerySet
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.events.services import publish
from foundation.exceptions import Invalid
from missingcases.enums import (
    OPEN,
    RISK_RANK,
    Audience,
    AudienceKind,
    ReleaseStatus,
    TransferStatus,
)
from missingcases.events import IncidentChanged
from missingcases.models import AudienceRow, Incident, Release
from missingcases.policies import may_restrict
from missingcases.release_rules import FROM_RECORD, URGENT
from missingcases.services.common import for_writing, works_for
from missingcases.services.grants import Grant, standing_grants
from missingcases.services.timeline import add_timeline_entry


class NextChange(Func):
    """The next number of the sequence that orders changes."""

    template = "nextval('missingcases_change')"
    output_field = BigIntegerField()


class ThisTransaction(Func):
    """This transaction's id: a cursor reads only rows of transactions that have settled."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = BigIntegerField()


_SORT_KEYS = ("status", "is_open", "risk_rank", "reported_at", "updated_at", "change", "change_xid")


def sync(incident: Incident) -> None:
    """Bring the audience rows in line: grants, sort keys, tombstones. Tells that the incident changed."""
    wanted = {(one.kind, one.principal): one for one in _wanted(incident)}
    AudienceRow.objects.bulk_create(
        [_row(incident, one) for one in wanted.values()],
        update_conflicts=True,
        unique_fields=["incident", "kind", "principal"],
        update_fields=["revoked_at", *_SORT_KEYS],
    )
    present = AudienceRow.objects.filter(incident_id=incident.pk, revoked_at__isnull=True)
    gone = [row.pk for row in present.only("kind", "principal") if (row.kind, row.principal) not in wanted]
    if gone:
        revoke(AudienceRow.objects.filter(pk__in=gone))
    publish(IncidentChanged(incident_id=incident.pk, at=timezone.now()))


def revoke(rows: QuerySet[AudienceRow]) -> None:
    """Take sight away, leaving tombstones that the changes cursor tells of."""
    rows.filter(revoked_at__isnull=True).update(
        revoked_at=timezone.now(), change=NextChange(), change_xid=ThisTransaction()
    )


def touch(**which: int | Sequence[int]) -> None:
    """What is told of these incidents changed (`incident_id=`, `incident_id__in=`, `incident__person_id=`).

    Only the change numbers move: the sort keys of an incident that is not locked here may be older than
    what is being written. Rows are locked in one order, so that two of these never wait for each other.
    """
    rows = AudienceRow.objects.filter(**which, revoked_at__isnull=True)
    ids = rows.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True)
    AudienceRow.objects.filter(pk__in=list(ids)).update(
        updated_at=timezone.now(), change=NextChange(), change_xid=ThisTransaction()
    )


def _row(incident: Incident, grant: Grant) -> AudienceRow:
    return AudienceRow(
        incident_id=incident.pk,
        kind=grant.kind,
        principal=grant.principal,
        organisation_id=grant.organisation_id,
        user_id=grant.user_id,
        desk=grant.desk,
        status=incident.status,
        is_open=incident.status in OPEN,
        risk_rank=RISK_RANK[incident.risk_level],
        reported_at=incident.reported_at,
        updated_at=timezone.now(),
        change=NextChange(),
        change_xid=ThisTransaction(),
        revoked_at=None,
    )


def _wanted(incident: Incident) -> list[Grant]:
    grants = [
        Grant(AudienceKind.NAMED, row.organisation_id, row.user_id)
        for row in AudienceRow.objects.filter(
            incident_id=incident.pk, kind=AudienceKind.NAMED, revoked_at__isnull=True
        )
    ]
    if not incident.is_restricted:
        grants += standing_grants(incident)
    grants += [
        Grant(AudienceKind.TRANSFER, offer.to_organisation_id, offer.to_user_id)
        for offer in incident.transfers.filter(status=TransferStatus.OFFERED)
    ]
    grants += [
        Grant(AudienceKind.RELEASE, organisation_id, user_id, desk)
        for organisation_id, user_id, desk in _shown_releases(incident)
        .order_by()
        .values_list("to_organisation_id", "to_user_id", "desk")
        .distinct()
    ]
    return grants


def _shown_releases(incident: Incident) -> QuerySet[Release]:
    """The releases that let their receiver know of the incident: from its record, and what its force is told.

    What a confidential service tells a third body says nothing of the force's incident. What is told to the
    force of a restricted incident opens it to nobody who is not named.
    """
    told = Q(kind__in=sorted(FROM_RECORD))
    if not incident.is_restricted:
        told |= Q(kind__in=sorted(URGENT)) | Q(to_organisation_id=incident.owner_id)
    standing = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
    return Release.objects.filter(told, standing, incident=incident, status=ReleaseStatus.APPROVED)


def add_named(incident: Incident, *, user_id: int, organisation_id: int) -> None:
    """Give one person sight of the incident by name."""
    row = _row(incident, Grant(AudienceKind.NAMED, organisation_id, user_id))
    AudienceRow.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["incident", "kind", "principal"],
        update_fields=["revoked_at", *_SORT_KEYS],
    )


@transaction.atomic
def restrict_incident(*, actor: Actor, incident_id: int, reason: str) -> Incident:
    """Restrict an incident to named people; the actor is the first of them."""
    incident = for_writing(actor, incident_id)
    require(may_restrict(actor, incident))
    _need_reason(reason)
    if actor.user_id is None or actor.organisation_id is None:
        raise Invalid({"actor": "A person restricts an incident."})
    incident.is_restricted = True
    return _restriction_changed(
        incident, actor, "incident.restricted", "Restricted to named people", reason, add=actor.user_id
    )


@transaction.atomic
def restrict_to(*, actor: Actor, incident_id: int, user_ids: Iterable[int], reason: str) -> Incident:
    """Restrict an incident to the actor and these people of the owner force, at once."""
    incident = restrict_incident(actor=actor, incident_id=incident_id, reason=reason)
    for user_id in user_ids:
        name_person(
            actor=actor,
            incident_id=incident_id,
            user_id=user_id,
            organisation_id=incident.owner_id,
            reason=reason,
        )
    return incident


@transaction.atomic
def lift_restriction(*, actor: Actor, incident_id: int, reason: str) -> Incident:
    """Let the owner force and the responsible authorities see the incident again."""
    incident = for_writing(actor, incident_id)
    require(may_restrict(actor, incident))
    _need_reason(reason)
    incident.is_restricted = False
    return _restriction_changed(
        incident, actor, "incident.restriction_lifted", "Restriction lifted", reason, add=None
    )


def _restriction_changed(
    incident: Incident, actor: Actor, action: str, summary: str, reason: str, *, add: int | None
) -> Incident:
    incident.version += 1
    incident.save(update_fields=["is_restricted", "version", "updated_at"])
    if add is not None:
        add_named(incident, user_id=add, organisation_id=incident.owner_id)
    sync(incident)
    audit.record(
        actor=actor,
        action=action,
        target=incident,
        incident_id=incident.pk,
        fields=["is_restricted"],
        reason=reason,
    )
    add_timeline_entry(
        incident_id=incident.pk, kind=action, actor=actor, audience=Audience.OWNER, summary=summary
    )
    return incident


@transaction.atomic
def name_person(*, actor: Actor, incident_id: int, user_id: int, organisation_id: int, reason: str) -> None:
    """Let one person of any organisation see the incident, restricted or not."""
    incident = for_writing(actor, incident_id)
    require(may_restrict(actor, incident))
    _need_reason(reason)
    if not works_for(user_id, organisation_id):
        raise Invalid({"user": "This person does not work there."})
    add_named(incident, user_id=user_id, organisation_id=organisation_id)
    sync(incident)
    audit.record(
        actor=actor,
        action="incident.person_named",
        target=incident,
        target_ids=[user_id],
        incident_id=incident.pk,
        on_behalf_of_id=organisation_id,
        reason=reason,
    )


@transaction.atomic
def unname_person(*, actor: Actor, incident_id: int, user_id: int, reason: str) -> None:
    """Take a named person's sight away. Raises `Invalid` for the last one of a restricted incident."""
    incident = for_writing(actor, incident_id)
    require(may_restrict(actor, incident))
    _need_reason(reason)
    named = AudienceRow.objects.filter(
        incident_id=incident.pk, kind=AudienceKind.NAMED, revoked_at__isnull=True
    )
    own = named.filter(organisation_id=incident.owner_id)
    if incident.is_restricted and not own.exclude(user_id=user_id).exists():
        raise Invalid({"user": "Somebody of the owner force must still see a restricted incident."})
    revoke(named.filter(user_id=user_id))
    audit.record(
        actor=actor,
        action="incident.person_unnamed",
        target=incident,
        target_ids=[user_id],
        incident_id=incident.pk,
        reason=reason,
    )


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid({"reason": "Say why. This is kept with the record."})
