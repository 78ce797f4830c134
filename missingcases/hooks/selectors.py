"""Reads of addresses and deliveries; and who sees an incident, for machines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from foundation.accounts.enums import OrganisationKind, Role
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.contributions import HookKind, hook_kinds
from foundation.messaging.enums import MessageStatus
from foundation.messaging.models import Attempt, Message
from foundation.prepared import fetch_row
from missingcases.hooks.enums import CHOICES, EndpointStatus
from missingcases.hooks.models import Delivery, Endpoint
from missingcases.models import AudienceRow, Incident
from missingcases.policies import organisation_principal
from missingcases.selectors import incidents_visible_to

PAGE = 50
# Ended without the other system having taken it.
NOT_TAKEN = (MessageStatus.FAILED, MessageStatus.EXPIRED, MessageStatus.CANCELLED)
# Why an incident's own check stopped it: a replay would be stopped too.
NOT_VISIBLE = "not_visible"
# Asked at every change of an incident: mostly nobody wants to hear of it.
_WANTED = """
    SELECT 1 FROM hooks_endpoint WHERE status = %(active)s AND types @> ARRAY[%(kind)s]::varchar[] LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One delivery as its administrator reads it: no incident, no person."""

    reference: str
    type: str
    label: str
    created_at: datetime
    replays: int
    status: str
    words: str
    taken_at: datetime | None
    attempts: int
    code: str
    why: str


def visible_to(actor: Actor) -> QuerySet[Endpoint]:
    """The addresses of an administrator's own organisation; nobody else sees any."""
    if actor.organisation_id is None or not actor.holds({Role.ADMINISTRATOR}):
        return Endpoint.objects.none()
    rows = Endpoint.objects.filter(organisation_id=actor.organisation_id)
    return rows.exclude(status=EndpointStatus.REMOVED).order_by("pk")


def choices() -> list[tuple[str, str]]:
    """What an administrator can choose from: ours, and what services let be told."""
    return [*CHOICES, *((one.value, one.label) for one in hook_kinds())]


def of_a_service(kind: str) -> HookKind | None:
    """The service's kind of this name; None for ours."""
    return next((one for one in hook_kinds() if one.value == kind), None)


def reader_of(organisation: Organisation) -> Actor:
    """Who a system of that organisation reads as: what it is told of is what it could pull."""
    return Actor(
        organisation_id=organisation.pk,
        organisation_kind=OrganisationKind(organisation.kind),
        roles=frozenset({Role.API_CLIENT}),
        source="hooks",
    )


def sees(organisation: Organisation, incident_id: int, kind: str) -> bool:
    """Whether a system of that organisation may now be told `kind` of the incident."""
    rows = incidents_visible_to(reader_of(organisation)).filter(pk=incident_id)
    of_service = of_a_service(kind)
    return (rows.filter(owner=organisation) if of_service and of_service.owners_alone else rows).exists()


def wanting(kind: str, incident_id: int) -> list[Endpoint]:
    """Addresses that want to hear of `kind`, of organisations that may now know of the incident."""
    if fetch_row(_WANTED, {"kind": kind, "active": EndpointStatus.ACTIVE.value}) is None:
        return []
    active = Endpoint.objects.filter(status=EndpointStatus.ACTIVE, types__contains=[kind])
    of_service = of_a_service(kind)
    if of_service and of_service.owners_alone:
        active = active.filter(organisation=Incident.objects.filter(pk=incident_id).values("owner_id")[:1])
    found = list(active.order_by("pk"))
    if not found:
        return []
    keys = {organisation_principal(one.organisation_id): one.organisation_id for one in found}
    rows = AudienceRow.objects.filter(
        incident_id=incident_id, principal__in=keys, revoked_at__isnull=True
    ).values_list("principal", flat=True)
    may_know = {keys[principal] for principal in rows}
    return [one for one in found if one.organisation_id in may_know]


def page_of(endpoint: Endpoint, *, before: int | None = None) -> tuple[list[Line], int | None]:
    """A page of the address's deliveries, newest first, and the cursor of the next."""
    rows = Delivery.objects.filter(endpoint=endpoint)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    sent = Message.objects.defer("to", "subject", "body").in_bulk([row.message_id for row in shown])
    codes = _codes(list(sent))
    lines = [_line(row, sent.get(row.message_id or 0), codes) for row in shown]
    return lines, shown[-1].pk if len(found) > PAGE else None


def _codes(message_ids: list[int]) -> dict[int, tuple[str, str]]:
    """The code and words of each message's newest attempt that was not taken."""
    rows = Attempt.objects.filter(message_id__in=message_ids).order_by("pk")
    return {pk: (code, why) for pk, code, why in rows.values_list("message_id", "code", "reason") if why}


def _line(row: Delivery, message: Message | None, codes: dict[int, tuple[str, str]]) -> Line:
    status = message.status if message else MessageStatus.CANCELLED
    taken = status in {MessageStatus.SENT, MessageStatus.DELIVERED}
    code, why = codes.get(row.message_id or 0, ("", "")) if not taken else ("", "")
    if status == MessageStatus.CANCELLED and not why:
        why = "The address was turned off before it went."
    return Line(
        reference=row.reference,
        type=row.type,
        label=row.get_type_display(),
        created_at=row.created_at,
        replays=row.replays,
        status=status,
        words="Taken" if taken else MessageStatus(status).label,
        taken_at=message.sent_at if message else None,
        attempts=message.attempts if message else 0,
        code=code if code.isdecimal() else "",
        why=why,
    )


def not_taken_since(endpoint: Endpoint, since: datetime) -> QuerySet[Delivery]:
    """Deliveries since then that ended untaken, oldest first; not those that may be seen no more."""
    ended = Message.objects.filter(service="webhooks", status__in=NOT_TAKEN).exclude(failed_code=NOT_VISIBLE)
    rows = Delivery.objects.filter(endpoint=endpoint, created_at__gte=since)
    return rows.filter(message_id__in=ended.values("pk")).order_by("pk")
