"""Requests as the organisation that was asked sees them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.contributions import subjects
from foundation.exceptions import NotVisible
from missingcases.models import Incident, MissingPerson
from missingcases.subject_access.enums import Decision, RequestStatus
from missingcases.subject_access.models import AccessItem, AccessRequest
from missingcases.subject_access.policies import may_look

SHOWN = 100
PAGE = 25
STALLED = timedelta(minutes=2)
_WITH = ("person", "made_by", "identity_checked_by", "reviewed_by", "confirmed_by", "given_by")


def visible_to(actor: Actor) -> QuerySet[AccessRequest]:
    """The requests to the actor's organisation, for those who answer them."""
    rows = AccessRequest.objects.select_related(*_WITH)
    if may_look(actor) is not None:
        return rows.none()
    return rows.filter(organisation_id=actor.organisation_id or 0)


def listed(actor: Actor) -> list[AccessRequest]:
    """The newest requests; audited."""
    found = list(visible_to(actor)[:SHOWN])
    audit.record(
        actor=actor,
        action="subject_access.listed",
        target=AccessRequest,
        target_ids=[one.pk for one in found],
    )
    return found


def request_named(actor: Actor, reference: str) -> AccessRequest:
    """The request of this reference; audited. Raises `NotVisible`."""
    found = visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    audit.record(actor=actor, action="subject_access.opened", target=found)
    return found


def kinds_of(request: AccessRequest) -> list[dict[str, object]]:
    """How many of each kind were found, and how many wait for a decision."""
    rows = request.items.values_list("title", "decision").annotate(Count("pk")).order_by("title")
    found: dict[str, dict[str, int]] = {}
    for title, decision, count in rows:
        found.setdefault(title, dict.fromkeys(Decision.values, 0))[decision] = count
    return [{"title": title, **counts} for title, counts in found.items()]


def items_page(
    actor: Actor, request: AccessRequest, *, title: str, show: str, after: int
) -> list[AccessItem]:
    """A page of what was found, and one more; the reading is audited."""
    rows = request.items.filter(pk__gt=after)
    if title:
        rows = rows.filter(title=title)
    if show in Decision.values:
        rows = rows.filter(decision=show)
    found = list(rows.order_by("pk")[: PAGE + 1])
    audit.record(
        actor=actor,
        action="subject_access.items_read",
        target=AccessItem,
        target_ids=[one.pk for one in found[:PAGE]],
    )
    return found


def pairs_of(item: AccessItem) -> list[list[str]]:
    """The labels and words of an item."""
    pairs: list[list[str]] = json.loads(item.content)
    return pairs


def people_of(request: AccessRequest) -> list[int]:
    """The person's record, and those that were merged into it."""
    if request.person_id is None:
        return []
    rows = MissingPerson.objects.filter(merged_into_id=request.person_id).values_list("pk", flat=True)
    return [request.person_id, *rows]


def other_subject(actor: Actor, reference: str) -> tuple[str, int] | None:
    """The record that this reference names, of somebody whom a service of the actor's own body knows."""
    for one in subjects():
        found = one.find(reference, actor)
        if found is not None:
            return one.model, found
    return None


def incidents_of(request: AccessRequest) -> list[int]:
    """Every incident of theirs, by number; what of it is the organisation's, each contribution says."""
    rows = Incident.objects.filter(person_id__in=people_of(request))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def stalled(now: datetime) -> list[tuple[int, str]]:
    """Requests whose worker is gone."""
    rows = AccessRequest.objects.filter(
        status__in=(RequestStatus.COLLECTING, RequestStatus.MAKING), updated_at__lt=now - STALLED
    )
    return list(rows.values_list("pk", "status"))


def to_wipe(now: datetime) -> QuerySet[AccessRequest]:
    """Requests whose pack has been kept long enough."""
    return AccessRequest.objects.filter(wipe_at__lte=now, wiped_at__isnull=True)
