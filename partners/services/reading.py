"""Reading, with its trace: lists, referrals, and what was sent with one."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.actors import Actor
from foundation.audit import services as audit
from missingcases.enums import ReleaseStatus
from missingcases.services import read_release
from partners import policies
from partners.models import Referral
from partners.selectors import content_of


def read_list(*, actor: Actor, ids: Sequence[int]) -> None:
    """A list was read: one entry with its ids."""
    audit.record(actor=actor, action="partners.list_read", target=Referral, target_ids=ids)


def read(*, actor: Actor, referral: Referral) -> dict[str, str]:
    """What was sent with a referral, by name; empty where the actor reads it no more. Raises `NotVisible`.

    A partner's reading is one of the release itself, so that the sender sees who read it and when.
    """
    audit.record(
        actor=actor,
        action="partners.opened",
        target=referral,
        incident_id=referral.incident_id,
        on_behalf_of_id=referral.sender_id,
    )
    if policies.may_read_content(actor, referral) is not None:
        return {}
    release = referral.release
    if release is None or not policies.is_of_partner(actor, referral):
        return content_of(actor, referral)
    if release.status != ReleaseStatus.APPROVED:
        return {}
    return read_release(actor=actor, release_id=release.pk)
