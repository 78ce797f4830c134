"""Which reviews still wait for a referral or a reason, and whom somebody can be referred to."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from foundation.actors import Actor
from foundation.audit import services as audit
from missingcases.enums import LONG_TERM_REVIEWS, OPEN
from missingcases.models import Incident, ReviewClock
from missingcases.selectors import records_visible_to
from partners.enums import OPEN as RUNNING
from partners.enums import SEARCHES, Takes
from partners.models import Referral
from partners.proposals.deadlines import ASKED_FOR
from partners.proposals.models import NotReferred
from partners.proposals.policies import DECIDERS
from partners.selectors import partners_for
from partners.selectors.directory import Suggestion

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Offer:
    """Partners that take one thing where somebody was last seen."""

    takes: Takes
    partners: list[Suggestion]


def undecided(actor: Actor) -> QuerySet[ReviewClock]:
    """The latest review of each open incident of the force with nothing said or sent since, oldest first."""
    if not actor.holds(DECIDERS) or actor.organisation_id is None:
        return ReviewClock.objects.none()
    held = ReviewClock.objects.filter(
        incident__owner_id=actor.organisation_id,
        incident__status__in=sorted(OPEN),
        incident__in=records_visible_to(actor).values("pk"),
        kind__in=sorted(LONG_TERM_REVIEWS),
        done_at__gte=timezone.now() - ASKED_FOR,
    )
    later = ReviewClock.objects.filter(
        incident_id=OuterRef("incident_id"),
        kind__in=sorted(LONG_TERM_REVIEWS),
        done_at__gt=OuterRef("done_at"),
    )
    said = NotReferred.objects.filter(clock_id=OuterRef("pk"))
    referrals = Referral.objects.filter(incident_id=OuterRef("incident_id"), takes__in=sorted(SEARCHES))
    running = referrals.filter(status__in=sorted(RUNNING))
    since = referrals.filter(sent_at__gte=OuterRef("done_at"))
    rows = held.filter(~Exists(later), ~Exists(said), ~Exists(running), ~Exists(since))
    return rows.select_related("incident__person").order_by(F("done_at").asc(), "pk")


def waiting_listed(actor: Actor) -> list[ReviewClock]:
    """A screenful of them; audited as one entry."""
    found = list(undecided(actor)[:SHOWN])
    audit.record(
        actor=actor,
        action="proposal.list_read",
        target=Incident,
        target_ids=sorted(row.incident_id for row in found),
    )
    return found


def undecided_of(actor: Actor, incident: Incident) -> ReviewClock | None:
    """The review of this incident that waits, if one does."""
    return undecided(actor).filter(incident=incident).first()


def offers_for(incident: Incident) -> list[Offer]:
    """Partners for tracing and for lost contact where the person was last seen."""
    return [
        Offer(takes, partners_for(takes, incident.last_seen_area_id))
        for takes in (Takes.TRACING, Takes.LOST_CONTACT)
    ]


def said_of(actor: Actor, incident: Incident) -> QuerySet[NotReferred]:
    """What was said after earlier reviews, for the force that holds the incident."""
    rows = NotReferred.objects.filter(incident=incident, incident__owner_id=actor.organisation_id or 0)
    return rows.filter(incident__in=records_visible_to(actor).values("pk")).select_related("said_by", "clock")
