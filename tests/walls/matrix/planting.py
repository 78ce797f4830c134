"""A marker of its own in every text of every row, so that it can be traced from an answer to its field."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from missingcases.models import Alias, MissingPerson
from missingcases.names import name_key
from tests.walls.matrix import no_room

# Words, or a number of the range that is nobody's, however a page writes it.
MARKERS = re.compile(r"zq\d{4}wx|(?:\+44|\(?0)7700\)?[ \u00a0]?900[ \u00a0]?\d{3}")
SHORTEST = len("zq0000wx")
FIRST_NUMBER = 400  # below are the numbers of the world itself


@dataclass(frozen=True)
class Mark:
    """Where one marker stands: a field of a row."""

    marker: str
    field: str
    row: models.Model

    @property
    def model(self) -> str:
        """The label of the model."""
        return self.row._meta.label


def ours() -> list[type[models.Model]]:
    """Every model of the product that has a table; the stand-in for the providers is none of it."""
    found = []
    for model in apps.get_models():
        is_ours = (Path(settings.BASE_DIR) / model.__module__.partition(".")[0]).is_dir()
        if is_ours and model._meta.managed and model._meta.app_label != "sandbox":
            found.append(model)
    return found


def texts(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields of a model that hold text, less those with a choice of values or a link to something."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [one for one in model._meta.concrete_fields if isinstance(one, kinds) and not one.choices]


def why_not(model: type[models.Model], field: models.Field[Any, Any]) -> str:
    """Why the field takes no marker; empty where it does."""
    name = f"{model._meta.label}.{field.name}"
    if name in no_room.FIELDS:
        return no_room.FIELDS[name]
    if name in no_room.WITH_ROOM_ALL_THE_SAME or name in no_room.LEAVES:
        return ""
    if field.name in no_room.EVERYWHERE:
        return no_room.EVERYWHERE[field.name]
    longest = getattr(field, "max_length", None)
    return "shorter than a marker" if longest and longest < SHORTEST else ""


def with_room(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields of a model that take a marker."""
    return [field for field in texts(model) if not why_not(model, field)]


def plant() -> dict[str, Mark]:
    """Put the markers in; what was made of the words is made anew. The marks, by their markers."""
    counted, numbers = itertools.count(1), itertools.count(FIRST_NUMBER)
    marks: dict[str, Mark] = {}
    for model in ours():
        fields = with_room(model)
        if not fields:
            continue
        for row in model._default_manager.order_by("pk"):
            label, planted = model._meta.label, {}
            for field in fields:
                name = f"{label}.{field.name}"
                for marker, value in _sown(name, getattr(row, field.name), counted, numbers):
                    planted[field.name] = value
                    if marker:
                        marks[marker] = Mark(marker, name, row)
            _write(row, planted)
    _made_of_names()
    return marks


def _sown(
    name: str, before: Any, counted: Iterator[int], numbers: Iterator[int]
) -> Iterator[tuple[str, Any]]:
    if name in no_room.NUMBERS:
        number = next(numbers)
        yield f"+447700900{number}", f"+447700900{number}"
        return
    if name in no_room.LEAVES:
        markers: list[str] = []
        as_text = isinstance(before, str)
        if not before:
            return
        value = _leaves(json.loads(before) if as_text else before, counted, markers)
        for marker in markers:
            yield marker, json.dumps(value) if as_text else value
        return
    marker = f"zq{next(counted):04}wx"
    if name in no_room.EMAILS:
        yield marker, f"{marker}@walls.example"
    elif name in no_room.ADDRESSES:
        yield marker, f"https://192.0.2.1/{marker}"
    else:
        yield marker, marker


def _leaves(value: Any, counted: Iterator[int], markers: list[str]) -> Any:
    """The same with every leaf of more than one word changed for a marker."""
    if isinstance(value, dict):
        return {key: _leaves(one, counted, markers) for key, one in value.items()}
    if isinstance(value, list):
        return [_leaves(one, counted, markers) for one in value]
    if isinstance(value, str) and " " in value:
        markers.append(f"zq{next(counted):04}wx")
        return markers[-1]
    return value


def _write(row: models.Model, planted: dict[str, Any]) -> None:
    if not planted:
        return
    for name, value in planted.items():
        setattr(row, name, value)
    if row._meta.label in no_room.APPEND_ONLY:
        row.pk, row._state.adding = None, True
        row.save(force_insert=True)
    else:
        type(row)._base_manager.filter(pk=row.pk).update(**planted)


def _made_of_names() -> None:
    for person in MissingPerson.objects.all():
        MissingPerson.objects.filter(pk=person.pk).update(
            name_key=name_key(person.given_names, person.family_name)
        )
    for alias in Alias.objects.all():
        Alias.objects.filter(pk=alias.pk).update(name_key=name_key(alias.name))
