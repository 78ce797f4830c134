"""What nobody answered in time, and people missing for long. Called by the clock, never by a person.

Lateness itself is a query over stored due times; escalating marks a row once and says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import chain

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from foundation.audit import services as audit
from foundation.rounds import each
from missingcases.deadlines import CHILD_UNTIL, GRADE_AGAIN_WITHIN
from missingcases.enums import (
    OPEN,
    ActionKind,
    ActionOwner,
    ActionStatus,
    AppliesTo,
    Audience,
    IncidentStatus,
    ReleaseStatus,
    ReviewKind,
    TransferStatus,
    Trigger,
)
from missingcases.models import Action, ActionRule, Incident, Release, ReviewClock, Transfer
from missingcases.services.timeline import add_timeline_entry
from missingcases.services.triggers import raise_action, raise_for_length
from missingcases.system import ESCALATION

BATCH = 200
Late = Action | Transfer | Release | ReviewClock
# What a person reads on the timeline, by what is late.
_WORDS: dict[type[Late], str] = {
    Action: "Action not done in time",
    Transfer: "Offer to another force not answered in time",
    Release: "Not acknowledged in time",
    ReviewClock: "Review not held in time",
}
# What the timeline's filter calls it, where that is not the model's name.
_ABOUT: dict[type[Late], str] = {ReviewClock: "review"}


def escalate_overdue() -> int:
    """Mark actions, offers, releases and reviews whose time has passed, once; return how many."""
    now = timezone.now()
    return each(chain(*_late(now)), lambda row: _escalate(row, now))


def _late(now: datetime) -> list[list[Late]]:
    """The longest late first, at most a batch of each; rows left over come with the next sweep."""
    actions = Action.objects.filter(status=ActionStatus.OPEN, due_at__lt=now)
    offers = Transfer.objects.filter(status=TransferStatus.OFFERED, answer_by__lt=now)
    releases = Release.objects.filter(
        status=ReleaseStatus.APPROVED, acknowledged_at__isnull=True, acknowledge_by__lt=now
    )
    reviews = ReviewClock.objects.filter(done_at__isnull=True, stopped_at__isnull=True, due_at__lt=now)
    return [
        _first(releases, "acknowledge_by"),
        _first(offers, "answer_by"),
        _first(reviews, "due_at"),
        _first(actions, "due_at"),
    ]


def _first(rows: QuerySet[Late], due: str) -> list[Late]:
    fresh = rows.filter(escalated_at__isnull=True).select_related("incident")
    return list(fresh.order_by(due, "pk")[:BATCH])


@transaction.atomic
def _escalate(row: Late, now: datetime) -> bool:
    model = type(row)
    if row.incident_id is not None:
        Incident.objects.select_for_update(no_key=True).only("pk").get(pk=row.incident_id)
    if not model._base_manager.filter(pk=row.pk, escalated_at__isnull=True).update(escalated_at=now):
        return False
    audit.record(
        actor=ESCALATION,
        action=f"{model._meta.model_name}.escalated",
        target=row,
        incident_id=row.incident_id,
        on_behalf_of_id=_late_side(row),
    )
    if row.incident_id is not None:
        _tell(row, row.incident_id)
    if isinstance(row, ReviewClock) and row.kind == ReviewKind.ABSENT:
        _missed_absence(row.incident, now)
    return True


def _tell(row: Late, incident_id: int) -> None:
    model = type(row)
    for audience, organisation_id in _hearers(row):
        add_timeline_entry(
            incident_id=incident_id,
            kind=f"{_ABOUT.get(model, model._meta.model_name)}.escalated",
            actor=ESCALATION,
            audience=audience,
            summary=_words(row),
            subject=(model._meta.label, row.pk),
            organisation_id=organisation_id,
        )


def _words(row: Late) -> str:
    """What is late, by its kind where there are several: two late actions are told apart."""
    said = _WORDS[type(row)]
    return said if isinstance(row, Transfer) else f"{said}: {row.get_kind_display()}"


def _late_side(row: Late) -> int:
    """In whose trail it stands: that of the late receiver, or of the force that holds the incident."""
    return row.to_organisation_id if isinstance(row, Release) else row.incident.owner_id


def _hearers(row: Late) -> list[tuple[Audience, int]]:
    """Who reads of the lateness: the side that waits as well as the side that is late."""
    if isinstance(row, Release):
        return _hearers_of_release(row)
    owner_id = row.incident.owner_id
    if isinstance(row, Action) and row.owner_id != owner_id:
        return [(Audience.AUTHORITY, row.owner_id)]
    return [(Audience.OWNER, owner_id)]


def _hearers_of_release(row: Release) -> list[tuple[Audience, int]]:
    """Each side by itself, as far as the incident is theirs to read; the rest stands in their lists."""
    incident = row.incident
    if incident is None:
        return []
    ours = row.from_organisation_id == incident.owner_id
    found = [(Audience.OWNER if ours else Audience.CHARITY, row.from_organisation_id)]
    if row.to_organisation_id == incident.owner_id and not row.desk and row.to_user_id is None:
        found.append((Audience.OWNER, incident.owner_id))
    return found


def _missed_absence(incident: Incident, now: datetime) -> None:
    """A missed review of an absence: the person is to be graded again (domain.md section 1, [17])."""
    if incident.status == IncidentStatus.ABSENT:
        raise_action(
            incident,
            kind=ActionKind.GRADE_AGAIN,
            title="Grade again: the review of the absence was missed",
            owner_id=incident.owner_id,
            due_at=now + GRADE_AGAIN_WITHIN,
        )


def watch_lengths() -> int:
    """Raise what is due for people missing longer than a rule's hours; return how many actions."""
    now = timezone.now()
    watched = [Trigger.LONG_ABSENCE, Trigger.ABSENT_LIMIT]
    rules = ActionRule.objects.filter(trigger__in=watched, is_active=True)
    ids = sorted({incident_id for rule in rules for incident_id in _over(rule, now)})
    raised = 0
    for incident_id in ids:
        with transaction.atomic():
            incident = Incident.objects.select_for_update(no_key=True).get(pk=incident_id)
            if incident.status in OPEN:
                raised += len(raise_for_length(incident, now=now))
    return raised


def _over(rule: ActionRule, now: datetime) -> list[int]:
    """Open incidents the rule is about and has not spoken of yet."""
    spoken = Action.objects.filter(Q(rule=rule) | _same_task(rule), incident=OuterRef("pk"))
    absent_only = rule.trigger == Trigger.ABSENT_LIMIT
    states = {IncidentStatus.ABSENT} if absent_only else OPEN - {IncidentStatus.LONG_TERM}
    rows = Incident.objects.filter(
        status__in=sorted(states),
        starts_held=False,
        reported_at__lte=now - timedelta(hours=rule.over_hours or 0),
    )
    silent = _about(rule, rows).exclude(Exists(spoken)).order_by("reported_at", "pk")
    return list(silent.values_list("pk", flat=True)[:BATCH])


def _same_task(rule: ActionRule) -> Q:
    """An open task of the same kind already asks the same organisation for it (`triggers.raise_action`)."""
    placing, host, owner = "incident__placing_authority", "incident__host_authority", "incident__owner"
    holder = {
        ActionOwner.PLACING_AUTHORITY: Coalesce(placing, host, owner),
        ActionOwner.HOST_AUTHORITY: Coalesce(host, placing, owner),
    }.get(ActionOwner(rule.action_owner), F(owner))
    return Q(kind=rule.action_kind, status=ActionStatus.OPEN, owner=holder)


def _about(rule: ActionRule, rows: QuerySet[Incident]) -> QuerySet[Incident]:
    child = Q(age_at_report__isnull=True) | Q(age_at_report__lt=CHILD_UNTIL)
    if rule.applies_to == AppliesTo.CHILD:
        return rows.filter(child)
    return rows.exclude(child) if rule.applies_to == AppliesTo.ADULT else rows
