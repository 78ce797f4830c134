"""Setting two organisations up to compare, the key that they share, and its end."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.clock import in_london
from foundation.exceptions import Invalid, NotVisible
from foundation.states import move
from partners.blind import policies, selectors
from partners.blind.encoding import new_key
from partners.blind.enums import CandidateStatus, PairingStatus
from partners.blind.models import Candidate, Pairing
from partners.blind.services.deciding import ENDING, withdraw_row
from partners.blind.states import PAIRING

NO_AGREEMENT = (
    "No sharing agreement in force lets your force tell them of a possible match. It must name the field "
    "“possible match”."
)


@transaction.atomic
def start_pairing(*, actor: Actor, partner_id: int) -> Pairing:
    """Make a key for a partner, under the agreement that covers it. Raises `Refused`, `Invalid`."""
    require(policies.may_start(actor))
    partner = selectors.partners_to_pair(actor).filter(pk=partner_id).first()
    if partner is None or actor.organisation_id is None:
        raise Invalid({"partner": "Choose a partner that your force is not paired with."})
    now = timezone.now()
    agreement = selectors.agreement_for(actor.organisation_id, partner.pk, in_london(now).date())
    if agreement is None:
        raise Invalid({"partner": NO_AGREEMENT})
    try:
        with transaction.atomic():
            pairing = Pairing.objects.create(
                holder_id=actor.organisation_id,
                partner=partner,
                agreement=agreement,
                key=new_key(),
                key_made_at=now,
                started_by_id=actor.user_id,
                started_at=now,
            )
    except IntegrityError:
        raise Refused(Refusal("paired", "Your force is paired with this partner already.")) from None
    audit.record(actor=actor, action="blind.pairing_started", target=pairing)
    return pairing


@transaction.atomic
def show_key(*, actor: Actor, pairing_id: int) -> str:
    """The key, this once. Raises `NotVisible`, `Refused`."""
    pairing = locked(actor, pairing_id)
    require(policies.may_take_key(actor, pairing))
    pairing.key_shown_at, pairing.key_shown_to_id = timezone.now(), actor.user_id
    pairing.version += 1
    pairing.save(update_fields=["key_shown_at", "key_shown_to", "version"])
    audit.record(actor=actor, action="blind.key_shown", target=pairing, fields=["key"])
    return pairing.key


@transaction.atomic
def renew_key(*, actor: Actor, pairing_id: int, reason: str) -> Pairing:
    """Replace the key; files made with the old one are refused. Raises `NotVisible`, `Refused`."""
    pairing = locked(actor, pairing_id)
    require(policies.may_renew_key(actor, pairing))
    pairing.key, pairing.key_made_at = new_key(), timezone.now()
    pairing.key_shown_at = pairing.key_shown_to_id = None
    pairing.version += 1
    pairing.save(update_fields=["key", "key_made_at", "key_shown_at", "key_shown_to", "version"])
    audit.record(actor=actor, action="blind.key_renewed", target=pairing, fields=["key"], reason=reason)
    return pairing


@transaction.atomic
def end_pairing(*, actor: Actor, pairing_id: int, reason: str) -> Pairing:
    """Stop comparing: the key goes, and candidates on which not both have decided are withdrawn.

    Raises `NotVisible`, `Refused`.
    """
    pairing = locked(actor, pairing_id)
    changes = {"key": "", "ended_by_id": actor.user_id, "ended_at": timezone.now()}
    done = move(pairing, PAIRING, PairingStatus.ENDED, actor=actor, reason=reason, changes=changes)
    waiting = (CandidateStatus.PROPOSED, CandidateStatus.CONFIRMED_HERE)
    rows = Candidate.objects.filter(pairing=done, status__in=waiting).select_related("incident", "pairing")
    for row in rows.order_by("incident_id", "pk"):
        withdraw_row(row, ENDING, "The two organisations compare no more.")
    return done


def locked(actor: Actor, pairing_id: int) -> Pairing:
    """A pairing of the actor's, locked. Raises `NotVisible`."""
    found = selectors.visible_to(actor).filter(pk=pairing_id).exists()
    row = Pairing.objects.select_for_update(no_key=True).filter(pk=pairing_id).first() if found else None
    if row is None:
        raise NotVisible(f"pairing {pairing_id}")
    return row
