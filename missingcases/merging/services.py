"""Making two records of one person one, and dividing them again.

A merge runs every declared way of `config/contributions.py` in one transaction and keeps, by id, what it
did. An undo puts back exactly that; whatever was written since stays where it was written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from missingcases.enums import Audience
from missingcases.matching.models import LikelyPair, PairStatus
from missingcases.matching.services.duplicates import find_duplicates
from missingcases.matching.services.pairs import bring_back_put_off, move_pair, tell_pair_apart
from missingcases.merging import policies, rows, selectors
from missingcases.merging.models import NotTheSame, PersonMerge
from missingcases.models import Alias, Incident, MissingPerson
from missingcases.names import name_key
from missingcases.services.audience import sync
from missingcases.services.common import check_version
from missingcases.services.people import follow_person
from missingcases.services.timeline import add_timeline_entry

# What the kept record may take over from the other; an age belongs with the day it was guessed on.
TAKEN: dict[str, tuple[str, ...]] = {
    "name": ("given_names", "family_name", "name_key"),
    "date_of_birth": ("date_of_birth",),
    "estimated_age": ("estimated_age", "estimated_on"),
    "sex": ("sex",),
}
_ALIAS = "missingcases.Alias"
_INCIDENTS = "missingcases.Incident.person"


@transaction.atomic
def merge_people(
    *,
    actor: Actor,
    keep: str,
    gone: str,
    reason: str,
    take: Collection[str] = (),
    keep_version: int | None = None,
    gone_version: int | None = None,
) -> PersonMerge:
    """Let everything of the record `gone` follow the record `keep` (references).

    `take` names what is right on the record that goes (`TAKEN`). Raises `NotVisible`, `Refused`, `Invalid`,
    and `Conflict` where one of the records was changed since the versions were read.
    """
    if not reason.strip():
        raise Invalid({"reason": "Say why they are the same person. This is kept with the record."})
    found = [selectors.person_named(actor, one).pk for one in (keep, gone)]
    people = _lock(found)
    kept, other = people[found[0]], people[found[1]]
    require(policies.may_merge(actor, kept, other))
    check_version(kept, keep_version, {})
    check_version(other, gone_version, {})
    merge = PersonMerge(
        organisation_id=kept.organisation_id,
        kept=kept,
        gone=other,
        reason=reason.strip(),
        merged_by_id=actor.user_id,
        merged_at=timezone.now(),
    )
    _follow(merge, actor)
    _take_over(merge, kept, other, take)
    other.merged_into = kept
    _save(other, "merged_into")
    merge.save()
    rows.make_anew(kept.pk, other.pk, actor)
    _tell(merge.moved.get(_INCIDENTS, []), actor, "person.merged", "Two records of the person were made one")
    follow_person(kept)
    audit.record(
        actor=actor, action="person.merged", target=merge, target_ids=[kept.pk, other.pk], reason=reason
    )
    return merge


def _lock(ids: Collection[int]) -> dict[int, MissingPerson]:
    """The people, after every incident of theirs: the order in which every verb locks."""
    of_both = Incident.objects.filter(person_id__in=ids).order_by("pk")
    locked = list(of_both.select_for_update(no_key=True).values_list("pk", flat=True))
    people = MissingPerson.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    found = {row.pk: row for row in people}
    if list(of_both.values_list("pk", flat=True)) != locked:
        raise Refused(Refusal("changed", "An incident was added meanwhile. Look at both records again."))
    return found


def _follow(merge: PersonMerge, actor: Actor) -> None:
    for one in rows.of_people():
        mine, theirs = rows.ids_of(one, merge.kept_id), rows.ids_of(one, merge.gone_id)
        before = rows.stood(one.model, mine)
        if one.run is not None:
            one.run(merge.kept_id, merge.gone_id, actor)
        if moved := rows.ids_of(one, merge.kept_id, theirs):
            merge.moved[f"{one.model}.{one.key}"] = moved
        if changed := rows.changes(before, rows.stood(one.model, mine)):
            merge.overwritten[one.model] = changed


def _take_over(merge: PersonMerge, kept: MissingPerson, other: MissingPerson, take: Collection[str]) -> None:
    before = rows.stood(rows.PERSON, [kept.pk])
    unchosen = kept if "name" in take else other
    names = unchosen.given_names, unchosen.family_name
    fields = [field for one in take for field in TAKEN[one]]
    for field in fields:
        setattr(kept, field, getattr(other, field))
    kept.version = max(kept.version, other.version)  # a form that was open on either record is out of date
    _save(kept, *fields)
    if changed := rows.changes(before, rows.stood(rows.PERSON, [kept.pk])):
        merge.overwritten[rows.PERSON] = changed
    _keep_name(merge, kept, *names)


def _keep_name(merge: PersonMerge, kept: MissingPerson, given: str, family: str) -> None:
    """The name that is not the person's own stays as another one, so that they are still found by it."""
    name = " ".join(part for part in (given, family) if part)
    if not name or name_key(given, family) == kept.name_key:
        return
    row, made = Alias.objects.get_or_create(person=kept, name=name, defaults={"name_key": name_key(name)})
    if made:
        merge.made[_ALIAS] = [row.pk]


def _save(person: MissingPerson, *fields: str) -> None:
    person.version += 1
    person.save(update_fields=[*fields, "version", "updated_at"])


def _tell(ids: Collection[int], actor: Actor, kind: str, words: str) -> None:
    """The incidents that changed their person say so, to the owner and to whoever follows changes."""
    Incident.objects.filter(pk__in=ids).update(updated_at=timezone.now())
    for incident in Incident.objects.filter(pk__in=ids).order_by("pk"):
        sync(incident)
        add_timeline_entry(
            incident_id=incident.pk, kind=kind, actor=actor, audience=Audience.OWNER, summary=words
        )


@transaction.atomic
def undo_merge(*, actor: Actor, person: str, merge: str, reason: str) -> PersonMerge:
    """Divide two records again (`person` and `merge` are references). Raises as `merge_people` does."""
    if not reason.strip():
        raise Invalid({"reason": "Say why they are not one person. This is kept with the record."})
    found = selectors.merge_named(actor, selectors.person_named(actor, person), merge)
    people = _lock([found.kept_id, found.gone_id])
    done = PersonMerge.objects.select_for_update(no_key=True).get(pk=found.pk)
    done.kept, done.gone = people[done.kept_id], people[done.gone_id]
    require(policies.may_undo(actor, done))
    left = _divide(done)
    done.gone.merged_into = None
    done.gone.version = max(done.gone.version, done.kept.version)
    _save(done.gone, "merged_into")
    done.left = {name: count for name, count in sorted(left.items()) if count}
    done.undone_at, done.undone_by_id, done.undone_reason = timezone.now(), actor.user_id, reason.strip()
    done.save(update_fields=["left", "undone_at", "undone_by", "undone_reason"])
    rows.undone(done.kept_id, done.gone_id, actor)
    back = rows.stood("missingcases.Incident", done.moved.get(_INCIDENTS, []))
    ours = [int(pk) for pk, row in back.items() if row["person_id"] == done.gone_id]
    _tell(ours, actor, "person.merge_undone", "A merge of two records was undone")
    for one in MissingPerson.objects.filter(pk__in=people):
        follow_person(one)
    audit.record(
        actor=actor,
        action="person.merge_undone",
        target=done,
        target_ids=[done.kept_id, done.gone_id],
        reason=reason,
    )
    return done


def _divide(done: PersonMerge) -> Counter[str]:
    """Put every row back; what has changed since is left, counted by model."""
    left: Counter[str] = Counter()
    for one in rows.of_people():
        ids: list[int] = done.moved.get(f"{one.model}.{one.key}", [])
        back = rows.move_back(one, ids, kept_id=done.kept_id, gone_id=done.gone_id)
        left[one.model] += len(ids) - len(back)
    for label, fields in done.overwritten.items():
        _, unrestored = rows.put_back(label, fields)
        left[label] += unrestored
    made: list[Any] = done.made.get(_ALIAS, [])
    Alias.objects.filter(pk__in=made, person_id=done.kept_id).delete()
    return left


@transaction.atomic
def tell_apart(*, actor: Actor, person: str, other: str) -> None:
    """Remember for good that two records are not the same person's. Twice is once."""
    require(policies.may_tell_apart(actor))
    low, high = sorted(selectors.person_named(actor, one).pk for one in (person, other))
    if low == high:
        raise Invalid({"other": "These are one record."})
    row, made = NotTheSame.objects.get_or_create(
        low_id=low, high_id=high, defaults={"decided_by_id": actor.user_id}
    )
    if made:
        audit.record(actor=actor, action="person.told_apart", target=row, target_ids=[low, high])
    tell_pair_apart(actor=actor, one_id=low, other_id=high)


LOOKING = Actor.system("merging.duplicates")


def look_for_duplicates(*, organisation_id: int) -> int:
    """Look through the organisation's people for records of one person; returns how many pairs wait.

    What was told apart is not asked again; what was put off long enough is.
    """
    bring_back_put_off(actor=LOOKING, organisation_id=organisation_id)
    apart = selectors.pairs_told_apart(organisation_id)
    return find_duplicates(actor=LOOKING, organisation_id=organisation_id, but=apart)


def put_off(*, actor: Actor, pair_id: int) -> LikelyPair:
    """Decide a likely pair later. Raises `NotVisible`, `Refused`."""
    return _move_opened(actor, pair_id, PairStatus.PUT_OFF)


def take_up(*, actor: Actor, pair_id: int) -> LikelyPair:
    """Put a pair that was put off on the list again. Raises `NotVisible`, `Refused`."""
    return _move_opened(actor, pair_id, PairStatus.TO_DECIDE)


def _move_opened(actor: Actor, pair_id: int, to: PairStatus) -> LikelyPair:
    require(policies.may_decide(actor))
    return move_pair(actor=actor, pair=selectors.pair_opened(actor, pair_id), to=to)
