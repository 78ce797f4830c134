"""The link by which another page raises intelligence from what it shows, and what that link carries.

It names a record by its label and id under our signature and for a day: nobody can make one for a record
that was not shown to them, and the address holds no personal data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils.http import urlencode

from foundation.actors import Actor
from foundation.contributions import Link
from missingcases.intelligence.enums import Origin
from missingcases.intelligence.policies import may_write_intelligence

_SALT = "missingcases.intelligence.raising"
LASTS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Raised:
    """What a report is raised from. `user_id` is whom the link was made for."""

    user_id: int
    origin: str
    label: str
    record_id: int
    incident_id: int | None = None
    source_key: str = ""


def raising_of(
    actor: Actor,
    *,
    origin: Origin,
    label: str,
    record_id: int,
    incident_id: int | None = None,
    source_key: str = "",
) -> Link:
    """The link "Raise intelligence" for a page that has shown the record to `actor`."""
    carried = [actor.user_id, str(origin), label, record_id, incident_id, source_key]
    query = urlencode({"from": signing.dumps(carried, salt=_SALT, compress=True)})
    address = f"{reverse('intelligence:write')}?{query}"
    return Link("Raise intelligence", address, may_write_intelligence(actor))


def raised_from(actor: Actor, carried: str) -> Raised | None:
    """What such a link carries; None where it is none, is too old, or was made for somebody else."""
    try:
        found = Raised(*signing.loads(carried, salt=_SALT, max_age=LASTS))
    except signing.BadSignature:
        return None
    return found if found.user_id == actor.user_id else None
