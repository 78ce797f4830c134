"""Looking through all people of one organisation for records that are one person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from django.db import transaction

from foundation.actors import Actor
from foundation.audit import services as audit
from missingcases.matching.comparing import Profile
from missingcases.matching.models import UNDECIDED, LikelyPair, PairStatus, PersonKeys
from missingcases.matching.scoring import Comparison, reasons_of
from missingcases.matching.selectors.profiles import profiles_of

CHUNK = 2000
Pair = tuple[int, int]


def find_duplicates(*, actor: Actor, organisation_id: int, but: Collection[Pair] = ()) -> int:
    """Compare the organisation's people and keep the likely pairs; return how many wait to be decided.

    A pair that was decided stays as it was decided; one that is likely no more, or among `but` (the pairs
    that are known to be two people, the earlier record first), is forgotten.
    """
    likely = _likely(_everybody(organisation_id))
    for pair in but:
        likely.pop(pair, None)
    with transaction.atomic():
        own = LikelyPair.objects.filter(organisation_id=organisation_id)
        # In the order in which everybody locks pairs, so that a merge and a night's look never form a ring.
        list(own.order_by("first", "second").select_for_update(no_key=True).values_list("pk", flat=True))
        undecided = own.filter(status__in=UNDECIDED).values_list("pk", "first_id", "second_id")
        gone = [pk for pk, first, second in undecided if (first, second) not in likely]
        own.filter(pk__in=gone).delete()
        LikelyPair.objects.bulk_create(
            [_pair(organisation_id, pair, found) for pair, found in sorted(likely.items())],
            batch_size=CHUNK,
            update_conflicts=True,
            unique_fields=["first", "second"],
            update_fields=["organisation", "score", "reasons"],
        )
        audit.record(actor=actor, action="duplicates.looked_for", target=LikelyPair)
        return own.filter(status=PairStatus.TO_DECIDE).count()


def _pair(organisation_id: int, pair: Pair, found: Comparison) -> LikelyPair:
    return LikelyPair(
        organisation_id=organisation_id,
        first_id=pair[0],
        second_id=pair[1],
        score=round(found.score, 1),
        reasons=list(found.reasons),
    )


def _everybody(organisation_id: int) -> Iterator[tuple[int, Profile]]:
    """Profiles of the organisation's people that an incident is known of: a merged record has none."""
    own = PersonKeys.objects.filter(organisation_id=organisation_id, person__incidents__isnull=False)
    ids = own.order_by("pk").values_list("pk", flat=True).distinct()
    for chunk in _chunks(ids.iterator(chunk_size=CHUNK)):
        yield from sorted(profiles_of(chunk).items())


def _chunks(ids: Iterator[int]) -> Iterator[list[int]]:
    while chunk := list(islice(ids, CHUNK)):
        yield chunk


def _likely(known: Iterable[tuple[int, Profile]]) -> dict[Pair, Comparison]:
    """The pairs that are likely one person."""
    # Loads numpy, which no process that serves pages needs.
    from missingcases.matching.duplicates import Compared

    looked = Compared(known)
    # Fitted anew each night: it takes a fraction of a second, and weights of another day would only be older.
    found = looked.scored(looked.fitted())
    return {pair: Comparison(odds, reasons_of(found.patterns[pair])) for pair, odds in found.scores.items()}
