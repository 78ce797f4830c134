"""Asking another force, answering, taking back and ending. The only writers of links.

Lock order: the incidents by id, then the links by id. What is said to the asking force is the same, whether
the reference it named exists, is restricted, or was never given to anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.accounts import selectors as accounts
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.events.services import publish
from foundation.exceptions import Invalid, NotVisible
from foundation.states import move
from missingcases.enums import Audience
from missingcases.links import events, selectors
from missingcases.links.enums import LinkStatus
from missingcases.links.models import RecordLink
from missingcases.links.policies import may_ask
from missingcases.links.states import LINK
from missingcases.matching.selectors import likely_record_at, wanted_of
from missingcases.models import Incident
from missingcases.selectors import records_visible_to
from missingcases.services.common import for_writing, lock_incident
from missingcases.services.timeline import add_timeline_entry

_REFERENCE = re.compile(r"MI-[0-9A-HJKMNP-TV-Z]{8}")
ENDING = Actor.system("links.ending")
# Who of another force did it does not stand on a force's own timeline.
OTHER_SIDE = Actor.system("links.other_side")
ASKED_ALREADY = Refusal("asked", "Your force has asked this already. The question waits for an answer.")
TAKEN_BACK = Refusal("taken_back", "The other force has taken its question back.")


@transaction.atomic
def ask_link(
    *, actor: Actor, incident_id: int, organisation_id: int, named: str = "", words: str = ""
) -> RecordLink:
    """Ask a force whether a record of theirs is about the same person.

    `named` is a reference they gave; without one our machinery may find the record, and tells only them.
    Raises `NotVisible`, `Refused`, `Invalid` by field.
    """
    incident = for_writing(actor, incident_id)
    require(may_ask(actor, incident))
    named = named.strip().upper()
    force = accounts.forces().exclude(pk=incident.owner_id).filter(pk=organisation_id).first()
    if force is None:
        raise Invalid({"force": "Choose another force."})
    if named and not _REFERENCE.fullmatch(named):
        raise Invalid({"named": "A reference reads like MI-7F3K9Q2X. Ask them to read it out again."})
    open_ones = RecordLink.objects.filter(incident=incident, asked=force, status=LinkStatus.ASKED)
    if open_ones.filter(named=named).exists():
        raise Refused(ASKED_ALREADY)
    link = RecordLink.objects.create(
        asking_id=incident.owner_id,
        asked=force,
        incident=incident,
        theirs_id=_meant(actor, incident, force.pk, named),
        named=named,
        words=words.strip(),
        asked_by_id=actor.user_id,
        asked_at=timezone.now(),
    )
    audit.record(actor=actor, action="link.asked", target=link, incident_id=incident.pk)
    _tell(link, [incident], actor, "link.asked", "Another force was asked for a link")
    publish(events.LinkAsked(link_id=link.pk, at=link.asked_at))
    return link


def _meant(actor: Actor, incident: Incident, force_id: int, named: str) -> int | None:
    """The incident of theirs that is meant, as far as our machinery knows; never a restricted one."""
    open_to_ask = Incident.objects.filter(owner_id=force_id, is_restricted=False)
    if named:
        found = open_to_ask.filter(reference=named)
    else:
        person_id = likely_record_at(actor, wanted_of(incident.person), force_id)
        found = open_to_ask.filter(person_id=person_id or 0).order_by("-reported_at", "-pk")
    return found.values_list("pk", flat=True).first()


@transaction.atomic
def accept_link(*, actor: Actor, link_id: int, incident_reference: str) -> RecordLink:
    """Say which incident of one's own it is, and link the two. Two that are linked already stay linked once.

    Raises `NotVisible`, `Refused`, `Invalid`, and `IllegalMove` where the question was taken back.
    """
    link = _asked_of(actor, link_id)
    rows = records_visible_to(actor).filter(owner_id=link.asked_id)
    own = rows.filter(reference=incident_reference.strip().upper()).values_list("pk", flat=True).first()
    if own is None:
        raise Invalid({"incident": "Your force has no incident of this reference that you may see."})
    mine, theirs = _lock(own, link.incident_id)
    if mine.is_restricted or mine.owner_id != link.asked_id:
        raise Invalid({"incident": "A restricted incident is not linked. Speak to the other force."})
    if theirs.is_restricted or theirs.owner_id != link.asking_id:
        raise Refused(TAKEN_BACK)
    pair = Q(incident=mine, theirs=theirs) | Q(incident=theirs, theirs=mine)
    decided = {"decided_by_id": actor.user_id, "decided_at": timezone.now()}
    if RecordLink.objects.filter(pair, status=LinkStatus.ACCEPTED).exists():
        return move(link, LINK, LinkStatus.JOINED, actor=actor, changes=decided)
    done = move(link, LINK, LinkStatus.ACCEPTED, actor=actor, changes={**decided, "theirs_id": mine.pk})
    for other in RecordLink.objects.filter(pair, status=LinkStatus.ASKED).order_by("pk"):
        move(other, LINK, LinkStatus.JOINED, actor=actor, changes=decided)
    _tell(done, [mine, theirs], actor, "link.accepted", "Linked with an incident of another force")
    publish(events.LinkAnswered(link_id=done.pk, at=timezone.now()))
    return done


@transaction.atomic
def decline_link(*, actor: Actor, link_id: int, reason: str) -> RecordLink:
    """Say no, with the reason, which the asking force reads. Raises as `accept_link` does."""
    link = _asked_of(actor, link_id)
    changes = {
        "decided_by_id": actor.user_id,
        "decided_at": timezone.now(),
        "decision_reason": reason.strip(),
    }
    done = move(link, LINK, LinkStatus.DECLINED, actor=actor, reason=reason, changes=changes)
    _tell(done, [link.incident], actor, "link.declined", "The other force declined the link")
    publish(events.LinkAnswered(link_id=done.pk, at=timezone.now()))
    return done


@transaction.atomic
def withdraw_link(*, actor: Actor, link_id: int) -> RecordLink:
    """Take a question back that nobody answered. Raises `NotVisible`, `Refused`."""
    link = _one(selectors.asked_by(actor), link_id)
    done = move(link, LINK, LinkStatus.WITHDRAWN, actor=actor, changes=_ended(actor))
    _tell(done, [link.incident], actor, "link.withdrawn", "The question to another force was taken back")
    return done


@transaction.atomic
def end_link(*, actor: Actor, link_id: int, reason: str) -> RecordLink:
    """End a link from either side. The reason stays with one's own force. Raises `NotVisible`, `Refused`."""
    rows = [*selectors.asked_by(actor).filter(pk=link_id), *selectors.accepted_of(actor).filter(pk=link_id)]
    if not rows:
        raise NotVisible(f"link {link_id}")
    link = rows[0]
    _lock(*_both(link))
    done = move(link, LINK, LinkStatus.ENDED, actor=actor, reason=reason, changes=_ended(actor))
    _tell(done, _incidents(link), actor, "link.ended", "The link with another force has ended")
    return done


def end_for_closed_to_others(*, incident_id: int) -> int:
    """The incident was restricted or has another owner: what linked it ends, whatever the reason was.

    Runs in the transaction that did it, which holds the incident. The other force reads that the link has
    ended, as it does when somebody ends it. Returns how many ended.
    """
    links = list(selectors.live_links_of(incident_id).select_related("incident", "theirs"))
    for link in links:
        to = LinkStatus.WITHDRAWN if link.status == LinkStatus.ASKED else LinkStatus.ENDED
        move(link, LINK, to, actor=ENDING, reason="No longer open to other forces.", changes=_ended(ENDING))
        _tell(link, _incidents(link), ENDING, f"link.{to.value}", "The link with another force has ended")
    return len(links)


def _ended(actor: Actor) -> dict[str, object]:
    return {"ended_by_id": actor.user_id, "ended_at": timezone.now()}


def _asked_of(actor: Actor, link_id: int) -> RecordLink:
    """A question to the actor's force, waiting or not any more: the table says so."""
    rows = RecordLink.objects.filter(asked_id=actor.organisation_id or 0).select_related("incident")
    return _one(rows, link_id)


def _one(rows: QuerySet[RecordLink], link_id: int) -> RecordLink:
    found = rows.filter(pk=link_id).first()
    if found is None:
        raise NotVisible(f"link {link_id}")
    return found


def _both(link: RecordLink) -> list[int]:
    return [link.incident_id, *([link.theirs_id] if link.theirs_id else [])]


def _incidents(link: RecordLink) -> list[Incident]:
    return [link.incident, *([link.theirs] if link.theirs and link.status != LinkStatus.ASKED else [])]


def _lock(*ids: int) -> list[Incident]:
    """Both incidents, the lower id first, in the order asked for."""
    found = {pk: lock_incident(pk) for pk in sorted(set(ids))}
    return [found[pk] for pk in ids]


def _tell(
    link: RecordLink,
    incidents: Iterable[Incident],
    actor: Actor,
    kind: str,
    summary: str,
) -> None:
    """One line on each side's own timeline. It names neither the other force nor its record."""
    for incident in incidents:
        add_timeline_entry(
            incident_id=incident.pk,
            kind=kind,
            actor=actor if actor.organisation_id == incident.owner_id else OTHER_SIDE,
            audience=Audience.OWNER,
            summary=summary,
            subject=(RecordLink._meta.label, link.pk),
            organisation_id=incident.owner_id,
        )
