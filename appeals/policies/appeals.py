"""Who may do what with an appeal. Each answers a refusal, or None.

Sight is not asked here: an appeal that an actor does not see is not found (`selectors.appeals_visible_to`).
"""

from __future__ import annotations

from appeals import gates
from appeals.enums import AppealStatus, ConsentStatus, NoPublicity, PlacementStatus
from appeals.models import Appeal, Placement
from appeals.states import APPEAL, AUTHORISED, BEFORE_LIVE, ON_CHANNELS, WITHDRAWERS
from foundation.access import Refusal, holds_any
from foundation.accounts.enums import INSPECTORS, POLICE, PUBLICITY_DESK, OrganisationKind, Role
from foundation.actors import Actor
from missingcases.models import Incident
from missingcases.policies import FAMILY_DANGER

ASKERS = POLICE | {Role.API_CLIENT}
RECORDERS = PUBLICITY_DESK | POLICE
_NOT_CHARITY = "This is for the charity's publicity desk."
_NOT_FORCE = Refusal("organisation", "Only the force that owns the incident can do this.")
_ENDED = Refusal("ended", "This appeal has ended. Ask for a new one.")
_LIVE = Refusal("live", "Pause or withdraw it first: what is on a channel was authorised as it stands.")
_ALERT = Refusal(
    "alert",
    "This is a Child Rescue Alert: change and end it in its launch room. You may withdraw it here.",
)
_LOOK_AGAIN = "A police inspector decides first whether it may be shown again, and says why."
_SECOND = Refusal(
    "second_person", "You wrote this content. A second person at the charity has to publish it."
)


def _charity(actor: Actor, appeal: Appeal) -> Refusal | None:
    if actor.organisation_id != appeal.charity_id:
        return Refusal("organisation", _NOT_CHARITY)
    return holds_any(actor, PUBLICITY_DESK, _NOT_CHARITY)


def _own_side(actor: Actor, appeal: Appeal) -> Refusal | None:
    """Somebody of the force that owns the incident, or of the charity's desk."""
    if actor.organisation_id == appeal.organisation_id:
        return holds_any(actor, ASKERS, "Only police do this for the force.")
    return _charity(actor, appeal)


def may_ask(actor: Actor, incident: Incident) -> Refusal | None:
    """Ask for publicity: people and systems of the owner force, and the charity's desk for what it sees."""
    if not incident.is_open:
        return Refusal("not_open", "The person is not missing any more: nothing is published.")
    if incident.starts_held:
        return Refusal("starts_held", "A supervisor has to confirm this imported incident first.")
    if actor.organisation_kind is OrganisationKind.CHARITY:
        return holds_any(actor, PUBLICITY_DESK, _NOT_CHARITY)
    if actor.organisation_id != incident.owner_id:
        return _NOT_FORCE
    return holds_any(actor, ASKERS, "Police or the charity ask for publicity.")


def may_take_up(actor: Actor, appeal: Appeal) -> Refusal | None:
    """Begin to draft an appeal that was asked for, or was declined."""
    return _charity(actor, appeal) or APPEAL.may(appeal, AppealStatus.DRAFT, actor)


def may_record(actor: Actor, appeal: Appeal) -> Refusal | None:
    """Record a party's view or an answer about consent: either side hears of it first."""
    if not appeal.is_running:
        return _ENDED
    return _own_side(actor, appeal) or holds_any(actor, RECORDERS, "A person records this.")


def may_take_consent(
    actor: Actor, appeal: Appeal, *, by: str, status: str, family_is_danger: bool
) -> Refusal | None:
    """Record this answer: no yes of a family that may be the danger. A no is always heard."""
    if (refusal := may_record(actor, appeal)) is not None:
        return refusal
    is_yes_of_family = by in gates.OF_THE_FAMILY and status == ConsentStatus.GIVEN
    if not (family_is_danger and is_yes_of_family):
        return None
    how = "Their consent counts for nothing; an inspector may override it, with the reason."
    return Refusal(FAMILY_DANGER.code, f"{FAMILY_DANGER.message} {how}")


def may_check_risk(actor: Actor, appeal: Appeal) -> Refusal | None:
    """Record the risk check, the balance and the reasons against publicity."""
    return _ENDED if not appeal.is_running else _charity(actor, appeal)


def may_edit(actor: Actor, appeal: Appeal) -> Refusal | None:
    """Write the content. What is live is corrected by the charity too, and authorised anew first."""
    if not appeal.is_running:
        return _ENDED
    if appeal.is_alert:
        return _ALERT
    if appeal.status in ON_CHANNELS:
        return _LIVE
    return _charity(actor, appeal)


def may_send_again(actor: Actor, appeal: Appeal) -> Refusal | None:
    """Send other content for an appeal that the force's own system sent, while nobody sees it yet."""
    if not appeal.is_running:
        return _ENDED
    if appeal.status in ON_CHANNELS:
        return _LIVE
    if actor.organisation_id != appeal.organisation_id:
        return _NOT_FORCE
    return holds_any(actor, {Role.API_CLIENT}, "A system of the force sends an appeal again.")


def may_offer_photo(actor: Actor, appeal: Appeal) -> Refusal | None:
    """Offer a photo of the record to the charity: police of the owner force."""
    if not appeal.is_running:
        return _ENDED
    if actor.organisation_id != appeal.organisation_id:
        return _NOT_FORCE
    return holds_any(actor, POLICE, "A person of the force offers a photo.")


def may_decline(actor: Actor, appeal: Appeal) -> Refusal | None:
    """Decide against publicity, with a reason: the charity's veto, or a supervisor of the force."""
    return _own_side(actor, appeal) or APPEAL.may(appeal, AppealStatus.DECLINED, actor)


def may_authorise(actor: Actor, appeal: Appeal) -> Refusal | None:
    """Authorise the newest version: a supervisor of the owner force, or above."""
    if actor.organisation_id != appeal.organisation_id:
        return _NOT_FORCE
    return APPEAL.may(appeal, AppealStatus.POLICE_AUTHORISED, actor)


def may_override(actor: Actor, appeal: Appeal) -> Refusal | None:
    """Do without consent, with a reason: an inspector of the owner force, or above."""
    if not appeal.is_running or appeal.status == AppealStatus.LIVE:
        return _ENDED if not appeal.is_running else Refusal("live", "It is published already.")
    if actor.organisation_id != appeal.organisation_id:
        return _NOT_FORCE
    if any(reason in gates.UNYIELDING for reason in appeal.no_publicity):
        label = NoPublicity(
            next(reason for reason in appeal.no_publicity if reason in gates.UNYIELDING)
        ).label
        return Refusal("unyielding", f"Nobody can override this reason: {label}.")
    return holds_any(actor, INSPECTORS, "A police inspector, or above, overrides a missing consent.")


def may_publish(actor: Actor, appeal: Appeal, facts: gates.Facts) -> Refusal | None:
    """Publish or schedule: every gate is open, and somebody else than its writer does it."""
    if appeal.is_alert:
        return _ALERT
    if (refusal := _charity(actor, appeal)) is not None:
        return refusal
    if appeal.status in BEFORE_LIVE and (refusal := gates.closed(facts)) is not None:
        return refusal
    if actor.user_id is not None and actor.user_id == appeal.prepared_by_id:
        return _SECOND
    return APPEAL.may(appeal, AppealStatus.LIVE, actor)


def may_unschedule(actor: Actor, appeal: Appeal) -> Refusal | None:
    """Take back the time that an appeal was to be published at."""
    if appeal.status != AppealStatus.SCHEDULED:
        return Refusal("illegal_move", "It is not scheduled.")
    return _charity(actor, appeal) or APPEAL.may(appeal, AppealStatus.FAMILY_CONSENTED, actor)


def may_pause(actor: Actor, appeal: Appeal) -> Refusal | None:
    """Take it off every channel for a while: the charity, or a supervisor of the force."""
    if appeal.is_alert:
        return _ALERT
    return _own_side(actor, appeal) or APPEAL.may(appeal, AppealStatus.PAUSED, actor)


def may_resume(actor: Actor, appeal: Appeal, facts: gates.Facts) -> Refusal | None:
    """Bring a paused appeal back: every gate has to be open still.

    Where the family may be the danger an inspector looked at it knowing that, whoever else consented.
    """
    if appeal.is_alert:
        return _ALERT
    if (refusal := _charity(actor, appeal)) is not None:
        return refusal
    if appeal.status != AppealStatus.PAUSED:
        return Refusal("illegal_move", "Only a paused appeal can go on.")
    if facts.family_is_danger and not facts.overridden:
        return Refusal(FAMILY_DANGER.code, f"{FAMILY_DANGER.message} {_LOOK_AGAIN}")
    return APPEAL.may(appeal, AppealStatus.LIVE, actor) or gates.closed(facts)


def may_renew(actor: Actor, appeal: Appeal) -> Refusal | None:
    """Let a live or paused appeal go on beyond its time."""
    if appeal.is_alert:
        return _ALERT
    if appeal.status not in ON_CHANNELS:
        return Refusal("illegal_move", "Only a published appeal has a time to renew.")
    return _charity(actor, appeal)


def may_withdraw(actor: Actor, appeal: Appeal) -> Refusal | None:
    """Withdraw it everywhere: one person of either side is enough."""
    if actor.is_system:
        return APPEAL.may(appeal, AppealStatus.WITHDRAWN, actor)
    if actor.organisation_id not in {appeal.organisation_id, appeal.charity_id}:
        return _NOT_FORCE
    return APPEAL.may(appeal, AppealStatus.WITHDRAWN, actor) or holds_any(
        actor, WITHDRAWERS, "This is for police and the charity."
    )


def may_manage_outlets(actor: Actor) -> Refusal | None:
    """Add and change outlets: the charity's publicity desk."""
    if actor.organisation_kind is not OrganisationKind.CHARITY:
        return Refusal("organisation", _NOT_CHARITY)
    return holds_any(actor, PUBLICITY_DESK, _NOT_CHARITY)


def may_settle(actor: Actor, placement: Placement) -> Refusal | None:
    """Tell an outlet again, or record with evidence that it is gone: the charity's publicity desk."""
    if placement.status not in {PlacementStatus.WITHDRAWING, PlacementStatus.TOLD}:
        return Refusal("not_due", "Nothing is owed here: this outlet does not have to take it down.")
    return _charity(actor, placement.appeal)


def may_change_sharing(actor: Actor, organisation_id: int) -> Refusal | None:
    """Say whether a force's appeals are taken from its systems: its inspectors, and the charity's desk."""
    if actor.organisation_kind is OrganisationKind.CHARITY:
        return holds_any(actor, PUBLICITY_DESK, _NOT_CHARITY)
    if actor.organisation_id != organisation_id:
        return _NOT_FORCE
    return holds_any(actor, INSPECTORS, "Only an inspector of the force, or above, may change this.")


def authorisation_is_lost(appeal: Appeal) -> bool:
    """Whether writing its content sends it back to be authorised anew."""
    return appeal.status in AUTHORISED
