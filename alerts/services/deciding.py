"""The steps from a proposal to the public, and the ways out of it before anything was sent."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from alerts import policies, selectors
from alerts.enums import AlertStatus, CancelReason
from alerts.models import ChildRescueAlert
from alerts.services.common import hold, need, noted, person, reason_of, set_yes_aside, written
from alerts.services.content import details_of
from alerts.services.releasing import release_to_unit
from alerts.states import ALERT
from foundation.access import require
from foundation.actors import Actor
from foundation.states import move_held
from missingcases.services.common import one_of


@transaction.atomic
def authorise_alert(*, actor: Actor, alert_id: int, version: int | None = None) -> ChildRescueAlert:
    """Say yes for the force to what it says now. The national unit sees it from then on.

    Give the `version` that was shown, so that nobody says yes to what they have not read. Raises `Refused`,
    `NotVisible`, `Conflict`.
    """
    alert = hold(actor, alert_id, version=version)
    require(policies.may_authorise(actor, alert))
    move_held(
        alert,
        ALERT,
        AlertStatus.FORCE_AUTHORISED,
        actor=actor,
        changes={"authorised_by_id": person(actor), "authorised_at": timezone.now()},
    )
    content = selectors.newest_content(alert)
    if content is not None:
        release_to_unit(actor, alert, details_of(content, []))
    return alert


@transaction.atomic
def agree_alert(*, actor: Actor, alert_id: int, version: int | None = None) -> ChildRescueAlert:
    """Agree nationally [7]. An agreement by telephone that nobody witnessed is set aside.

    Raises `Refused`, `NotVisible`, `Conflict`.
    """
    alert = hold(actor, alert_id, version=version)
    require(policies.may_agree(actor, alert))
    alert.telephone_agreements.filter(is_void=False).update(is_void=True)
    move_held(
        alert,
        ALERT,
        AlertStatus.NCA_AGREED,
        actor=actor,
        changes={"agreed_by_id": person(actor), "agreed_at": timezone.now()},
    )
    return alert


@transaction.atomic
def decline_alert(
    *, actor: Actor, alert_id: int, reason: str, version: int | None = None
) -> ChildRescueAlert:
    """Say no, and why: whoever would have said yes next.

    Raises `Refused`, `Invalid`, `NotVisible`, `Conflict`.
    """
    alert = hold(actor, alert_id, version=version)
    require(policies.may_decline(actor, alert))
    words = reason_of(reason)
    move_held(
        alert,
        ALERT,
        AlertStatus.DECLINED,
        actor=actor,
        reason=words,
        changes={"declined_reason": words, "ended_by_id": person(actor), "ended_at": timezone.now()},
    )
    return alert


@transaction.atomic
def ask_again(*, actor: Actor, alert_id: int, reason: str, version: int | None = None) -> ChildRescueAlert:
    """Set every yes aside, so that all are asked again; police who do so become its proposer.

    That is the way on when somebody who said yes has been suspended since. Raises `Refused`, `Invalid`,
    `NotVisible`, `Conflict`.
    """
    alert = hold(actor, alert_id, version=version)
    require(policies.may_ask_again(actor, alert))
    set_yes_aside(actor, alert, reason=reason_of(reason))
    if actor.organisation_id == alert.force_id:
        alert.proposed_by_id = person(actor)
        written(alert, "proposed_by")
        noted(actor, alert, "taken_over", "proposed_by")
    return alert


@transaction.atomic
def call_off(*, actor: Actor, alert_id: int, cancel_reason: str) -> ChildRescueAlert:
    """End an alert of which nothing was sent. It carries no version: nobody's edit may hold it up.

    Raises `Refused`, `Invalid`, `NotVisible`.
    """
    alert = hold(actor, alert_id)
    require(policies.may_call_off(actor, alert))
    one_of(CancelReason, cancel_reason, "cancel_reason")
    if alert.is_rehearsal and cancel_reason in {CancelReason.FOUND_SAFE, CancelReason.FOUND_DECEASED}:
        need({"cancel_reason": "A rehearsal is about nobody. Choose another reason."})
    end_before_issue(actor, alert, cancel_reason=cancel_reason)
    return alert


def end_before_issue(actor: Actor, alert: ChildRescueAlert, *, cancel_reason: str) -> None:
    """Cancel an alert that the caller's transaction holds and of which nothing was sent."""
    move_held(
        alert,
        ALERT,
        AlertStatus.CANCELLED,
        actor=actor,
        changes={"cancel_reason": cancel_reason, "ended_by_id": actor.user_id, "ended_at": timezone.now()},
    )
