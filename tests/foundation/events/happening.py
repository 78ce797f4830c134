"""An event of the tests, who hears of it, and what they did."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from foundation.accounts.enums import Role
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.events.services import publish
from foundation.events.types import Event

ADMINISTRATOR = Actor(organisation_id=1, roles=frozenset({Role.ADMINISTRATOR}), user_id=1)


class Cause(enum.StrEnum):
    FOUND = "found"


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    """An event of the tests."""

    thing_id: int
    at: datetime | None = None
    cause: Cause | None = None


def note_it(event: Happened) -> None:
    """Write a body down, so that a test sees that this ran and committed."""
    Organisation.objects.create(
        kind="partner", code=f"noted-{event.thing_id}", name=f"Noted {event.thing_id}"
    )


def write_then_fail(event: Happened) -> None:
    """Write something and then fail, which must undo the write."""
    Organisation.objects.create(kind="partner", code="half", name="Half done")
    raise RuntimeError("the name of somebody missing")


def publish_one(**fields: object) -> None:
    with transaction.atomic():
        publish(Happened(thing_id=1, **fields))


def noted() -> int:
    return Organisation.objects.filter(code="noted-1").count()
