"""The answers of the two pulls, whichever way they are asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from foundation.actors import Actor
from missingcases import selectors

READ, WRITE = "incidents:read", "incidents:write"
AFTER = r"^[0-9]{1,16}_[0-9]{1,18}\Z"
CURSOR = r"^([0-9]{1,18}\.)?[0-9]{1,18}\.[0-9]{1,18}\Z"
_FRESH = {"Cache-Control": "private, no-cache"}
Tell = Callable[[Actor, Mapping[str, Any]], HttpResponse]


@dataclass(frozen=True, slots=True)
class Pull:
    """One of them: what its place is called, how that looks, how many at most, and who tells it."""

    place: str
    looks: re.Pattern[str]
    start: str
    size: int
    most: int
    tell: Tell

    def plain(self, given: Mapping[str, str]) -> dict[str, Any] | None:
        """What was asked for, where that is a place and a size and nothing else; None otherwise."""
        if not given.keys() <= {self.place, "limit"}:
            return None
        place, limit = given.get(self.place), given.get("limit", str(self.size))
        if place is not None and not self.looks.match(place):
            return None
        if not (limit.isascii() and limit.isdigit() and len(limit) < 5 and 1 <= int(limit) <= self.most):
            return None
        return {self.place: self.start if place is None else place, "limit": int(limit)}

    def answer(
        self, actor: Actor, known: str, asked: Mapping[str, Any], *, version: str | None = None
    ) -> HttpResponse:
        """The answer, or 304 where the client has it already.

        One small query decides, where the `version` was not asked for before.
        """
        if known:
            tag = f'"{version or selectors.version_of(actor)}"'
            if tag in (one.strip().removeprefix("W/") for one in known.split(",")):
                return HttpResponse(status=304, headers={"ETag": tag, **_FRESH})
        return self.tell(actor, asked)


def _incidents(actor: Actor, asked: Mapping[str, Any]) -> HttpResponse:
    narrowing = selectors.Narrowing(
        status=asked.get("status"),
        is_open=asked.get("open"),
        risk_level=asked.get("risk_level"),
        reported_from=asked.get("reported_from"),
        reported_before=asked.get("reported_before"),
    )
    page = selectors.incident_list(actor, narrowing, after=asked.get("after", ""), size=asked["limit"])
    after = f'"{page.next}"' if page.next else "null"
    return _json(f'{{"incidents": {page.json}, "next": {after}}}', page.version)


def _changes(actor: Actor, asked: Mapping[str, Any]) -> HttpResponse:
    page = selectors.changes_since(actor, asked["cursor"], size=asked["limit"])
    more = "true" if page.has_more else "false"
    return _json(f'{{"changes": {page.json}, "cursor": "{page.cursor}", "has_more": {more}}}', page.version)


def _json(body: str, version: str) -> HttpResponse:
    """JSON that Postgres wrote, as it stands."""
    headers = {"ETag": f'"{version}"', **_FRESH}
    return HttpResponse(body, content_type="application/json", headers=headers)


INCIDENTS = Pull("after", re.compile(AFTER), "", 50, 200, _incidents)
CHANGES = Pull("cursor", re.compile(CURSOR), "0.0", 500, 1000, _changes)
