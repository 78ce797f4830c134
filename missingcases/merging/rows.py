"""Rows as they stood before a merge and after it, and putting them back. Knows no model by name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from foundation.actors import Actor
from foundation.contributions import Merge, merges
from foundation.fields import EncryptedTextField

PERSON = "missingcases.MissingPerson"
# They count saves and tell the time of the last one: nothing of what was known.
_COUNTERS = frozenset({"version", "updated_at"})
Stood = dict[str, dict[str, Any]]


def of_people(*, made_anew: bool = False) -> list[Merge]:
    """The declared ways of rows that hang on a person and move; or of those made anew from them."""
    ways = [one for one in merges() if one.run is not None and one.made_anew == made_anew]
    return [one for one in ways if _points_at_person(one)]


def _points_at_person(one: Merge) -> bool:
    field = apps.get_model(one.model)._meta.get_field(one.key)
    return bool(field.related_model and field.related_model._meta.label == PERSON)  # type: ignore[union-attr]


def ids_of(one: Merge, person_id: int, among: Iterable[int] | None = None) -> list[int]:
    """The rows of this way that hang on the person, of `among` where that is given."""
    rows = _model(one.model)._default_manager.filter(**{one.key: person_id})
    rows = rows if among is None else rows.filter(pk__in=list(among))
    return sorted(rows.values_list("pk", flat=True))


def stood(label: str, ids: Iterable[int]) -> Stood:
    """The fields of these rows, by id, as they can be kept."""
    model = _model(label)
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if field.attname not in _COUNTERS
        and not field.primary_key
        and not isinstance(field, EncryptedTextField)
    ]
    rows = model._default_manager.filter(pk__in=list(ids)).values("pk", *names)
    return {str(row.pop("pk")): _plain(row) for row in rows}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return found


def changes(before: Stood, after: Stood) -> dict[str, dict[str, list[Any]]]:
    """By id, the fields that differ, as ``[before, after]``."""
    found = {
        pk: {name: [value, after[pk][name]] for name, value in row.items() if after[pk][name] != value}
        for pk, row in before.items()
        if pk in after
    }
    return {pk: fields for pk, fields in found.items() if fields}


def move_back(one: Merge, ids: Iterable[int], *, kept_id: int, gone_id: int) -> list[int]:
    """Point the rows at their own record again; those that hang on the kept one no longer are left."""
    still = ids_of(one, kept_id, ids)
    _model(one.model)._default_manager.filter(pk__in=still).update(**{f"{one.key}_id": gone_id})
    return still


def put_back(label: str, overwritten: dict[str, dict[str, list[Any]]]) -> tuple[list[int], int]:
    """Restore what the merge overwrote and nobody wrote since: the ids, and how many fields were left."""
    model = _model(label)
    now = stood(label, [int(pk) for pk in overwritten])
    done, left = [], 0
    for pk, fields in overwritten.items():
        mine = {name: both[0] for name, both in fields.items() if now.get(pk, {}).get(name) == both[1]}
        left += len(fields) - len(mine)
        if mine:
            values = {name: _field(model, name).to_python(value) for name, value in mine.items()}
            more = {"version": models.F("version") + 1} if _has(model, "version") else {}
            model._default_manager.filter(pk=int(pk)).update(**values, **more)
            done.append(int(pk))
    return done, left


def make_anew(kept_id: int, gone_id: int, actor: Actor) -> None:
    """Make what is made of other rows, once those are in their place."""
    for one in of_people(made_anew=True):
        if one.run is not None:
            one.run(kept_id, gone_id, actor)


def undone(kept_id: int, gone_id: int, actor: Actor) -> None:
    """Let every way put right what follows from its rows."""
    for one in (*of_people(), *of_people(made_anew=True)):
        if one.undone is not None:
            one.undone(kept_id, gone_id, actor)


def _model(label: str) -> type[models.Model]:
    return apps.get_model(label)


def _field(model: type[models.Model], attname: str) -> Any:
    return next(field for field in model._meta.concrete_fields if field.attname == attname)


def _has(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)
