"""How long records stay open at an organisation: what is offered, and the most that is allowed."""

from __future__ import annotations

from django.db import transaction

from foundation.access import require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Conflict, Invalid
from missingcases.breakglass import deadlines, policies
from missingcases.breakglass.models import OpeningLength


def length_of(organisation_id: int) -> OpeningLength:
    """What the organisation set; the house's rule, unsaved, where it set nothing."""
    found = OpeningLength.objects.filter(organisation_id=organisation_id).select_related("changed_by").first()
    return found or OpeningLength(organisation_id=organisation_id)


def offered(organisation_id: int) -> list[int]:
    """The lengths, in minutes, that a duty manager of the organisation may choose."""
    length = length_of(organisation_id)
    usual = {one for one in deadlines.LENGTHS if one <= length.most_minutes}
    return sorted(usual | {length.usual_minutes, length.most_minutes})


@transaction.atomic
def set_length(
    *, actor: Actor, version: int, usual_minutes: int, most_minutes: int, reason: str
) -> OpeningLength:
    """Set both, in minutes. What stands open keeps its time. Raises `Refused`, `Invalid`, `Conflict`."""
    require(policies.may_set_length(actor))
    problems: dict[str, str] = {}
    least, most = deadlines.LEAST_MINUTES, deadlines.MOST_MINUTES
    if not least <= most_minutes <= most:
        problems["most_minutes"] = f"Enter {least} to {most} minutes."
    if not least <= usual_minutes <= most_minutes:
        problems["usual_minutes"] = f"Enter {least} minutes or more, and no more than the longest."
    if not reason.strip():
        problems["reason"] = "Say why. This is kept with the record."
    if problems:
        raise Invalid(problems)
    OpeningLength.objects.get_or_create(organisation_id=actor.organisation_id or 0)
    row = OpeningLength.objects.select_for_update(no_key=True).get(organisation_id=actor.organisation_id or 0)
    if row.version != version:
        theirs = {"usual_minutes": row.usual_minutes, "most_minutes": row.most_minutes}
        yours = {"usual_minutes": usual_minutes, "most_minutes": most_minutes}
        raise Conflict(version=row.version, theirs=theirs, yours=yours)
    row.usual_minutes, row.most_minutes = usual_minutes, most_minutes
    row.changed_by_id, row.version = actor.user_id, row.version + 1
    row.save()
    audit.record(
        actor=actor,
        action="breakglass.length_set",
        target=row,
        fields=["usual_minutes", "most_minutes"],
        reason=reason,
    )
    return row
