"""After a restore: a referral that had ended since the backup is with its sender again, nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foundation.exceptions import NotVisible
from partners.enums import ReferralStatus, ReturnReason, WithdrawReason
from partners.services.common import go, locked
from partners.system import RESTORING

_S = ReferralStatus


def end_again(ids: Mapping[str, Any]) -> bool:
    """It had ended. How is lost, so it comes back to its sender, who asks the partner; a draft is taken back.

    False where the backup is older than the referral itself.
    """
    try:
        referral = locked(ids["referral_id"])
    except NotVisible:
        return False
    if not referral.is_open:
        return True
    if referral.status == _S.DRAFT:
        reason = WithdrawReason.RESTORED
        go(RESTORING, referral, _S.WITHDRAWN, reason=reason.label, withdraw_reason=reason, content="")
    else:
        back = ReturnReason.RESTORED
        go(RESTORING, referral, _S.RETURNED, reason=back.label, return_reason=back)
    return True
