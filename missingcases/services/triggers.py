"""What the rule table asks for (domain.md section 2): every trigger raises its actions once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from foundation.audit import services as audit
from missingcases.deadlines import applies
from missingcases.enums import (
    ActionKind,
    ActionOwner,
    ActionStatus,
    Audience,
    FlagKind,
    IncidentStatus,
    Trigger,
)
from missingcases.models import Action, ActionRule, Incident
from missingcases.services.timeline import add_timeline_entry
from missingcases.system import TRIGGERS


def raise_action(
    incident: Incident,
    *,
    kind: str,
    title: str,
    owner_id: int,
    due_at: datetime,
    trigger: str = "",
    rule: ActionRule | None = None,
    subject: tuple[str, int] | None = None,
) -> Action | None:
    """Give an organisation something to do, unless the same is still to do; None then."""
    label, subject_id = subject if subject else ("", None)
    of_incident = Action.objects.filter(incident=incident)
    same = of_incident.filter(kind=kind, status=ActionStatus.OPEN, owner_id=owner_id)
    # A rule speaks once for an incident, done or not.
    spoken = rule is not None and of_incident.filter(rule=rule).exists()
    if spoken or same.filter(subject_label=label, subject_id=subject_id).exists():
        return None
    action = Action.objects.create(
        incident=incident,
        kind=kind,
        trigger=trigger,
        rule=rule,
        title=title,
        owner_id=owner_id,
        due_at=due_at,
        subject_label=label,
        subject_id=subject_id,
    )
    audit.record(
        actor=TRIGGERS,
        action="action.raised",
        target=action,
        incident_id=incident.pk,
        on_behalf_of_id=owner_id,
        fields=["status", "owner", "due_at"],
    )
    add_timeline_entry(
        incident_id=incident.pk,
        kind="action.raised",
        actor=TRIGGERS,
        audience=Audience.OWNER if owner_id == incident.owner_id else Audience.AUTHORITY,
        summary=f"Action raised: {ActionKind(kind).label}",
        subject=("missingcases.Action", action.pk),
        organisation_id=owner_id,
    )
    return action


def raise_for_repeat(incident: Incident) -> list[Action]:
    """Actions for a person missing again and again: counted by report, cancelled ones left out."""
    reports = Incident.objects.filter(
        person_id=incident.person_id, reported_at__lte=incident.reported_at
    ).exclude(status=IncidentStatus.CANCELLED)
    raised: list[Action | None] = []
    for rule in _rules(Trigger.REPEAT_COUNT, incident):
        since = incident.reported_at - timedelta(days=rule.within_days or 0)
        if reports.filter(reported_at__gte=since).count() >= (rule.incidents or 0):
            words = f"{rule.incidents} incidents in {rule.within_days} days"
            raised.append(_raise(incident, rule, words))
    return [action for action in raised if action is not None]


def raise_for_flag(incident: Incident, kind: str, *, owner_only: bool) -> list[Action]:
    """Actions for a flag that became active.

    What only the owner force may know is not told to an authority by a task: the force gets the
    action and decides about a release.
    """
    rules = [rule for rule in _rules(Trigger.FLAG, incident) if rule.flag_kind == kind]
    owner_id = incident.owner_id if owner_only else None
    raised = [_raise(incident, rule, f"flag {FlagKind(kind).label}", owner_id) for rule in rules]
    return [action for action in raised if action is not None]


def raise_for_risk(incident: Incident) -> list[Action]:
    """Actions for the risk the incident was just graded at."""
    rules = [rule for rule in _rules(Trigger.RISK, incident) if rule.risk_level == incident.risk_level]
    raised = [_raise(incident, rule, f"graded {incident.get_risk_level_display().lower()}") for rule in rules]
    return [action for action in raised if action is not None]


def raise_for_length(incident: Incident, *, now: datetime) -> list[Action]:
    """Actions for somebody missing or absent longer than a rule's hours, counted from the report."""
    raised: list[Action | None] = []
    rules = [(rule, "missing") for rule in _rules(Trigger.LONG_ABSENCE, incident)]
    if incident.status == IncidentStatus.ABSENT:
        rules += [(rule, "absent") for rule in _rules(Trigger.ABSENT_LIMIT, incident)]
    for rule, word in rules:
        if now - incident.reported_at >= timedelta(hours=rule.over_hours or 0):
            raised.append(_raise(incident, rule, f"{word} over {rule.over_hours} hours"))
    return [action for action in raised if action is not None]


def _rules(trigger: str, incident: Incident) -> list[ActionRule]:
    rules = ActionRule.objects.filter(trigger=trigger, is_active=True)
    return [rule for rule in rules if applies(rule.applies_to, incident.age_at_report)]


def _raise(incident: Incident, rule: ActionRule, why: str, owner_id: int | None = None) -> Action | None:
    return raise_action(
        incident,
        kind=rule.action_kind,
        title=f"{ActionKind(rule.action_kind).label}: {why}"[:200],
        owner_id=owner_id or _owner(incident, rule.action_owner),
        due_at=timezone.now() + timedelta(hours=rule.due_within_hours),
        trigger=rule.trigger,
        rule=rule,
    )


def _owner(incident: Incident, wanted: str) -> int:
    placing, host = incident.placing_authority_id, incident.host_authority_id
    if wanted == ActionOwner.PLACING_AUTHORITY:
        return placing or host or incident.owner_id
    if wanted == ActionOwner.HOST_AUTHORITY:
        return host or placing or incident.owner_id
    return incident.owner_id
