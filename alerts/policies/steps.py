"""Who may take the steps from a proposal to the public: four different people.

Sight is not asked here: an alert that an actor does not see is not found (`selectors.visible_to`).
"""

from __future__ import annotations

from django.conf import settings

from alerts.enums import AlertStatus
from alerts.models import AlertContent, ChildRescueAlert, TelephoneAgreement
from alerts.policies.people import fallen, had_a_part
from alerts.policies.readiness import not_ready
from alerts.policies.sides import is_missing, of_charity, of_charity_who_hears, of_force, of_unit
from alerts.states import ALERT
from foundation.access import Refusal
from foundation.actors import Actor

_S = AlertStatus


def _standing_agreement(alert: ChildRescueAlert) -> TelephoneAgreement | None:
    return TelephoneAgreement.objects.filter(alert_id=alert.pk, is_void=False).first()


def may_authorise(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Say yes for the force: of the rank that the alert asks for, and not the proposer."""
    return (
        of_force(actor, alert)
        or ALERT.may(alert, _S.FORCE_AUTHORISED, actor)
        or had_a_part(actor, alert)
        or is_missing(alert)
        or fallen(alert)
        or not_ready(alert)
    )


def may_agree(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Agree nationally, here: an officer of the national unit."""
    return of_unit(actor) or _may_be_agreed(actor, alert)


def _may_be_agreed(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    return (
        ALERT.may(alert, _S.NCA_AGREED, actor)
        or had_a_part(actor, alert)
        or is_missing(alert)
        or fallen(alert)
        or not_ready(alert)
    )


def may_record_agreement(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Record that the national unit agreed by telephone: a duty manager of the charity."""
    if (refusal := of_charity(actor) or _may_be_agreed(actor, alert)) is not None:
        return refusal
    if not settings.ALERT_DIRECTORY_NUMBERS:
        return Refusal(
            "no_directory", "No directory number is set up (ALERT_DIRECTORY_NUMBERS): ask whoever runs this."
        )
    if _standing_agreement(alert) is not None:
        return Refusal("recorded", "An agreement by telephone is recorded. Somebody else witnesses it.")
    return None


def may_witness(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Witness it: another of the charity who heard the call; a caseworker where they were named as that."""
    if (refusal := of_charity_who_hears(actor) or _may_be_agreed(actor, alert)) is not None:
        return refusal
    agreement = _standing_agreement(alert)
    if agreement is None:
        return Refusal("not_recorded", "No agreement by telephone is recorded yet.")
    if agreement.recorded_by_id == actor.user_id:
        return Refusal("other_person", "You recorded it. Somebody else who heard the call witnesses it.")
    return None if agreement.asked_id == actor.user_id else of_charity(actor)


def may_take_back_agreement(actor: Actor, alert: ChildRescueAlert) -> Refusal | None:
    """Set a recorded agreement aside before it is witnessed: a duty manager of the charity."""
    if (refusal := of_charity(actor)) is not None:
        return refusal
    if alert.status != _S.FORCE_AUTHORISED or _standing_agreement(alert) is None:
        return Refusal("not_recorded", "No agreement by telephone waits for a witness.")
    return None


def may_issue(actor: Actor, alert: ChildRescueAlert, content: AlertContent | None = None) -> Refusal | None:
    """Issue it: a duty manager of the charity who had no other part, and everything still stands.

    Everything is asked anew at that moment: the criteria, who said yes and whether they still may, the
    areas, what it says, and that the force is ready for calls [7]. `content` is the newest version where the
    caller has read it.
    """
    refusal = (
        of_charity(actor)
        or ALERT.may(alert, _S.ISSUED, actor)
        or had_a_part(actor, alert)
        or is_missing(alert)
        or fallen(alert)
        or not_ready(alert, content)
    )
    if refusal is not None:
        return refusal
    if alert.call_handling_ready_at is None:
        return Refusal("calls", "The force has not said yet that it is ready for the public's calls.")
    return None
