"""Where people are known whom we may ask: shapes that services fill, and the way to what they filled in.

The core knows no service. `config/contributions.py` lists under VOICES what each service says of one of
its records: who of them may be asked, and how they can be reached safely.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings

from foundation.access import Refusal
from foundation.actors import Actor
from missingcases.voice.enums import Language, Respondent, Service


@dataclass(frozen=True, slots=True)
class Way:
    """A number that a text may go to now; `words` tell the worker which, where the service shows it."""

    id: int
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who can be asked, by the record that knows them. `url` leads back to it."""

    source: str
    source_id: int
    words: str
    url: str
    service: Service
    respondents: tuple[Respondent, ...]
    incident_id: int | None = None
    ways: tuple[Way, ...] = ()
    language: Language = Language.ENGLISH


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of record. `kind` stands in addresses, `label` is the model's.

    `find(actor, reference)` answers for a record that the actor sees and works on, None for any other.
    `named(actor, id)` does so by its key. `may_text(id, way)` says at any moment, to our machinery too, why
    no text may go there: unsafe, blocked, stopped, erased. `number(id, way)` is the number itself.
    """

    kind: str
    label: str
    find: Callable[[Actor, str], Asked | None]
    named: Callable[[Actor, int], Asked | None]
    may_text: Callable[[int, int], Refusal | None] | None = None
    number: Callable[[int, int], str] | None = None


def sources() -> tuple[Source, ...]:
    """What every service has filled in."""
    return tuple(getattr(import_module(settings.CONTRIBUTIONS), "VOICES", ()))


def of_kind(kind: str) -> Source | None:
    """The source whose records stand under `kind` in addresses."""
    return next((one for one in sources() if one.kind == kind), None)


def of_label(label: str) -> Source | None:
    """The source of a model."""
    return next((one for one in sources() if one.label == label), None)
