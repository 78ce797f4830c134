"""Who an actor is to the audience rows, and what standing that gives them on an incident."""

from __future__ import annotations

from collections.abc import Collection
from enum import Flag, auto

from foundation.accounts.enums import CHARITY_STAFF, RECORD_READERS, Role
from foundation.actors import Actor
from foundation.prepared import fetch_all
from missingcases.enums import AUTHORITY_KINDS, RECORD_KINDS, Audience, AudienceKind
from missingcases.models import AudienceRow, Incident

# Everybody of the organisation with one of these sees what the organisation may see. An auditor or
# administrator sees no content; a Return Home Interviewer only what names them (domain.md section 8).
ORGANISATION_WIDE: frozenset[Role] = RECORD_READERS | CHARITY_STAFF | {Role.PARTNER_WORKER, Role.API_CLIENT}
NAMED_ONLY: frozenset[Role] = frozenset({Role.RHI_INTERVIEWER})


_GRANTS = """SELECT a.kind, a.organisation_id FROM missingcases_audiencerow a
    WHERE a.incident_id = %(incident)s AND a.principal = ANY(%(keys)s::text[]) AND a.revoked_at IS NULL"""


class Standing(Flag):
    """What somebody is to one incident. Several may hold at once; none means it does not exist for them."""

    NONE = 0
    OWNER = auto()
    AUTHORITY = auto()
    OFFERED = auto()
    RELEASE = auto()


SEES_RECORD = Standing.OWNER | Standing.AUTHORITY | Standing.OFFERED
# Which entries and notes of an incident a standing opens; who has several reads what any of them opens. Who
# holds a release sees what their own side wrote and what names them, nothing of the record. An entry for
# named people still asks for the name, a charity's for the charity.
_OWN: frozenset[str] = frozenset({Audience.NAMED, Audience.CHARITY})
OPENS: dict[Standing, frozenset[str]] = {
    Standing.RELEASE: _OWN,
    Standing.OFFERED: _OWN | {Audience.EVERYONE},
    Standing.AUTHORITY: _OWN | {Audience.EVERYONE, Audience.AUTHORITY},
    Standing.OWNER: frozenset(Audience.values),
}


def organisation_principal(organisation_id: int, desk: str = "") -> str:
    """The key of a whole organisation, or of one desk (a role) in it."""
    return f"o:{organisation_id}/{desk}" if desk else f"o:{organisation_id}"


def user_principal(user_id: int, organisation_id: int) -> str:
    """The key of one person acting for one organisation."""
    return f"u:{user_id}@{organisation_id}"


def principals_of(actor: Actor) -> frozenset[str]:
    """The keys `actor` reads by. Nobody, and our own machinery, has none: tasks read by id instead."""
    if actor.organisation_id is None or actor.is_system:
        return frozenset()
    found: set[str] = set()
    if actor.holds(ORGANISATION_WIDE):
        found.add(organisation_principal(actor.organisation_id))
        found.update(f"t:{team}" for team in actor.team_ids)
        # A duty manager reads what was released to the desks of their people.
        desks = actor.roles | (CHARITY_STAFF if Role.CHARITY_MANAGER in actor.roles else frozenset())
        found.update(organisation_principal(actor.organisation_id, role) for role in desks)
    if actor.user_id is not None and actor.holds(ORGANISATION_WIDE | NAMED_ONLY):
        found.add(user_principal(actor.user_id, actor.organisation_id))
    return frozenset(found)


def record_principals_of(actor: Actor) -> frozenset[str]:
    """The keys by which `actor` sees records: a desk holds releases and nothing else."""
    return frozenset(one for one in principals_of(actor) if "/" not in one)


def standing(actor: Actor, incident: Incident) -> Standing:
    """What `actor` is to `incident`, from its audience rows alone. One query.

    A page asks it of one incident again and again, so it is prepared: put together anew it took as long as
    the whole timeline.
    """
    keys = principals_of(actor)
    if not keys:
        return Standing.NONE
    found = Standing.NONE
    for kind, organisation_id in fetch_all(_GRANTS, {"incident": incident.pk, "keys": sorted(keys)}):
        found |= _standing_of(kind, owns=organisation_id == incident.owner_id)
    return found


def standings(actor: Actor, incident_ids: Collection[int]) -> dict[int, Standing]:
    """What `actor` is to each of these incidents, but those that do not exist for them. One query."""
    rows = AudienceRow.objects.filter(
        incident_id__in=incident_ids, principal__in=principals_of(actor), revoked_at__isnull=True
    )
    found: dict[int, Standing] = {}
    told = rows.values_list("incident_id", "kind", "organisation_id", "incident__owner_id")
    for incident_id, kind, organisation_id, owner_id in told:
        held = _standing_of(kind, owns=organisation_id == owner_id)
        found[incident_id] = found.get(incident_id, Standing.NONE) | held
    return found


def has_held_release(actor: Actor, incident: Incident) -> bool:
    """Whether anything of the incident was ever released to `actor`, taken back since or not."""
    rows = AudienceRow.objects.filter(incident_id=incident.pk, kind=AudienceKind.RELEASE)
    return rows.filter(principal__in=principals_of(actor)).exists()


def _standing_of(kind: str, *, owns: bool) -> Standing:
    if kind == AudienceKind.RELEASE:
        return Standing.RELEASE
    if kind == AudienceKind.TRANSFER:
        return Standing.OFFERED
    if kind in AUTHORITY_KINDS:
        return Standing.AUTHORITY
    # The owner's row, and a named person: of the owner force, or of another body at its wish.
    return Standing.OWNER if owns else Standing.AUTHORITY


def sees_record(actor: Actor, incident: Incident) -> bool:
    """Whether `actor` sees the record itself, not only what was released from it."""
    return bool(standing(actor, incident) & SEES_RECORD)


__all__ = [
    "OPENS",
    "RECORD_KINDS",
    "SEES_RECORD",
    "Standing",
    "has_held_release",
    "organisation_principal",
    "principals_of",
    "record_principals_of",
    "sees_record",
    "standing",
    "standings",
    "user_principal",
]
