"""The graph of stops that set off stops: acyclic and at most two deep, or nothing starts (design.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.core.exceptions import ImproperlyConfigured

from foundation.events.switchboard import path_of, routes
from foundation.events.types import Event, Route, set_off_by

DEEPEST = 2
Routes = Mapping[type[Event], Route]


def refuse_to_start() -> None:
    """Raise `ImproperlyConfigured` with every chain of the switchboard that is too deep or goes round."""
    found = faults_of(routes())
    if found:
        lines = "\n".join(f"  - {words}" for words in found)
        raise ImproperlyConfigured(f"The switchboard cannot be used:\n{lines}")


def faults_of(table: Routes) -> list[str]:
    """What is wrong with the together graph of `table`, in words: one line for each chain."""
    return [words for event in table for words in _follow((event,), table)]


def _follow(trail: tuple[type[Event], ...], table: Routes) -> Iterator[str]:
    event = trail[-1]
    if event not in table:
        yield f"{_words(trail)}: the last is on no route."
    elif event in trail[:-1]:
        yield f"{_words(trail)}: this goes round and round."
    elif table[event].together and len(trail) > DEEPEST:
        names = ", ".join(path_of(one) for one in table[event].together)
        yield f"{_words(trail)}: {names} would run more than {DEEPEST} deep; make it afterwards."
    else:
        for subscriber in table[event].together:
            for following in set_off_by(subscriber):
                yield from _follow((*trail, following), table)


def _words(trail: tuple[type[Event], ...]) -> str:
    return " > ".join(event.name for event in trail)
