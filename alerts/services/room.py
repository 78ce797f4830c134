"""Work in the launch room: criteria with evidence, readiness for calls, comments."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alerts import policies
from alerts.enums import Criterion
from alerts.models import ChildRescueAlert, Comment, CriterionCheck
from alerts.selectors import alert_for
from alerts.services.common import LONGEST_WORDS, hold, need, noted, person, set_yes_aside, written
from foundation.access import Refusal, require
from foundation.actors import Actor
from foundation.audit import services as audit
from missingcases.services.common import one_of


def open_alert(*, actor: Actor, reference: str) -> ChildRescueAlert:
    """One alert, its opening audited. Raises `NotVisible`."""
    alert = alert_for(actor, reference)
    audit.record(actor=actor, action="alerts.opened", target=alert, incident_id=alert.incident_id)
    return alert


@transaction.atomic
def check_criterion(
    *, actor: Actor, alert_id: int, criterion: str, is_met: bool, evidence: str, version: int | None = None
) -> CriterionCheck:
    """Record whether a criterion is met, and on what evidence. The last check counts.

    One that is not met any more sets every yes aside: each rested on it. Raises `Refused`, `Invalid`,
    `NotVisible`, `Conflict`.
    """
    alert = hold(actor, alert_id, version=version)
    require(policies.may_check(actor, alert))
    one_of(Criterion, criterion, "criterion")
    need(_words_problems(evidence, "evidence", "Enter the evidence."))
    check = CriterionCheck.objects.create(
        alert=alert,
        criterion=criterion,
        is_met=is_met,
        evidence=evidence.strip(),
        by_id=person(actor),
        at=timezone.now(),
    )
    noted(actor, alert, "criterion_checked", criterion)
    if is_met or not set_yes_aside(actor, alert):
        written(alert)
    return check


@transaction.atomic
def confirm_call_handling(*, actor: Actor, alert_id: int) -> ChildRescueAlert:
    """The force says that it is ready for the public's calls [7]. Raises `Refused`, `NotVisible`."""
    alert = hold(actor, alert_id)
    require(policies.may_confirm_call_handling(actor, alert))
    alert.call_handling_ready_by_id = person(actor)
    alert.call_handling_ready_at = timezone.now()
    written(alert, "call_handling_ready_by", "call_handling_ready_at")
    noted(actor, alert, "calls_ready", "call_handling_ready_at")
    return alert


@transaction.atomic
def comment(*, actor: Actor, alert_id: int, text: str, form_token: UUID) -> Comment:
    """Say something to everybody in the room. The same `form_token` is the same comment.

    Raises `Refused`, `Invalid`, `NotVisible`.
    """
    alert = hold(actor, alert_id)
    known = Comment.objects.filter(form_token=form_token).first()
    if known is not None:
        if known.alert_id != alert.pk or known.by_id != actor.user_id:
            require(Refusal("token", "This was sent already, for another alert or by somebody else."))
        return known
    require(policies.may_comment(actor, alert))
    need(_words_problems(text, "text", "Write what you want to say."))
    said = Comment.objects.create(
        alert=alert, text=text.strip(), form_token=form_token, by_id=person(actor), at=timezone.now()
    )
    noted(actor, alert, "commented")
    return said


def _words_problems(text: str, name: str, empty: str) -> dict[str, str]:
    if not text.strip():
        return {name: empty}
    return {name: f"Use {LONGEST_WORDS:,} characters or fewer."} if len(text) > LONGEST_WORDS else {}
