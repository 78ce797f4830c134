"""The ways of what hangs on an incident: actions, transfers, releases, uploaded files."""

from __future__ import annotations

from typing import Any

from foundation.access import Refusal
from foundation.accounts.enums import HELPLINE, POLICE, RECORD_READERS, SUPERVISORS, Role
from foundation.actors import Actor
from foundation.states import StateTable, Transition
from missingcases.enums import ActionStatus, ReleaseKind, ReleaseStatus, ScanStatus, TransferStatus
from missingcases.states.guards import only

_SYSTEM = frozenset({Role.SYSTEM})
_MANAGER = frozenset({Role.CHARITY_MANAGER})

_owner_of_action = only(
    "owner_of_action",
    lambda row, actor: actor.is_system or actor.organisation_id == row.owner_id,
    "not_owner",
    "Only the organisation that holds the action can do this.",
)
ACTION_WORKERS: frozenset[Role] = RECORD_READERS | HELPLINE | _SYSTEM | {Role.PARTNER_WORKER}
ACTION = StateTable(
    name="missingcases.Action",
    states=tuple(ActionStatus.values),
    initial=(ActionStatus.OPEN,),
    lock_root="incident",
    transitions=(
        Transition(
            ActionStatus.OPEN, ActionStatus.DONE, ACTION_WORKERS, "action.done", guard=_owner_of_action
        ),
        Transition(
            ActionStatus.OPEN,
            ActionStatus.NOT_NEEDED,
            ACTION_WORKERS,
            "action.not_needed",
            guard=_owner_of_action,
            reason_required=True,
        ),
    ),
)

_receiver = only(
    "receiver",
    lambda row, actor: (
        actor.organisation_id == row.to_organisation_id and row.to_user_id in {None, actor.user_id}
    ),
    "not_receiver",
    "Only the force it was offered to can answer.",
)
_offerer = only(
    "offerer",
    lambda row, actor: actor.is_system or actor.organisation_id == row.from_organisation_id,
    "not_owner",
    "Only the force that offered it can withdraw it.",
)
TRANSFER = StateTable(
    name="missingcases.Transfer",
    states=tuple(TransferStatus.values),
    initial=(TransferStatus.OFFERED,),
    lock_root="incident",
    transitions=(
        Transition(
            TransferStatus.OFFERED,
            TransferStatus.ACCEPTED,
            SUPERVISORS,
            "transfer.accepted",
            guard=_receiver,
        ),
        Transition(
            TransferStatus.OFFERED,
            TransferStatus.DECLINED,
            SUPERVISORS,
            "transfer.declined",
            guard=_receiver,
            reason_required=True,
        ),
        Transition(
            TransferStatus.OFFERED,
            TransferStatus.WITHDRAWN,
            SUPERVISORS | _SYSTEM,
            "transfer.withdrawn",
            guard=_offerer,
        ),
    ),
)


def _decider(row: Any, actor: Actor) -> Refusal | None:
    # After a restore our own machinery takes back again what had been taken back; it approves nothing.
    taken_back_again = actor.is_system and row.status == ReleaseStatus.APPROVED
    if row.kind == ReleaseKind.THREAT_TO_LIFE and not taken_back_again:
        if not actor.holds(_MANAGER):
            return Refusal("role", "A duty manager approves a threat to life.")
        if actor.user_id == row.author_id:
            return Refusal("same_person", "Somebody other than the author must approve this.")
    if actor.is_system or actor.organisation_id == row.from_organisation_id:
        return None
    return Refusal("not_owner", "Only the releasing organisation decides.")


_DECIDERS = POLICE | _MANAGER | _SYSTEM
RELEASE = StateTable(
    name="missingcases.Release",
    states=tuple(ReleaseStatus.values),
    initial=(ReleaseStatus.DRAFT,),
    lock_root="incident",
    transitions=(
        # A service that a system of the force asks for takes its own release.
        Transition(
            ReleaseStatus.DRAFT,
            ReleaseStatus.APPROVED,
            _DECIDERS | {Role.API_CLIENT},
            "release.approved",
            guard=_decider,
        ),
        Transition(
            ReleaseStatus.DRAFT,
            ReleaseStatus.REFUSED,
            _DECIDERS,
            "release.refused",
            guard=_decider,
            reason_required=True,
        ),
        Transition(
            ReleaseStatus.APPROVED,
            ReleaseStatus.REVOKED,
            _DECIDERS,
            "release.revoked",
            guard=_decider,
            reason_required=True,
        ),
    ),
)

ATTACHMENT_SCAN = StateTable(
    name="missingcases.Attachment",
    field="scan_status",
    states=tuple(ScanStatus.values),
    initial=(ScanStatus.WAITING, ScanStatus.CLEAN),
    lock_root="incident",
    transitions=(
        Transition(ScanStatus.WAITING, ScanStatus.CLEAN, _SYSTEM, "attachment.scanned"),
        Transition(ScanStatus.WAITING, ScanStatus.REFUSED, _SYSTEM, "attachment.refused"),
    ),
)
