"""What stands open for whom, and what was read meanwhile.

A service whose records are narrowed asks `opened_for` in its own visibility query, and tells
`services.note_readings` which rows somebody read by an opening alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.audit.models import AuditEvent
from foundation.exceptions import NotVisible
from missingcases.breakglass.enums import OpeningStatus
from missingcases.breakglass.models import Opening
from missingcases.breakglass.policies import may_open, may_review
from missingcases.enums import Audience
from missingcases.models import Incident, Note

SHOWN = 50
_WITH = ("incident", "person", "opened_by", "ended_by", "reviewed_by")


@dataclass(frozen=True, slots=True)
class Opened:
    """What an actor holds open: empty for nearly everybody at nearly any time."""

    incident_ids: frozenset[int] = frozenset()
    person_ids: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.incident_ids or self.person_ids)


def opened_for(actor: Actor) -> Opened:
    """The incidents and people whose records of the actor's own organisation they hold open now.

    A person's opening holds their incidents too. It gives nobody any other organisation's records: the
    query that asks must keep to rows of the actor's organisation, as it does without an opening.
    """
    if may_open(actor) is not None:
        return Opened()
    rows = list(live_openings_of(actor).values_list("incident_id", "person_id"))
    people = frozenset(person for _, person in rows if person)
    incidents = {incident for incident, _ in rows if incident}
    if people:
        incidents |= set(Incident.objects.filter(person_id__in=people).values_list("pk", flat=True))
    return Opened(frozenset(incidents), people)


def live_openings_of(actor: Actor) -> QuerySet[Opening]:
    """The actor's own openings that have not ended."""
    return Opening.objects.filter(
        opened_by_id=actor.user_id or 0,
        organisation_id=actor.organisation_id or 0,
        status=OpeningStatus.OPEN,
        ends_at__gt=timezone.now(),
    )


def visible_to(actor: Actor) -> QuerySet[Opening]:
    """Every opening of their organisation for its data-protection role; their own for a duty manager."""
    rows = Opening.objects.filter(organisation_id=actor.organisation_id or 0).select_related(*_WITH)
    if may_review(actor) is None:
        return rows
    return rows.filter(opened_by_id=actor.user_id or 0) if may_open(actor) is None else rows.none()


def listed(actor: Actor) -> list[Opening]:
    """The newest openings, and one more than is shown; audited."""
    found = list(visible_to(actor)[: SHOWN + 1])
    audit.record(
        actor=actor, action="breakglass.listed", target=Opening, target_ids=[one.pk for one in found]
    )
    return found


def opening_named(actor: Actor, reference: str) -> Opening:
    """The opening of this reference; audited. Raises `NotVisible`."""
    found = visible_to(actor).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    audit.record(actor=actor, action="breakglass.looked_at", target=found, incident_id=found.incident_id)
    return found


def to_review(actor: Actor) -> QuerySet[Opening]:
    """What is over and waits for the actor's review, the most urgent first."""
    if may_review(actor) is not None:
        return Opening.objects.none()
    over = Q(status=OpeningStatus.ENDED) | Q(status=OpeningStatus.OPEN, ends_at__lte=timezone.now())
    rows = Opening.objects.filter(over, organisation_id=actor.organisation_id or 0)
    return rows.exclude(opened_by_id=actor.user_id or 0).order_by("review_due_at", "pk")


def running(actor: Actor) -> QuerySet[Opening]:
    """What stands open now in the organisation of a reviewer."""
    if may_review(actor) is not None:
        return Opening.objects.none()
    rows = Opening.objects.filter(organisation_id=actor.organisation_id or 0, status=OpeningStatus.OPEN)
    return rows.filter(ends_at__gt=timezone.now()).order_by("ends_at")


def readings_under(opening: Opening) -> QuerySet[AuditEvent]:
    """What was read by this opening, the newest first."""
    rows = AuditEvent.objects.filter(target=Opening._meta.label, target_id=opening.pk)
    return rows.filter(action="breakglass.read").order_by("-pk")


def narrowed_notes(opening: Opening, now: datetime) -> list[Note]:
    """Notes of the organisation for named colleagues alone, which stand open by this opening; else none."""
    if not opening.is_live(now):
        return []
    rows = Note.objects.filter(organisation_id=opening.organisation_id, audience=Audience.NAMED)
    about = (
        rows.filter(incident_id=opening.incident_id)
        if opening.incident_id
        else rows.filter(incident__person_id=opening.person_id)
    )
    return list(
        about.exclude(named_user_ids__contains=[opening.opened_by_id]).select_related("author", "incident")[
            :SHOWN
        ]
    )
