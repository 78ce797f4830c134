"""Saying what an incident costs, and noting that figures left as a file."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import require
from foundation.accounts.models import Organisation
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from reports.supported.models import IncidentCost
from reports.supported.policies import may_set_cost

FIRST_YEAR = 1990


@transaction.atomic
def set_cost(
    *, actor: Actor, least_pounds: int, most_pounds: int, price_year: int, source: str, covers: str
) -> IncidentCost:
    """Set it from now on; what was set before stays in the history. Raises `Refused`, `Invalid`."""
    require(may_set_cost(actor))
    problems: dict[str, str] = {}
    if least_pounds < 1:
        problems["least_pounds"] = "Enter a whole number of pounds, 1 or more."
    if most_pounds < least_pounds:
        problems["most_pounds"] = "Enter the same or more than the least."
    if not FIRST_YEAR <= price_year <= timezone.localdate().year:
        problems["price_year"] = f"Enter a year from {FIRST_YEAR} to this one."
    for name, words in (("source", source), ("covers", covers)):
        if not words.strip():
            problems[name] = "Say it: a figure without it means nothing."
    if problems:
        raise Invalid(problems)
    row = IncidentCost.objects.create(
        organisation_id=actor.organisation_id or 0,
        least_pounds=least_pounds,
        most_pounds=most_pounds,
        price_year=price_year,
        source=source.strip(),
        covers=covers.strip(),
        set_by_id=actor.user_id or 0,
        set_at=timezone.now(),
    )
    fields = ["least_pounds", "most_pounds", "price_year", "source", "covers"]
    audit.record(actor=actor, action="supported.cost_set", target=row, fields=fields)
    return row


@transaction.atomic
def record_exported(*, actor: Actor) -> None:
    """The figures left as a file."""
    audit.record(
        actor=actor, action="supported.exported", target=Organisation, target_id=actor.organisation_id
    )
