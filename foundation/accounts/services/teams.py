"""Teams of an organisation: command units and desks that hold work."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from foundation.access import Refusal, require
from foundation.accounts import policies
from foundation.accounts.models import Organisation, Team
from foundation.actors import Actor
from foundation.audit import services as audit

NO_NAME = Refusal("no_name", "Give the team a name of letters or digits.")
THERE = Refusal("there_already", "There is, or was, a team of this name. Give it another.")


@transaction.atomic
def add_team(*, actor: Actor, name: str) -> Team:
    """Add a team to the actor's own organisation. Raises `Refused`."""
    place = Organisation.objects.select_for_update(no_key=True).get(pk=actor.organisation_id or 0)
    require(policies.may_administer(actor, place.pk))
    words = " ".join(name.split())
    code = slugify(words)[:60]
    require(None if code else NO_NAME)
    require(THERE if place.teams.filter(code=code).exists() else None)
    row = Team.objects.create(organisation=place, code=code, name=words)
    audit.record(actor=actor, action="team.added", target=row, fields=["name"])
    return row


@transaction.atomic
def close_team(*, actor: Actor, team_id: int) -> Team:
    """Close an empty team; what it held stays on record. Raises `Refused`."""
    row = Team.objects.select_for_update(no_key=True).get(pk=team_id)
    require(policies.may_close_team(actor, row))
    row.is_active = False
    row.save(update_fields=["is_active"])
    audit.record(actor=actor, action="team.closed", target=row, fields=["is_active"])
    return row
