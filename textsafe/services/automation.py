"""Texts without an officer's asking: for missing and absent people of forces that switched it on."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, Stale
from foundation.messaging import addresses, numbers
from foundation.messaging.enums import Channel
from foundation.messaging.exceptions import InvalidAddress, NotDialable
from foundation.states import move
from missingcases.enums import IncidentStatus, PhoneKind
from missingcases.models import Incident, Phone
from missingcases.services import lock_incident
from textsafe import deadlines, policies
from textsafe.enums import Language, Origin, RequestStatus
from textsafe.models import AutomationPolicy, Request
from textsafe.selectors import policy_of, veto_on
from textsafe.services import screening
from textsafe.services.making import create_request
from textsafe.states import REQUEST

AUTOMATION = Actor.system("textsafe.automation")
_GRADED = frozenset({IncidentStatus.MISSING, IncidentStatus.ABSENT, IncidentStatus.LONG_TERM})


@transaction.atomic
def consider_incident(*, incident_id: int) -> Request | None:
    """Prepare the automatic text of an incident, held until its time; None where there is none to send.

    Reads the present state, so that a late or doubled event does no harm. Imported incidents
    start none before a supervisor has confirmed them.
    """
    incident = lock_incident(incident_id)
    policy = policy_of(incident.owner_id)
    if not policy.is_on or not _may_start(incident, policy) or veto_on(incident_id) is not None:
        return None
    if Request.objects.filter(incident=incident).exists():
        return None
    chosen = _phone_to_text(incident)
    if chosen is None:
        return None
    phone, e164 = chosen
    now = timezone.now()
    due = deadlines.automation_due_at(incident.reported_at, delay=timedelta(minutes=policy.delay_minutes))
    return create_request(
        actor=AUTOMATION,
        incident=incident,
        origin=Origin.AUTOMATION,
        phone=phone,
        e164=e164,
        answers={},
        language=Language.ENGLISH,
        form_token=None,
        not_before=max(due, now),
        now=now,
    )


def _may_start(incident: Incident, policy: AutomationPolicy) -> bool:
    if incident.starts_held or not incident.is_open:
        return False
    if incident.status == IncidentStatus.ABSENT:
        return policy.for_absent
    return incident.status in _GRADED and policy.for_missing


def _phone_to_text(incident: Incident) -> tuple[Phone, str] | None:
    """The current number most likely to be theirs: verified first, then mobile, then the newest."""
    rows = list(Phone.objects.filter(person_id=incident.person_id, is_current=True).order_by("-pk"))
    rows.sort(key=lambda row: (row.verified, row.kind == PhoneKind.MOBILE), reverse=True)
    for row in rows:
        try:
            e164 = numbers.normalise(row.number)
            addresses.check_dialable(Channel.SMS, e164)
        except (InvalidAddress, NotDialable):
            continue
        return row, e164
    return None


def screen_automatic(request: Request, *, now: datetime) -> None:
    """Decide on an automatic request whose time has come. The caller holds the incident's lock.

    The force's policy row is locked, so that two workers never both take the day's last place.
    """
    policy = (
        AutomationPolicy.objects.select_for_update().filter(organisation_id=request.organisation_id).first()
    )
    incident = Incident.objects.get(pk=request.incident_id)
    if policy is None or not policy.is_on or not _may_start(incident, policy):
        # Cancelled without a word to the officer: for them its window ends when it always would have.
        move(request, REQUEST, RequestStatus.CANCELLED, actor=AUTOMATION)
        return
    screening.screen_by_rule(request, now=now)


@transaction.atomic
def change_policy(
    *,
    actor: Actor,
    organisation_id: int,
    version: int,
    is_on: bool,
    delay_minutes: int,
    for_missing: bool,
    for_absent: bool,
    daily_cap: int,
    rules_screen_officers: bool,
    reason: str,
) -> AutomationPolicy:
    """Set a force's policy. Raises `Refused`, `Invalid`, and `Stale` where somebody else changed it."""
    policy, _ = AutomationPolicy.objects.get_or_create(organisation_id=organisation_id)
    policy = AutomationPolicy.objects.select_for_update().get(pk=policy.pk)
    require(policies.may_change_policy(actor, policy))
    if policy.version != version:
        raise Stale
    _check(delay_minutes, daily_cap, reason)
    wanted = {
        "is_on": is_on,
        "delay_minutes": delay_minutes,
        "for_missing": for_missing,
        "for_absent": for_absent,
        "daily_cap": daily_cap,
        "rules_screen_officers": rules_screen_officers,
    }
    return _write(policy, wanted, actor=actor, action="textsafe.policy_changed", reason=reason)


def _check(delay_minutes: int, daily_cap: int, reason: str) -> None:
    problems: dict[str, str] = {}
    if delay_minutes < deadlines.SHORTEST_DELAY.total_seconds() / 60:
        problems["delay_minutes"] = "Wait at least 60 minutes after the report."
    if not 0 <= daily_cap <= 1000:
        problems["daily_cap"] = "Give a number from 0 to 1,000."
    if not reason.strip():
        problems["reason"] = "Say why. This is kept with the record."
    if problems:
        raise Invalid(problems)


@transaction.atomic
def stop_policy(*, actor: Actor, organisation_id: int, reason: str) -> AutomationPolicy:
    """Turn a force's automatic texts off at once: what is queued is checked against it when it is claimed."""
    policy = AutomationPolicy.objects.select_for_update().get(organisation_id=organisation_id)
    require(policies.may_stop_policy(actor, policy))
    if not reason.strip():
        raise Invalid({"reason": "Say why. This is kept with the record."})
    return _write(policy, {"is_on": False}, actor=actor, action="textsafe.policy_stopped", reason=reason)


def _write(
    policy: AutomationPolicy, wanted: dict[str, bool | int], *, actor: Actor, action: str, reason: str
) -> AutomationPolicy:
    changed = [name for name, value in wanted.items() if getattr(policy, name) != value]
    for name in changed:
        setattr(policy, name, wanted[name])
    policy.version += 1
    policy.changed_by_id = actor.user_id
    policy.save()
    audit.record(actor=actor, action=action, target=policy, fields=changed, reason=reason)
    return policy
