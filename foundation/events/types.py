"""What an event and a route are. Events hold ids and times only; they are past tense."""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Self

_LEAN = (int, datetime, type(None))
EVENTS: dict[str, type[Event]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of every event.

    A subclass is itself a frozen, keyword-only dataclass and has only ids (int), times and codes (a
    string enumeration), or None of these.
    """

    name: ClassVar[str]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.name = f"{cls.__module__.split('.')[-2]}.{cls.__name__}"
        EVENTS[cls.name] = cls

    def to_payload(self) -> dict[str, int | str | None]:
        """The event as JSON values; times in ISO 8601."""
        return {
            key: value.isoformat() if isinstance(value, datetime) else _plain(value)
            for key, value in dataclasses.asdict(self).items()
        }

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """The event that `to_payload` wrote."""
        hints = typing.get_type_hints(cls)
        return cls(**{key: _read(value, hints[key]) for key, value in payload.items()})


def _plain(value: Any) -> int | str | None:
    plain: int | str | None = value.value if isinstance(value, enum.Enum) else value
    return plain


def _parts(hint: Any) -> tuple[Any, ...]:
    return typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)


def _is_code(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, str) and issubclass(part, enum.Enum)


def _read(value: Any, hint: Any) -> Any:
    for part in _parts(hint):
        if isinstance(value, str) and part is datetime:
            return datetime.fromisoformat(value)
        if isinstance(value, str) and _is_code(part):
            return part(value)
    return value


def payload_is_lean(event: type[Event]) -> bool:
    """Whether every field of `event` is an id, a time, a code or None: never personal data."""
    hints = typing.get_type_hints(event)
    parts = [part for field in dataclasses.fields(event) for part in _parts(hints[field.name])]
    return all(part in _LEAN or _is_code(part) for part in parts)


Subscriber = Callable[[Any], None]


@dataclass(frozen=True)
class Route:
    """Who hears of an event: `together` in the same transaction, `afterwards` owed and retried alone.

    `lane` is the queue of what comes afterwards.
    """

    together: tuple[Subscriber, ...] = ()
    afterwards: tuple[Subscriber, ...] = ()
    lane: str = "normal"


def sets_off(*events: type[Event]) -> Callable[[Subscriber], Subscriber]:
    """Declare what a subscriber itself publishes. While it runs together it may publish nothing else, so
    that the graph checked at boot (`graph`) is the graph there is.
    """

    def mark(subscriber: Subscriber) -> Subscriber:
        subscriber.sets_off = events  # type: ignore[attr-defined]
        return subscriber

    return mark


def set_off_by(subscriber: Subscriber) -> tuple[type[Event], ...]:
    """The events that a subscriber declared to publish."""
    declared: tuple[type[Event], ...] = getattr(subscriber, "sets_off", ())
    return declared
