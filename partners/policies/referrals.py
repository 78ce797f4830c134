"""Who refers somebody, who reads a referral, and what each side may do with it."""

from __future__ import annotations

from foundation.access import Refusal, holds_any
from foundation.accounts.enums import OrganisationKind
from foundation.actors import Actor
from missingcases.models import Incident
from missingcases.policies import has_held_release, may_write, sees_record, standing
from partners.actors import LinkActor
from partners.enums import CAME_BACK, HELD, SEARCHES, SHOWN, ReferralStatus
from partners.models import Profile, Referral
from partners.states import PARTNER, READERS, REFERRAL, SENDERS, STOPS

NOT_VISIBLE = Refusal("not_visible", "You cannot see this referral.")
NOT_YOURS = "A missing person coordinator, or the charity's caseworkers and family support, refer somebody."
_NOT_ASKED = Refusal("not_asked", "Its sender does not ask for this any more.")
_S = ReferralStatus


def may_refer(actor: Actor, incident: Incident) -> Refusal | None:
    """Whether `actor` may refer this incident's person to a partner now.

    The force from its record; the charity where something of the incident is released to it.
    """
    if (refusal := holds_any(actor, SENDERS, NOT_YOURS)) is not None:
        return refusal
    if actor.organisation_kind == OrganisationKind.CHARITY:
        if not (standing(actor, incident) or has_held_release(actor, incident)):
            return NOT_VISIBLE
    elif (refusal := may_write(actor, incident)) is not None:
        return refusal
    return _still(incident)


def _still(incident: Incident) -> Refusal | None:
    probe = Referral(incident=incident, status=ReferralStatus.DRAFT, takes=next(iter(sorted(SEARCHES))))
    found = REFERRAL.by_pair[_S.DRAFT, _S.SENT].guard
    refusal = found(probe, Actor.nobody()) if found else None
    # Support may begin for somebody who was found; nothing may for the dead.
    return refusal if refusal is not None and refusal.code == "deceased" else None


def may_refer_to(profile: Profile | None, takes: str) -> Refusal | None:
    """Whether this partner takes such a referral now."""
    if profile is None or not profile.is_active or not profile.organisation.is_active:
        return Refusal("partner_inactive", "This partner takes no referrals now.")
    if takes not in profile.takes:
        return Refusal("not_taken", "This partner does not take this. Choose another.")
    return None


def is_of_sender(actor: Actor, referral: Referral) -> bool:
    """Whether `actor` is of the sending side and may know of this incident.

    A force that an incident went to answers for what the former one sent: somebody must.
    """
    if not actor.holds(READERS):
        return False
    incident = referral.incident
    if actor.organisation_kind == OrganisationKind.CHARITY:
        ours = actor.organisation_id == referral.sender_id
        return ours and (bool(standing(actor, incident)) or has_held_release(actor, incident))
    if referral.sender.kind != OrganisationKind.POLICE_FORCE:
        return False
    ours = actor.organisation_id in {referral.sender_id, incident.owner_id}
    return ours and sees_record(actor, incident)


def is_of_partner(actor: Actor, referral: Referral) -> bool:
    """Whether `actor` works for the partner and the referral was sent to them."""
    if actor.organisation_id != referral.partner_id or referral.sent_at is None:
        return False
    if isinstance(actor, LinkActor):
        return actor.referral_id == referral.pk
    known = actor.user_id is not None or actor.client_id is not None
    return known and actor.holds(PARTNER)


def may_send(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` may send this draft."""
    if not is_of_sender(actor, referral):
        return NOT_VISIBLE
    return REFERRAL.may(referral, _S.SENT, actor)


def may_withdraw(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` may take it back: the sending side, at any time before it has ended."""
    if not (actor.is_system or is_of_sender(actor, referral)):
        return NOT_VISIBLE
    return REFERRAL.may(referral, _S.WITHDRAWN, actor)


def may_answer(actor: Actor, referral: Referral, to: str) -> Refusal | None:
    """Whether `actor` may move it for the partner: accept, reject, begin, complete, give back."""
    if not is_of_partner(actor, referral):
        return NOT_VISIBLE
    if to == _S.RETURNED and referral.status not in HELD:
        return _not_held(referral)
    refusal = REFERRAL.may(referral, to, actor)
    # That somebody was found, or has died, is not the partner's to know.
    return _NOT_ASKED if refusal is not None and refusal.code in STOPS else refusal


def _not_held(referral: Referral) -> Refusal:
    waits = referral.status == _S.SENT
    return Refusal("not_held", "Accept the referral first." if waits else "It has ended.")


def may_report_progress(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` may say how it goes on."""
    if not is_of_partner(actor, referral):
        return NOT_VISIBLE
    return None if referral.status in HELD else _not_held(referral)


def may_read_content(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` may read who the person is: the sender always, the partner while it is open."""
    if is_of_sender(actor, referral):
        return None
    if not is_of_partner(actor, referral):
        return NOT_VISIBLE
    if referral.status not in SHOWN:
        return Refusal("ended", "This referral has ended. What was sent with it is no longer shown.")
    return None


def may_settle(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` may say that what came back has been dealt with."""
    if not is_of_sender(actor, referral):
        return NOT_VISIBLE
    if (refusal := holds_any(actor, SENDERS, NOT_YOURS)) is not None:
        return refusal
    if referral.status not in CAME_BACK or referral.settled_at is not None:
        return Refusal("nothing_to_settle", "Nothing waits for you here.")
    return None


def may_resend(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` may have the link to it sent anew: the earlier one ends."""
    if not is_of_sender(actor, referral):
        return NOT_VISIBLE
    if (refusal := holds_any(actor, SENDERS, NOT_YOURS)) is not None:
        return refusal
    if referral.status not in SHOWN:
        return Refusal("ended", "This referral has ended.")
    return None


def may_take_over(actor: Actor, referral: Referral) -> Refusal | None:
    """Whether `actor` may become the one who answers for it on the sender's side."""
    if not is_of_sender(actor, referral):
        return NOT_VISIBLE
    if (refusal := holds_any(actor, SENDERS, NOT_YOURS)) is not None:
        return refusal
    answers = referral.sent_by_id or referral.drafted_by_id
    if actor.user_id is None or (actor.user_id == answers and actor.organisation_id == referral.sender_id):
        return Refusal("yours", "You answer for this referral already.")
    return None if referral.is_open else Refusal("ended", "This referral has ended.")
