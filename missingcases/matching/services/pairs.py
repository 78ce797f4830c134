"""What becomes of likely pairs: decided, put off, and following what becomes of the records."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.actors import Actor
from foundation.states import move, move_many
from missingcases.matching import weights
from missingcases.matching.models import UNDECIDED, LikelyPair, PairStatus
from missingcases.matching.scoring import compare
from missingcases.matching.selectors.profiles import profiles_of
from missingcases.matching.states import LIKELY_PAIR

# "Later" is not "never": a pair put off is asked about again after so long.
PUT_OFF_FOR = timedelta(days=14)


@transaction.atomic
def move_pair(*, actor: Actor, pair: LikelyPair, to: PairStatus) -> LikelyPair:
    """Move one pair, with who did it and when. Raises `Refused`."""
    changes = {"decided_at": timezone.now(), "decided_by_id": actor.user_id}
    return move(pair, LIKELY_PAIR, to, actor=actor, changes=changes)


@transaction.atomic
def tell_pair_apart(*, actor: Actor, one_id: int, other_id: int) -> None:
    """Two records are of two people: their pair, if there is one that waits, is decided with it."""
    # Locked as it is found: a night's look may be forgetting it at this moment.
    waiting = _between(one_id, other_id).filter(status__in=UNDECIDED).select_for_update(no_key=True)
    for pair in list(waiting):
        move_pair(actor=actor, pair=pair, to=PairStatus.NOT_THE_SAME)


def follow_merge(keep_id: int, gone_id: int, actor: Actor) -> int:
    """Runs in a merge. The pair of the two is merged; what waited about the other waits about the kept one.

    Rows of the merged record stay, out of sight, for an undo. Whoever was told apart from it is told apart
    from the kept one, so a pair of those two waits no more. Returns how many pairs came over.
    """
    both = _lock({keep_id, gone_id})
    for pair in _between(keep_id, gone_id).exclude(status=PairStatus.MERGED):
        move_pair(actor=actor, pair=pair, to=PairStatus.MERGED)
    stood = {_other(pair, gone_id): pair for pair in both if gone_id in (pair.first_id, pair.second_id)}
    stood.pop(keep_id, None)
    apart = {other for other, pair in stood.items() if pair.status == PairStatus.NOT_THE_SAME}
    waiting = LikelyPair.objects.filter(status__in=UNDECIDED)
    waiting.filter(_of(keep_id), Q(first_id__in=apart) | Q(second_id__in=apart)).delete()
    over = [
        LikelyPair(
            organisation_id=pair.organisation_id,
            first_id=min(keep_id, other),
            second_id=max(keep_id, other),
            score=pair.score,
            reasons=pair.reasons,
        )
        for other, pair in sorted(stood.items())
        if pair.status == PairStatus.TO_DECIDE
    ]
    LikelyPair.objects.bulk_create(over, ignore_conflicts=True)
    return len(over)


def follow_undo(keep_id: int, gone_id: int, actor: Actor) -> None:
    """Runs when a merge is undone: the pair of the two waits again, and what came over is looked at anew."""
    both = _lock({keep_id, gone_id})
    for pair in _between(keep_id, gone_id).filter(status=PairStatus.MERGED):
        move_pair(actor=actor, pair=pair, to=PairStatus.TO_DECIDE)
    known = profiles_of({one for pair in both for one in (pair.first_id, pair.second_id)})
    unlike = [
        pair.pk
        for pair in both
        if pair.status == PairStatus.TO_DECIDE
        and gone_id not in (pair.first_id, pair.second_id)
        and compare(known[pair.first_id], known[pair.second_id]).score < weights.WORTH_SHOWING
    ]
    LikelyPair.objects.filter(pk__in=unlike).delete()


def bring_back_put_off(*, actor: Actor, organisation_id: int) -> int:
    """Put back on the list what was put off long enough; returns how many."""
    rows = LikelyPair.objects.filter(
        organisation_id=organisation_id, decided_at__lt=timezone.now() - PUT_OFF_FOR
    )
    return len(move_many(rows, LIKELY_PAIR, PairStatus.PUT_OFF, PairStatus.TO_DECIDE, actor=actor))


def _lock(people: set[int]) -> list[LikelyPair]:
    rows = LikelyPair.objects.filter(Q(first_id__in=people) | Q(second_id__in=people))
    return list(rows.order_by("first", "second").select_for_update(no_key=True))


def _of(person_id: int) -> Q:
    return Q(first_id=person_id) | Q(second_id=person_id)


def _between(one_id: int, other_id: int) -> QuerySet[LikelyPair]:
    low, high = sorted((one_id, other_id))
    return LikelyPair.objects.filter(first_id=low, second_id=high)


def _other(pair: LikelyPair, person_id: int) -> int:
    return pair.second_id if pair.first_id == person_id else pair.first_id
