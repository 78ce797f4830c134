"""Noting who read what of a child: the board, a referral, and what the force passed on."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from foundation.actors import Actor
from foundation.audit import services as audit
from rhi.models import InterviewerProfile, Referral, Visit
from rhi.selectors.telling import passed_on

_CONTENT = ("carer", "safe_contact", "needs", "worker_safety", "attempts")


@transaction.atomic
def record_board(*, actor: Actor, ids: Iterable[int]) -> None:
    """One entry for a list, with the ids that were on it."""
    audit.record(actor=actor, action="rhi.board_read", target=Referral, target_ids=list(ids))


@transaction.atomic
def record_opened(*, actor: Actor, referral: Referral, is_content: bool) -> None:
    """A referral was opened: its content, or how it stands. The force's own copy is noted for the force."""
    audit.record(
        actor=actor,
        action="rhi.opened" if is_content else "rhi.progress_read",
        target=referral,
        incident_id=referral.incident_id,
        fields=_CONTENT if is_content else ("status",),
    )
    told = passed_on(referral) if is_content else {}
    if told and referral.release is not None:
        audit.record(
            actor=actor,
            action="release.read",
            target=referral.release,
            incident_id=referral.incident_id,
            on_behalf_of_id=referral.release.from_organisation_id,
            fields=sorted(told),
        )


@transaction.atomic
def record_visit_opened(*, actor: Actor, visit: Visit) -> None:
    """Somebody read where a worker is."""
    audit.record(
        actor=actor,
        action="rhi.visit_read",
        target=visit,
        incident_id=visit.referral.incident_id,
        fields=("place", "with_whom"),
    )


@transaction.atomic
def record_profiles_read(*, actor: Actor, ids: Iterable[int]) -> None:
    """The interviewers' profiles were read."""
    audit.record(actor=actor, action="rhi.profiles_read", target=InterviewerProfile, target_ids=list(ids))
