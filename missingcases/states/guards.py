"""The building stones of guards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from foundation.access import Refusal
from foundation.actors import Actor
from foundation.states import Guard


def all_of(*guards: Guard) -> Guard:
    """The first refusal of several guards."""

    def check(row: Any, actor: Actor) -> Refusal | None:
        return next((found for guard in guards if (found := guard(row, actor)) is not None), None)

    check.__name__ = "_and_".join(guard.__name__ for guard in guards)
    return check


def only(name: str, condition: Callable[[Any, Actor], bool], code: str, message: str) -> Guard:
    """A guard that holds while `condition` does; `name` is what the drawn table calls it."""

    def check(row: Any, actor: Actor) -> Refusal | None:
        return None if condition(row, actor) else Refusal(code, message)

    check.__name__ = name
    return check
