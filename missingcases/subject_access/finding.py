"""Finding everything that is held about somebody, a few incidents at a time.

The contributions name their models and the keys that lead to people; from the person, and from some of
their incidents at a time, every model is reached that hangs on them, however deep.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.apps import apps

from foundation.actors import Actor
from foundation.contributions import SubjectAccess, SubjectRecord, subject_access, subjects

PERSON, INCIDENT = "missingcases.MissingPerson", "missingcases.Incident"


@dataclass(frozen=True, slots=True)
class Found:
    """A record with the model it is of."""

    model: str
    record: SubjectRecord


def found_from(actor: Actor, root: str, ids: Collection[int]) -> Iterator[Found]:
    """What hangs on these people or incidents, for the actor's own organisation.

    From a person not their incidents' parts, and from an incident not the person: each is asked for once.
    """
    reached: dict[str, set[int]] = {root: set(ids)}
    waiting = [root]
    while waiting:
        target = waiting.pop(0)
        for one in _hanging_on(target):
            if one.model == PERSON and target != PERSON:
                continue
            for record in one.select(sorted(reached[target]), actor):
                yield Found(one.model, record)
            if one.model not in {PERSON, INCIDENT} and _is_a_target(one.model):
                more = _rows(one, reached[target]) - reached.get(one.model, set())
                if more:
                    reached[one.model] = reached.get(one.model, set()) | more
                    waiting.append(one.model)


def found_of_other(actor: Actor, label: str, ids: Collection[int]) -> Iterator[Found]:
    """What is held about somebody who is no missing person: what their service lists, and no more."""
    for subject in subjects():
        if subject.model == label:
            for one in subject.records:
                yield from (Found(one.model, record) for record in one.select(list(ids), actor))


def _hanging_on(target: str) -> list[SubjectAccess]:
    return [one for one in subject_access() if _target_of(one) == target]


def _target_of(one: SubjectAccess) -> str:
    if one.key == "pk":
        return one.model
    label: str = apps.get_model(one.model)._meta.get_field(one.key).related_model._meta.label  # type: ignore[union-attr]
    return label


def _is_a_target(model: str) -> bool:
    return any(_target_of(one) == model and one.model != model for one in subject_access())


def _rows(one: SubjectAccess, ids: Collection[int]) -> set[int]:
    rows = apps.get_model(one.model)._default_manager.filter(**{f"{one.key}__in": list(ids)})
    return set(rows.values_list("pk", flat=True))
