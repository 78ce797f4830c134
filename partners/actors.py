"""Whoever works on one referral by a link: nobody we know, let in by a code to the partner's address."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.accounts.enums import OrganisationKind, Role
from foundation.actors import Actor


@dataclass(frozen=True, slots=True)
class LinkActor(Actor):
    """May do what a worker of the partner may, with this one referral and nothing else."""

    referral_id: int = 0
    session_id: int = 0


def by_link(*, organisation_id: int, referral_id: int, session_id: int, request_id: str = "") -> LinkActor:
    """The actor of one link's session. The trail names the session, as there is no person to name."""
    return LinkActor(
        organisation_id=organisation_id,
        roles=frozenset({Role.PARTNER_WORKER}),
        organisation_kind=OrganisationKind.PARTNER,
        source=f"partners.link:{session_id}",
        request_id=request_id,
        referral_id=referral_id,
        session_id=session_id,
    )
