"""What an app keeps about people, declared as data: the subject access that follows from it.

An app lists a `Holding` for each of its models that leads to a person or an incident; `subject_access`
makes of the list what `config/contributions.py` needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, Model
from django.utils.text import capfirst

from foundation.actors import Actor
from foundation.clock import in_london
from foundation.contributions import SubjectAccess, SubjectRecord


@dataclass(frozen=True, slots=True)
class Holding:
    """One model that holds something about people.

    `key` leads to them, `whose` to the organisation that answers for a row (both as query paths), `at`
    to its time. `fields` are told in words; `withheld` says what else there is and why it is kept back.
    `where` narrows the rows further, for models whose rows several organisations write. `file` is the folder
    and the field with the name of a file there, `file_name` the field with its own name or content type.
    """

    model: str
    key: str
    title: str
    at: str
    fields: tuple[str, ...]
    whose: str
    withheld: str = ""
    where: tuple[tuple[str, object], ...] = ()
    file: tuple[str, str] | None = None
    file_name: str = ""


def subject_access(holdings: Iterable[Holding]) -> tuple[SubjectAccess, ...]:
    """A contribution for each holding, answering for the actor's own organisation alone."""
    return tuple(SubjectAccess(one.model, one.key, _selector(one)) for one in holdings)


def _selector(one: Holding) -> Callable[[Sequence[int], Actor], Sequence[SubjectRecord]]:
    def select(ids: Sequence[int], actor: Actor) -> list[SubjectRecord]:
        if actor.organisation_id is None:
            return []
        model = apps.get_model(one.model)
        wanted = {f"{one.key}__in": list(ids), one.whose: actor.organisation_id, **dict(one.where)}
        rows = model._default_manager.filter(**wanted).order_by(one.at, "pk")
        return [_record(one, row) for row in rows]

    return select


def _record(one: Holding, row: Model) -> SubjectRecord:
    told = tuple((_label(row, name), _words(row, name)) for name in one.fields)
    return SubjectRecord(
        title=one.title,
        at=_follow(row, one.at),
        fields=tuple((label, words) for label, words in told if words),
        withheld=one.withheld,
        row_id=row.pk,
        file=f"{one.file[0]}/{getattr(row, one.file[1])}" if one.file else "",
        file_name=getattr(row, one.file_name) if one.file_name else "",
    )


def _follow(row: Any, path: str) -> datetime:
    for step in path.split("__"):
        row = getattr(row, step)
    at: datetime = row
    return at


def _label(row: Model, name: str) -> str:
    return str(capfirst(str(getattr(row._meta.get_field(name), "verbose_name", name))))


def _words(row: Model, name: str) -> str:
    """A value as somebody reads it; empty where there is none."""
    value = getattr(row, name)
    field = row._meta.get_field(name)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, date):
        return _day(value)
    if isinstance(field, ArrayField):
        return ", ".join(_choice(field.base_field, one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key.replace('_', ' ')}: {_plain(one)}" for key, one in value.items() if one)
    return _choice(field, value)


def _day(value: date) -> str:
    """A day, or a moment on the London clock, as people write it."""
    if isinstance(value, datetime):
        return f"{in_london(value):%d %B %Y, %H:%M}".lstrip("0")
    return f"{value:%d %B %Y}".lstrip("0")


def _choice(field: Any, value: Any) -> str:
    choices = dict(field.flatchoices) if isinstance(field, Field) else {}
    return str(choices.get(value, value))


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
