"""Reading the switchboard that `settings.SWITCHBOARD` names, and finding subscribers by name."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from django.conf import settings

from foundation.events.types import Event, Route, Subscriber


class UnroutedEvent(LookupError):
    """An event that the switchboard does not name; adding it there is the mend."""


@cache
def routes() -> dict[type[Event], Route]:
    """Every event and who hears of it."""
    found: dict[type[Event], Route] = import_module(settings.SWITCHBOARD).ROUTES
    return found


def route_of(event: Event) -> Route:
    """The route of `event`; raises `UnroutedEvent` where the switchboard has none."""
    try:
        return routes()[type(event)]
    except KeyError:
        raise UnroutedEvent(event.name) from None


def path_of(subscriber: Subscriber) -> str:
    """The dotted path that an owed row keeps."""
    return f"{subscriber.__module__}.{subscriber.__qualname__}"


@cache
def subscribers() -> dict[str, Subscriber]:
    """Every subscriber by its dotted path: an owed row can only ever call one of these."""
    return {path_of(one): one for route in routes().values() for one in (*route.together, *route.afterwards)}
