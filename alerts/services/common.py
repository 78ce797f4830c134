"""What every verb needs: the locked incident and alert, and setting a yes aside."""

from __future__ import annotations

from typing import Any

from alerts.enums import AlertStatus
from alerts.models import ChildRescueAlert, TelephoneAgreement
from alerts.policies import yes_is_lost
from alerts.selectors import visible_to
from alerts.states import ALERT
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid, NotVisible
from foundation.states import move_held
from missingcases.services import lock_incident
from missingcases.services.common import check_version

LABEL = "alerts.ChildRescueAlert"
LONGEST_WORDS = 2_000
# Every yes and what it rests on, emptied when all are asked again.
NO_YES: dict[str, Any] = {
    "authorised_by": None,
    "authorised_at": None,
    "agreed_by": None,
    "recorded_by": None,
    "witnessed_by": None,
    "agreed_at": None,
}


def hold(actor: Actor, alert_id: int, *, version: int | None = None) -> ChildRescueAlert:
    """The alert, its incident locked before it, if `actor` sees it; our own machinery reads by id.

    Raises `NotVisible`, and `Conflict` where the alert moved on since `version` was read.
    """
    rows = ChildRescueAlert.objects.all() if actor.is_system else visible_to(actor)
    found = rows.filter(pk=alert_id).values_list("incident_id", flat=True)
    if not found:
        raise NotVisible(f"alert {alert_id}")
    incident = None if found[0] is None else lock_incident(found[0])
    alert = ChildRescueAlert.objects.select_for_update(no_key=True).get(pk=alert_id)
    alert.incident = incident
    check_version(alert, version, {})
    return alert


def written(alert: ChildRescueAlert, *fields: str) -> None:
    """Save these fields of a locked alert with its next version."""
    alert.version += 1
    alert.save(update_fields=[*fields, "version", "updated_at"])


def noted(actor: Actor, alert: ChildRescueAlert, action: str, *fields: str) -> None:
    """An entry in the trail about an alert: names of fields, never what they say."""
    audit.record(
        actor=actor,
        action=f"alerts.{action}",
        target=alert,
        incident_id=alert.incident_id,
        fields=list(fields),
    )


def set_yes_aside(actor: Actor, alert: ChildRescueAlert, *, reason: str = "") -> bool:
    """Back to be decided anew, where somebody had said yes; tells whether it was."""
    if not yes_is_lost(alert):
        return False
    TelephoneAgreement.objects.filter(alert=alert, is_void=False).update(is_void=True)
    move_held(alert, ALERT, AlertStatus.PROPOSED, actor=actor, reason=reason, changes=NO_YES)
    return True


def need(problems: dict[str, str]) -> None:
    """Raise `Invalid` if there is any problem."""
    if problems:
        raise Invalid(problems)


def reason_of(reason: str) -> str:
    """A reason that is not empty. Raises `Invalid`."""
    if not reason.strip():
        raise Invalid({"reason": "Say why. This is kept with the record."})
    return reason.strip()


def person(actor: Actor) -> int:
    """Who acts: every step of an alert is a person's. Raises `Invalid` for machinery."""
    if actor.user_id is None:
        raise Invalid({"actor": "A person has to do this."})
    return actor.user_id
