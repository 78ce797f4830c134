"""Writing down what a look at outlets showed: proof that it is gone, or that it is not."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from appeals import deadlines
from appeals.channels.base import Sight
from appeals.delivery.claims import SENDER, Claim
from appeals.delivery.outcomes import enter, held
from appeals.enums import ConfirmedBy, PlacementStatus
from appeals.models import Placement
from appeals.states import PLACEMENT
from foundation.calling import CallFailed
from foundation.states import move_many

_P = PlacementStatus


@transaction.atomic
def settle_looked(ended: Mapping[Claim, Sight | CallFailed]) -> None:
    """Gone is confirmed where the outlet can prove it. What is still shown is told again, without an end.

    What could not be seen stays on the clock of its chase.
    """
    now = timezone.now()
    states = held(ended)
    seen = {
        claim: came
        for claim, came in ended.items()
        if isinstance(came, Sight) and states[claim.pk] == _P.TOLD
    }
    gone = [claim for claim, sight in seen.items() if sight is Sight.GONE]
    # A publication that nobody heard the end of may still arrive: absence proves nothing so soon.
    early = [claim.pk for claim in gone if not claim.was_live and claim.status == _P.WITHDRAWING]
    proved = [claim for claim in gone if claim.pk not in early]
    Placement.objects.filter(pk__in=early).update(next_at=deadlines.lease_ends_at(now))
    confirmed = {claim.pk: states[claim.pk] for claim in proved if claim.verifiable}
    if confirmed:
        move_many(
            Placement.objects.all(),
            PLACEMENT,
            _P.TOLD,
            _P.CONFIRMED,
            actor=SENDER,
            changes={
                "confirmed_gone_at": now,
                "confirmed_by": ConfirmedBy.FETCH,
                "next_at": None,
                "updated_at": now,
            },
            held=confirmed,
        )
    enter(confirmed, "seen_gone", now=now)
    # Our copy there is gone; of the copies that others took nobody can say.
    copied = [claim.pk for claim in proved if not claim.verifiable]
    Placement.objects.filter(pk__in=copied).update(next_at=None)
    enter(copied, "gone_there", now=now)
    _still_shown([claim for claim, sight in seen.items() if sight is Sight.SHOWN])


def _still_shown(claims: list[Claim]) -> None:
    now = timezone.now()
    for claim in claims:
        Placement.objects.filter(pk=claim.pk).update(
            still_shown_at=now, next_at=deadlines.tell_again_at(claim.tries, now=now), updated_at=now
        )
    enter([claim.pk for claim in claims], "still_shown", now=now)
