"""The ways of what hangs on an incident: actions, transfers, uploaded files."""

from __future__ import annotations

from foundation.accounts.enums import HELPLINE, RECORD_READERS, SUPERVISORS, Role
from foundation.states import StateTable, Transition
from missingcases.enums import ActionStatus, ScanStatus, TransferStatus
from missingcases.states.guards import only

_SYSTEM = frozenset({Role.SYSTEM})

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
