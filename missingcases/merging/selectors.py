"""People as records of the actor's own force, and what is known of their other records."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from missingcases.matching.models import LikelyPair, PairStatus
from missingcases.matching.selectors import Match, likely_people, wanted_of
from missingcases.merging.models import NotTheSame, PersonMerge
from missingcases.models import Incident, MissingPerson
from missingcases.selectors import records_visible_to

SHOWN = 50
PAIRS_ON_A_PAGE = 20


def people_visible_to(actor: Actor) -> QuerySet[MissingPerson]:
    """The people of the actor's own force of whom they see the record of at least one incident."""
    own = MissingPerson.objects.filter(organisation_id=actor.organisation_id or 0, merged_into__isnull=True)
    return own.filter(pk__in=records_visible_to(actor).values("person_id"))


def person_named(actor: Actor, reference: str) -> MissingPerson:
    """The person of this reference, or the one that its record was merged into. Raises `NotVisible`."""
    row = MissingPerson.objects.filter(reference=reference).first()
    while row is not None and row.merged_into_id is not None:
        row = MissingPerson.objects.get(pk=row.merged_into_id)
    # Asked for nobody too, so that somebody hidden takes no longer than somebody who is not there.
    found = people_visible_to(actor).filter(pk=row.pk if row else 0).first()
    if found is None:
        raise NotVisible(reference)
    return found


def person_opened(actor: Actor, reference: str) -> MissingPerson:
    """As `person_named`; the opening is audited."""
    person = person_named(actor, reference)
    audit.record(actor=actor, action="person.opened", target=person)
    return person


def incidents_of(actor: Actor, person: MissingPerson) -> QuerySet[Incident]:
    """The person's incidents whose record the actor sees, the newest first."""
    return records_visible_to(actor).filter(person=person).order_by("-reported_at", "-pk")


def merges_of(actor: Actor, person: MissingPerson) -> QuerySet[PersonMerge]:
    """Every merge into this person's record, the newest first, for somebody who sees the person."""
    rows = PersonMerge.objects.filter(kept=person, organisation_id=actor.organisation_id or 0)
    return rows.select_related("kept", "gone", "merged_by", "undone_by")


def merge_named(actor: Actor, person: MissingPerson, reference: str) -> PersonMerge:
    """One of the merges into this person's record. Raises `NotVisible`."""
    found = merges_of(actor, person).filter(reference=reference).first()
    if found is None:
        raise NotVisible(reference)
    return found


def told_apart(person_id: int) -> frozenset[int]:
    """The records that are known not to be this person's: decided about it, or about one merged into it."""
    family = _family(person_id)
    pairs = NotTheSame.objects.filter(Q(low_id__in=family) | Q(high_id__in=family)).values_list("low", "high")
    others = {one for pair in pairs for one in pair} - family
    return frozenset(others | {_end(one) for one in others})


def _family(person_id: int) -> set[int]:
    """The record and every one that was merged into it, at whatever remove."""
    found, new = {person_id}, {person_id}
    while new:
        new = set(MissingPerson.objects.filter(merged_into_id__in=new).values_list("pk", flat=True)) - found
        found |= new
    return found


def _end(person_id: int) -> int:
    further = MissingPerson.objects.filter(pk=person_id).values_list("merged_into_id", flat=True).first()
    return person_id if further is None else _end(further)


def likely_duplicates(actor: Actor, person: MissingPerson) -> tuple[Match, ...]:
    """Other records of the force that may be this person's; those known to be somebody else's left out."""
    found = likely_people(actor, wanted_of(person), but={person.pk, *told_apart(person.pk)})
    own = people_visible_to(actor).filter(pk__in=[one.person.pk for one in found.people])
    ids = set(own.values_list("pk", flat=True))
    return tuple(one for one in found.people if one.person.pk in ids)


def since(merge: PersonMerge) -> QuerySet[Incident]:
    """Incidents put on the kept record after the merge: an undo leaves them there."""
    moved = merge.moved.get("missingcases.Incident.person", [])
    later = Incident.objects.filter(person_id=merge.kept_id, created_at__gt=merge.merged_at)
    return later.exclude(pk__in=moved)


@dataclass(frozen=True, slots=True)
class PairCursor:
    """Where a page of pairs ends: score and id of its last pair."""

    score: float
    pair_id: int

    def __str__(self) -> str:
        return f"{self.score}_{self.pair_id}"

    @classmethod
    def read(cls, raw: str) -> PairCursor | None:
        """The cursor of an address, or None where it is none."""
        score, _, number = raw.partition("_")
        try:
            found = cls(float(score), int(number))
        except ValueError:
            return None
        return found if abs(found.score) < 1e6 and 0 < found.pair_id < 1 << 63 else None


def pairs_visible_to(actor: Actor) -> QuerySet[LikelyPair]:
    """The force's likely pairs of which the actor sees both records; a merged record is not shown."""
    people = people_visible_to(actor).values("pk")
    rows = LikelyPair.objects.filter(organisation_id=actor.organisation_id or 0)
    return rows.filter(first_id__in=people, second_id__in=people)


def pairs_page(
    actor: Actor, status: PairStatus, after: PairCursor | None
) -> tuple[list[LikelyPair], PairCursor | None]:
    """A page of the pairs in `status`, likeliest first, and the cursor of the next. Audited as one read."""
    apart = NotTheSame.objects.filter(low_id=OuterRef("first_id"), high_id=OuterRef("second_id"))
    rows = pairs_visible_to(actor).filter(~Exists(apart), status=status)
    if after is not None:
        rows = rows.filter(Q(score__lt=after.score) | Q(score=after.score, pk__lt=after.pair_id))
    told = ("aliases", "phones", "addresses")
    rows = rows.select_related("first", "second", "decided_by").prefetch_related(
        *(f"{side}__{name}" for side in ("first", "second") for name in told)
    )
    found = list(rows.order_by("-score", "-pk")[: PAIRS_ON_A_PAGE + 1])
    shown = found[:PAIRS_ON_A_PAGE]
    ids = sorted({one for pair in shown for one in (pair.first_id, pair.second_id)})
    audit.record(actor=actor, action="person.pairs_listed", target=MissingPerson, target_ids=ids)
    more = len(found) > PAIRS_ON_A_PAGE
    return shown, PairCursor(shown[-1].score, shown[-1].pk) if more else None


def pair_opened(actor: Actor, pair_id: int) -> LikelyPair:
    """One of those pairs. Raises `NotVisible`."""
    rows = pairs_visible_to(actor).select_related("first", "second")
    found = rows.filter(pk=pair_id).first()
    if found is None:
        raise NotVisible(f"pair {pair_id}")
    return found


def pairs_told_apart(organisation_id: int) -> set[tuple[int, int]]:
    """Every pair of the organisation's records known to be two people, the earlier record first.

    A decision about a record that was merged since counts for the one it was merged into.
    """
    merged = MissingPerson.objects.filter(organisation_id=organisation_id, merged_into__isnull=False)
    further = dict(merged.values_list("pk", "merged_into_id"))

    def end(person_id: int) -> int:
        while person_id in further:
            person_id = further[person_id]
        return person_id

    decided = NotTheSame.objects.filter(low__organisation_id=organisation_id).values_list("low_id", "high_id")
    ends = ((end(low), end(high)) for low, high in decided)
    return {(min(pair), max(pair)) for pair in ends}


def organisations_to_look_in() -> list[int]:
    """Ids of the organisations that may have records of one person twice."""
    return list(Organisation.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True))
