"""Transfers between forces: the owner changes only when the other force accepts."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Team
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.events.services import publish
from foundation.exceptions import NotVisible
from foundation.states import move
from missingcases import events
from missingcases.deadlines import ANSWER_TRANSFER_WITHIN
from missingcases.enums import OPEN, Audience, AudienceKind, TransferStatus
from missingcases.models import AudienceRow, Incident, Transfer
from missingcases.policies import may_answer_transfer, may_offer_transfer, may_withdraw_transfer, sees_record
from missingcases.services.audience import add_named, revoke, sync
from missingcases.services.common import for_writing, lock_incident, refuse, works_for
from missingcases.services.handover import hand_person_over
from missingcases.services.timeline import add_timeline_entry
from missingcases.states import TRANSFER
from missingcases.system import STOPS


@transaction.atomic
def offer_transfer(
    *, actor: Actor, incident_id: int, to_organisation_id: int, reason: str, to_user_id: int | None = None
) -> Transfer:
    """Offer an open incident to another force; it stays ours until they accept."""
    incident = for_writing(actor, incident_id)
    require(may_offer_transfer(actor, incident))
    problems: dict[str, str] = {}
    known = accounts.forces()
    if to_organisation_id == incident.owner_id or not known.filter(pk=to_organisation_id).exists():
        problems["to_organisation"] = "Choose another force."
    if incident.is_restricted and to_user_id is None:
        problems["to_user"] = "A restricted incident is offered to one named person."
    if to_user_id is not None and not works_for(to_user_id, to_organisation_id):
        problems["to_user"] = "This person does not work for that force."
    if not reason.strip():
        problems["reason"] = "Say why. The other force reads this."
    if incident.transfers.filter(status=TransferStatus.OFFERED).exists():
        problems["to_organisation"] = "It is offered already. Withdraw that offer first."
    refuse(problems)
    now = timezone.now()
    transfer = Transfer.objects.create(
        incident=incident,
        from_organisation_id=incident.owner_id,
        to_organisation_id=to_organisation_id,
        to_user_id=to_user_id,
        reason=reason.strip(),
        offered_by_id=actor.user_id,
        offered_at=now,
        answer_by=now + ANSWER_TRANSFER_WITHIN,
    )
    sync(incident)
    audit.record(
        actor=actor, action="transfer.offered", target=transfer, incident_id=incident.pk, reason=reason
    )
    _tell(actor, incident, transfer, "transfer.offered", "Offered to another force")
    return transfer


@transaction.atomic
def accept_transfer(*, actor: Actor, transfer_id: int, owner_unit_id: int | None = None) -> Transfer:
    """Take the incident over: from this commit on it is ours, and the offering force sees it no more.

    A restricted incident stays restricted, with whoever accepts as its first named person. Raises
    `Refused` where it is open no more, `Invalid`, `NotVisible`.
    """
    transfer, incident = _locked(actor, transfer_id)
    require(may_answer_transfer(actor, transfer))
    if incident.status not in OPEN:
        raise Refused(Refusal("not_open", "Only an open incident is transferred."))
    _check_acceptance(incident, transfer, owner_unit_id)
    accepted = move(transfer, TRANSFER, TransferStatus.ACCEPTED, actor=actor, changes=_decided(actor))
    hand_person_over(incident, to_organisation_id=transfer.to_organisation_id)
    incident.owner_id = transfer.to_organisation_id
    incident.owner_unit_id, incident.owner_officer_id = owner_unit_id, None
    incident.version += 1
    incident.save(update_fields=["person", "owner", "owner_unit", "owner_officer", "version", "updated_at"])
    _hand_over_names(incident, transfer, actor)
    sync(incident)
    audit.record(
        actor=actor,
        action="incident.transferred",
        target=incident,
        incident_id=incident.pk,
        fields=["owner", "person"],
    )
    _tell(actor, incident, transfer, "transfer.accepted", "Transferred to another force")
    publish(
        events.IncidentTransferred(
            incident_id=incident.pk,
            at=timezone.now(),
            from_organisation_id=transfer.from_organisation_id,
            to_organisation_id=transfer.to_organisation_id,
        )
    )
    return accepted


def _check_acceptance(incident: Incident, transfer: Transfer, owner_unit_id: int | None) -> None:
    units = Team.objects.filter(organisation_id=transfer.to_organisation_id)
    if owner_unit_id is not None and not units.filter(pk=owner_unit_id).exists():
        refuse({"owner_unit": "Choose a unit of your own force."})
    same = Incident.objects.filter(
        owner_id=transfer.to_organisation_id, force_reference=incident.force_reference
    )
    if incident.force_reference and same.exists():
        refuse({"force_reference": "Your force has another incident with this force reference."})


def _hand_over_names(incident: Incident, transfer: Transfer, actor: Actor) -> None:
    named = AudienceRow.objects.filter(incident_id=incident.pk, kind=AudienceKind.NAMED)
    revoke(named.filter(organisation_id=transfer.from_organisation_id))
    if incident.is_restricted and actor.user_id is not None:
        add_named(incident, user_id=actor.user_id, organisation_id=transfer.to_organisation_id)


@transaction.atomic
def decline_transfer(*, actor: Actor, transfer_id: int, reason: str) -> Transfer:
    """Say no, with the reason; the incident stays where it is."""
    transfer, incident = _locked(actor, transfer_id)
    require(may_answer_transfer(actor, transfer))
    return _end(actor, incident, transfer, TransferStatus.DECLINED, reason)


@transaction.atomic
def withdraw_transfer(*, actor: Actor, transfer_id: int, reason: str = "") -> Transfer:
    """Take an unanswered offer back."""
    transfer, incident = _locked(actor, transfer_id)
    require(may_withdraw_transfer(actor, transfer))
    return _end(actor, incident, transfer, TransferStatus.WITHDRAWN, reason)


def withdraw_for_stop(incident: Incident) -> None:
    """The incident is no longer open: an offer still waiting ends with it."""
    for transfer in incident.transfers.filter(status=TransferStatus.OFFERED):
        _end(STOPS, incident, transfer, TransferStatus.WITHDRAWN, "")


def _end(actor: Actor, incident: Incident, transfer: Transfer, to: TransferStatus, reason: str) -> Transfer:
    changes = {**_decided(actor), "decision_reason": reason.strip()}
    ended = move(transfer, TRANSFER, to, actor=actor, reason=reason, changes=changes)
    sync(incident)
    _tell(actor, incident, transfer, f"transfer.{to.value}", f"Offer to another force {to.label.lower()}")
    return ended


def _decided(actor: Actor) -> dict[str, object]:
    return {"decided_by_id": actor.user_id, "decided_at": timezone.now()}


def _tell(actor: Actor, incident: Incident, transfer: Transfer, kind: str, summary: str) -> None:
    add_timeline_entry(
        incident_id=incident.pk,
        kind=kind,
        actor=actor,
        audience=Audience.OWNER,
        summary=summary,
        subject=("missingcases.Transfer", transfer.pk),
    )


def _locked(actor: Actor, transfer_id: int) -> tuple[Transfer, Incident]:
    found = Transfer.objects.filter(pk=transfer_id).values_list("incident_id", flat=True).first()
    if found is None:
        raise NotVisible(f"transfer {transfer_id}")
    incident = lock_incident(found)
    transfer = Transfer.objects.select_for_update(no_key=True).get(pk=transfer_id)
    sides = {transfer.from_organisation_id, transfer.to_organisation_id}
    if actor.organisation_id not in sides or not sees_record(actor, incident):
        raise NotVisible(f"transfer {transfer_id}")
    transfer.incident = incident
    return transfer, incident
