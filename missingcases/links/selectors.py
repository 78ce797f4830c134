"""Links as each of the two forces may see them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from foundation.accounts.models import Organisation, User
from foundation.accounts.selectors import people_holding
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import NotVisible
from missingcases import schemes
from missingcases.links.enums import LIVE, LinkStatus
from missingcases.links.models import RecordLink
from missingcases.links.policies import may_link
from missingcases.links.states import LINKERS
from missingcases.matching.selectors import contact_of, likely_people, wanted_of
from missingcases.models import Incident
from missingcases.selectors import records_visible_to

SHOWN = 50
_WITH = ("asking", "asked", "incident", "theirs", "asked_by", "decided_by", "ended_by")


def asked_of(actor: Actor) -> QuerySet[RecordLink]:
    """Questions to the actor's force that wait, the oldest first. A linker is shown each of them."""
    if may_link(actor) is not None:
        return RecordLink.objects.none()
    rows = RecordLink.objects.filter(asked_id=actor.organisation_id or 0, status=LinkStatus.ASKED)
    return rows.select_related(*_WITH).order_by("pk")


def asked_by(actor: Actor) -> QuerySet[RecordLink]:
    """What the actor's force asked, about incidents whose record the actor sees, the newest first."""
    rows = RecordLink.objects.filter(
        asking_id=actor.organisation_id or 0, incident__in=records_visible_to(actor).values("pk")
    )
    return rows.select_related(*_WITH)


def accepted_of(actor: Actor) -> QuerySet[RecordLink]:
    """What the actor's force said yes to, about incidents whose record the actor sees."""
    rows = RecordLink.objects.filter(
        asked_id=actor.organisation_id or 0,
        status__in=[LinkStatus.ACCEPTED, LinkStatus.ENDED],
        theirs__in=records_visible_to(actor).values("pk"),
    )
    return rows.select_related(*_WITH)


def link_named(actor: Actor, reference: str) -> RecordLink:
    """The link of this reference, from whichever side the actor is of; audited. Raises `NotVisible`."""
    for rows in (asked_of(actor), asked_by(actor), accepted_of(actor)):
        found = rows.filter(reference=reference).first()
        if found is not None:
            _note(actor, [found])
            return found
    raise NotVisible(reference)


def only(actor: Actor, rows: QuerySet[RecordLink], reference: str) -> RecordLink:
    """The one link of `rows`; audited. Raises `NotVisible`."""
    found = rows.first()
    if found is None:
        raise NotVisible(reference)
    _note(actor, [found])
    return found


def links_of(actor: Actor, incident: Incident) -> list[RecordLink]:
    """The links of one incident of the actor's own force, the newest first; audited."""
    own = asked_by(actor).filter(incident=incident)[:SHOWN]
    found = sorted([*own, *accepted_of(actor).filter(theirs=incident)[:SHOWN]], key=lambda row: -row.pk)
    if found:
        _note(actor, found)
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """The links of a force: to answer, waiting for the other side, and in being."""

    to_answer: list[RecordLink]
    waiting: list[RecordLink]
    linked: list[RecordLink]


def listed(actor: Actor) -> Listed:
    """At most a screenful of each. The read is audited as one entry with the ids."""
    linked = sorted(
        [
            *asked_by(actor).filter(status=LinkStatus.ACCEPTED)[:SHOWN],
            *accepted_of(actor).filter(status=LinkStatus.ACCEPTED)[:SHOWN],
        ],
        key=lambda row: -row.pk,
    )
    found = Listed(
        list(asked_of(actor)[:SHOWN]),
        list(asked_by(actor).filter(status=LinkStatus.ASKED)[:SHOWN]),
        linked[:SHOWN],
    )
    _note(actor, [*found.to_answer, *found.waiting, *found.linked])
    return found


def _note(actor: Actor, rows: list[RecordLink]) -> None:
    audit.record(
        actor=actor, action="link.read", target=RecordLink, target_ids=sorted(row.pk for row in rows)
    )


@dataclass(frozen=True, slots=True)
class OtherSide:
    """What one force may know of the other's record: nothing but these. Empty until both said yes."""

    force: str
    reference: str = ""
    status: str = ""


def own_side_of(actor: Actor, link: RecordLink) -> Incident | None:
    """The actor's own incident of the link; None where the asked force has not said which it is."""
    return link.incident if actor.organisation_id == link.asking_id else link.theirs


def other_side_of(actor: Actor, link: RecordLink) -> OtherSide:
    """The link policy: the force always (and its contact: `contact_at`); reference and status while linked.

    Whatever was restricted or handed over meanwhile is not told, even before the link has ended for it.
    """
    is_asking = actor.organisation_id == link.asking_id
    force, row = (link.asked, link.theirs) if is_asking else (link.asking, link.incident)
    told = OtherSide(force.name)
    if link.status != LinkStatus.ACCEPTED or row is None or row.is_restricted or row.owner_id != force.pk:
        return told
    return OtherSide(told.force, row.reference, schemes.status_label(row.scheme, row.status))


def contact_at(actor: Actor, link: RecordLink) -> str:
    """How to reach the other force."""
    return contact_of(link.asked if actor.organisation_id == link.asking_id else link.asking)


def named_here(actor: Actor, link: RecordLink) -> Incident | None:
    """The incident an asked force may mean: the reference named, else the machinery's guess.

    None, in the same words, for what does not exist and for what the actor does not see.
    """
    rows = records_visible_to(actor).filter(owner_id=actor.organisation_id or 0)
    if link.named:
        return rows.filter(reference=link.named).first()
    return rows.filter(pk=link.theirs_id).first() if link.theirs_id else None


def forces_to_ask(actor: Actor, incident: Incident) -> list[Organisation]:
    """The forces that hold a likely record. The look is audited as a search."""
    found = likely_people(actor, wanted_of(incident.person), most=1).elsewhere
    return list(Organisation.objects.filter(name__in=[one.organisation for one in found]).order_by("name"))


def live_links_of(incident_id: int) -> QuerySet[RecordLink]:
    """For our machinery: what must end when the incident is restricted or goes to another force."""
    rows = RecordLink.objects.filter(status__in=LIVE).order_by("pk")
    asked = rows.filter(incident_id=incident_id)
    return asked | rows.filter(theirs_id=incident_id, status=LinkStatus.ACCEPTED)


def people_to_tell(organisation_id: int) -> list[User]:
    """Who looks after a force's links: everybody who may answer."""
    return list(people_holding(organisation_id, LINKERS).order_by("pk"))
