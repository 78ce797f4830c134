"""What the views of this room share: our own exceptions as problems, ETags, the incident of an address."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from foundation.access import Refused
from foundation.actors import Actor
from foundation.clients.api import ApiView
from foundation.clients.api.base import NOT_FOUND
from foundation.exceptions import Conflict, Invalid, NotVisible
from foundation.problems import Problem
from missingcases import selectors
from missingcases.models import Incident


class CaseApiView(ApiView):
    """A view about incidents."""

    def problem_of(self, error: Exception) -> Problem | None:
        """Ours, then what the base knows."""
        if isinstance(error, NotVisible):
            return NOT_FOUND
        if isinstance(error, Invalid):
            return invalid(error.problems)
        if isinstance(error, Conflict):
            return conflict(error)
        if isinstance(error, Refused) and error.refusal.code == "illegal_move":
            return Problem(409, "illegal_move", "The incident has moved on. Read it again.")
        return super().problem_of(error)


def invalid(problems: dict[str, str]) -> Problem:
    """422, naming each field as the API calls it."""
    named = {name.removesuffix("_id"): said for name, said in problems.items()}
    return Problem(422, "invalid", "Mend the fields that are named and send it again.", errors=named)


def conflict(both: Conflict) -> Problem:
    """409 with both sides: nothing was written."""
    return Problem(
        409,
        "conflict",
        "Somebody saved since you read it. Look at both sides and send it again with this version.",
        version=both.version,
        theirs=_plain(both.theirs),
        yours=_plain(both.yours),
    )


def _plain(side: dict[str, Any]) -> dict[str, Any]:
    shown = (str, int, float, bool, list, date, datetime, type(None))
    return {name: value if isinstance(value, shown) else str(value) for name, value in side.items()}


def one(actor: Actor, reference: str) -> Incident:
    """The incident of an address; the opening is audited. Raises `NotVisible`: 404."""
    return selectors.incident_for(actor, reference)
