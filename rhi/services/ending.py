"""What ends a referral before its report: a person, another disappearance, a finding taken back, a death."""

from __future__ import annotations

from django.db import transaction

from foundation.access import require
from foundation.actors import Actor
from foundation.states import move
from missingcases.enums import Outcome
from missingcases.models import Incident
from missingcases.services import lock_incident
from rhi import policies
from rhi.enums import AWAITED, NOT_HELD, EndedBy, ReferralStatus
from rhi.models import Referral
from rhi.services.common import for_work
from rhi.states import REFERRAL
from rhi.system import FOLLOWING

_S = ReferralStatus


@transaction.atomic
def withdraw(*, actor: Actor, referral_id: int, reason: str) -> Referral:
    """Take a referral back: made in error, or offered by somebody else."""
    referral = for_work(actor, referral_id)
    require(policies.may_end(actor, referral, _S.WITHDRAWN))
    changes = {"ended_by": EndedBy.PERSON}
    return move(referral, REFERRAL, _S.WITHDRAWN, actor=actor, reason=reason, changes=changes)


@transaction.atomic
def end_for_missing_again(*, incident_id: int) -> None:
    """The child of this new incident has interviews open from earlier returns: they end, and name it."""
    newer = Incident.objects.get(pk=incident_id)
    earlier = Referral.objects.filter(incident__person_id=newer.person_id, status__in=sorted(AWAITED))
    for row in earlier.filter(clock_start__lte=newer.reported_at).exclude(incident_id=incident_id):
        lock_incident(row.incident_id)
        held = Referral.objects.select_for_update(no_key=True).get(pk=row.pk)
        if held.status in AWAITED:
            changes = {"ended_by": EndedBy.MISSING_AGAIN, "next_incident_id": incident_id}
            move(held, REFERRAL, _S.MISSING_AGAIN, actor=FOLLOWING, changes=changes)


@transaction.atomic
def end_for_taken_back(*, incident_id: int) -> None:
    """The person is to be found again, so they have not returned: the next return opens its own.

    What was said in an interview that was held stays.
    """
    referral = _unheld(incident_id)
    if referral is not None:
        move(
            referral,
            REFERRAL,
            _S.WITHDRAWN,
            actor=FOLLOWING,
            reason="The finding was taken back.",
            changes={"ended_by": EndedBy.FINDING_TAKEN_BACK},
        )


@transaction.atomic
def end_for_death(*, incident_id: int) -> None:
    """The outcome says that the child has died: nothing more is offered to anybody."""
    if lock_incident(incident_id).outcome != Outcome.LOCATED_DECEASED:
        return
    referral = _unheld(incident_id)
    if referral is not None:
        changes = {"ended_by": EndedBy.DECEASED}
        move(referral, REFERRAL, _S.DECEASED, actor=FOLLOWING, changes=changes)


def _unheld(incident_id: int) -> Referral | None:
    lock_incident(incident_id)
    rows = Referral.objects.select_for_update(no_key=True).filter(incident_id=incident_id)
    return rows.filter(status__in=sorted(AWAITED | NOT_HELD)).first()
