"""The ways of a pairing and of a candidate: each side says only what is its own to say."""

from __future__ import annotations

from foundation.access import Refusal
from foundation.accounts.enums import INSPECTORS, Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition
from missingcases.models import Incident
from partners.blind.enums import CandidateStatus as C
from partners.blind.enums import PairingStatus as P
from partners.blind.models import Candidate, Pairing
from partners.blind.putting import why_not_put

HOLDERS = INSPECTORS | {Role.POLICE_COORDINATOR}
PARTNER = frozenset({Role.PARTNER_WORKER})
SYSTEM = frozenset({Role.SYSTEM})
_OTHER_SIDE = Refusal("other_organisation", "This is for the other organisation to say.")


def either_side(pairing: Pairing, actor: Actor) -> Refusal | None:
    """The force or the partner."""
    return None if actor.organisation_id in {pairing.holder_id, pairing.partner_id} else _OTHER_SIDE


def here(candidate: Candidate, actor: Actor) -> Refusal | None:
    """The force that holds the incident; our machinery does so for it."""
    return None if actor.is_system or actor.organisation_id == candidate.pairing.holder_id else _OTHER_SIDE


def there(candidate: Candidate, actor: Actor) -> Refusal | None:
    """The partner, unless the same person spoke for the force."""
    if actor.organisation_id != candidate.pairing.partner_id:
        return _OTHER_SIDE
    if actor.user_id is None or actor.user_id == candidate.here_by_id:
        return Refusal("same_person", "Somebody else confirms for the other side.")
    return None


def may_go_on(candidate: Candidate) -> Refusal | None:
    """Whether the incident may still be put to this partner, and the two may still compare."""
    if candidate.pairing.status != P.ACTIVE:
        return Refusal("pairing_ended", "The two organisations compare no more.")
    incident = Incident.objects.select_related("person").get(pk=candidate.incident_id)
    return why_not_put(incident, candidate.pairing.holder_id)


def here_and_open(candidate: Candidate, actor: Actor) -> Refusal | None:
    """Confirming here: on one's own side, while the incident may be put to the partner."""
    if actor.user_id is None:
        return Refusal("person", "A person confirms.")
    return here(candidate, actor) or may_go_on(candidate)


def there_and_open(candidate: Candidate, actor: Actor) -> Refusal | None:
    """Confirming there. Why a candidate is gone is not told to the partner."""
    if (refusal := there(candidate, actor)) is not None:
        return refusal
    gone = Refusal("gone", "The force has taken this candidate back.")
    return None if may_go_on(candidate) is None else gone


PAIRING = StateTable(
    name="blind.Pairing",
    states=tuple(P.values),
    initial=(P.ACTIVE,),
    transitions=(
        Transition(
            P.ACTIVE, P.ENDED, HOLDERS | PARTNER, "blind.pairing_ended", either_side, reason_required=True
        ),
    ),
)
CANDIDATE = StateTable(
    name="blind.Candidate",
    states=tuple(C.values),
    initial=(C.PROPOSED,),
    lock_root="incident",
    transitions=(
        Transition(C.PROPOSED, C.CONFIRMED_HERE, HOLDERS, "blind.confirmed_here", here_and_open),
        Transition(C.PROPOSED, C.REJECTED, HOLDERS, "blind.rejected_here", here, reason_required=True),
        Transition(C.CONFIRMED_HERE, C.CONFIRMED, PARTNER, "blind.confirmed", there_and_open),
        Transition(
            C.CONFIRMED_HERE, C.REJECTED, PARTNER, "blind.rejected_there", there, reason_required=True
        ),
        Transition(C.PROPOSED, C.WITHDRAWN, SYSTEM, "blind.withdrawn"),
        Transition(
            C.CONFIRMED_HERE, C.WITHDRAWN, HOLDERS | SYSTEM, "blind.withdrawn", here, reason_required=True
        ),
        Transition(C.CONFIRMED, C.WITHDRAWN, HOLDERS | SYSTEM, "blind.withdrawn", here, reason_required=True),
    ),
)
