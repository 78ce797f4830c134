"""A switchboard for tests: empty until a test writes its routes."""

from foundation.events.types import Event, Route

ROUTES: dict[type[Event], Route] = {}
