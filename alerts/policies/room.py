"""Who may propose an alert and work on it in the launch room.

Sight is not asked here: an alert that an actor does not see is not found (`selectors.visible_to`).
"""

from __future__ import annotations

from alerts.enums import BEFORE_ISSUE, AlertStatus
from alerts.models import ChildRescueAlert
from alerts.policies.sides import is_missing, of_charity, of_force, of_force_or_charity, of_unit
from alerts.states import ALERT
from foundation.access import Refusal, holds_any
from foundation.accounts.enums import POLICE, OrganisationKind
from foundation.actors import Actor
from missingcases.models import Incident

_PROPOSERS = "Police of the force that owns the incident propose an alert. The charity never starts one."
_ENDED = Refusal("ended", "This alert has ended. Police propose a new one.")
_SENT = Refusal("issued", "It is issued already. Send an update instead.")


def may_propose(actor: Actor, incident: Incident | None) -> Refusal | None:
    """Propose one: police of the owner force. Without an incident it is a rehearsal, of any force."""
    owns = incident is None or actor.organisation_id == incident.owner_id
    if actor.organisation_kind is not OrganisationKind.POLICE_FORCE or not owns:
        return Refusal("organisation", _PROPOSERS)
    return holds_any(actor, POLICE, _PROPOSERS) or (_may_be_about(incident) if incident else None)


def _may_be_about(incident: Incident) -> Refusal | None:
    if not incident.is_open:
        return Refusal("not_open", "The child is not missing any more: nothing is sent.")
    if incident.starts_held:
        return Refusal("starts_held", "A supervisor has to confirm this imported incident first.")
    if incident.age_at_report is not None and incident.age_at_report >= 18:
        return Refusal(
            "adult", "The record says that they are 18 or older. Correct the record if it is wrong."
        )
    return None


def _before_issue(alert: ChildRescueAlert) -> Refusal | None:
    if not alert.is_running:
        return _ENDED
    return None if alert.status in BEFORE_ISSUE else _SENT


def may_edit(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Write the next version: the force or the charity. Of an issued alert it is what an update says."""
    if not alert.is_running:
        return _ENDED
    return of_force_or_charity(actor, alert) or is_missing(alert)


def may_choose_areas(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Say where it goes, until it is issued: the force or the charity."""
    return _before_issue(alert) or of_force_or_charity(actor, alert)


def may_check(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Hold a criterion against what is known: the force, until it is issued."""
    return _before_issue(alert) or of_force(actor, alert)


def may_confirm_call_handling(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Say that the force is ready for the public's calls: the force, until it is issued."""
    if (refusal := _before_issue(alert) or of_force(actor, alert)) is not None:
        return refusal
    if alert.call_handling_ready_at is not None:
        return Refusal("done", "The force has said already that it is ready for calls.")
    return None


def may_comment(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Say something in the room: whoever sees it, also after it has ended."""
    if actor.user_id is None:
        return Refusal("role", "A person says something here.")
    return of_force_or_charity(actor, alert) and of_unit(actor)


def may_decline(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Say no, with a reason: whoever would say yes next."""
    if alert.status == AlertStatus.PROPOSED:
        side = of_force(actor, alert)
    elif alert.status == AlertStatus.FORCE_AUTHORISED:
        side = of_unit(actor) and of_charity(actor)
    else:
        side = of_charity(actor)
    return side or ALERT.may(alert, AlertStatus.DECLINED, actor)


def may_ask_again(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Set every yes aside, so that all are asked again: the force or the charity, with a reason."""
    return _before_issue(alert) or of_force_or_charity(actor, alert) or is_missing(alert)


def may_call_off(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """End it before anything was sent: one person of the force or of the charity is enough."""
    if (refusal := _before_issue(alert)) is not None:
        return refusal
    if actor.is_system:
        return None
    return of_force_or_charity(actor, alert) or ALERT.may(alert, AlertStatus.CANCELLED, actor)


def yes_is_lost(alert: ChildRescueAlert) -> bool:
    """Whether a change sends it back to be decided anew: the yes was to other words."""
    return alert.status in {AlertStatus.FORCE_AUTHORISED, AlertStatus.NCA_AGREED}
