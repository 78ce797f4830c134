"""What matching keeps about people: how it follows a merge, answers them, and ends."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.actors import Actor
from foundation.contributions import Merge, Retention, SubjectAccess, SubjectRecord
from foundation.keeping import Holding, subject_access
from missingcases.matching.models import PersonKeys
from missingcases.matching.services.keys import index_people
from missingcases.matching.services.pairs import follow_merge, follow_undo

_PAIRS = "The pair of the two is merged; what waits about the other waits about the kept record."


def _follow_keys(keep_id: int, gone_id: int, actor: Actor) -> int:
    """The kept record is found by all it has now; the other is found no more."""
    PersonKeys.objects.filter(person_id=gone_id).delete()
    return index_people([keep_id])


def _divide_keys(keep_id: int, gone_id: int, actor: Actor) -> None:
    """Both records are found again, each by its own."""
    index_people([keep_id, gone_id])


def _told_with_the_keys(person_ids: Sequence[int], actor: Actor) -> Sequence[SubjectRecord]:
    """Pairs are made of the keys, which are told as one thing for each person."""
    return ()


MERGE = (
    Merge(
        "matching.PersonKeys",
        "person",
        "Made anew from what the kept record has now.",
        _follow_keys,
        _divide_keys,
        made_anew=True,
    ),
    # One run looks after both keys of a pair.
    Merge("matching.LikelyPair", "first", _PAIRS, follow_merge, follow_undo, made_anew=True),
    Merge("matching.LikelyPair", "second", _PAIRS),
)
HOLDINGS = (
    Holding(
        "matching.PersonKeys",
        "person",
        "Keys to search by",
        "person__created_at",
        ("date_of_birth",),
        "organisation",
        "Numbers made of the names (alone and in pairs) and addresses that are told elsewhere here;"
        " they say nothing more.",
    ),
    *(
        Holding(
            "matching.LikelyPair",
            key,
            "Compared with another record",
            "found_at",
            ("status",),
            "organisation",
            "Whom the record was compared with is theirs.",
        )
        for key in ("first", "second")
    ),
)
SUBJECT_ACCESS = (
    *subject_access(HOLDINGS),
    SubjectAccess("matching.NamePair", "person", _told_with_the_keys),
)
_WITH = "Kept as long as the person's record is."
RETENTION = (
    Retention("matching.PersonKeys", "person", _WITH),
    Retention("matching.NamePair", "person", _WITH),
    Retention("matching.LikelyPair", "first", _WITH),
    Retention("matching.LikelyPair", "second", _WITH),
)
