"""A possible match with a partner and a concern on its way to a responder, for the walls: rows alone."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from missingcases.models import Incident, ReviewClock
from partners.blind.models import Candidate, Pairing, Run
from partners.proposals.models import NotReferred
from partners.routes.models import Concern, Notice
from tests.cast import Member
from tests.missingcases.releasing import agreement
from tests.partners.blind.conftest import partner_member

CANDIDATES = frozenset({"candidate", "confirm", "reject", "take_back"})


def matched_with_a_partner(incident: Incident, supervisor: Member) -> dict[str, str]:
    """The reference for each page of blind matching by the page's name; elsewhere that of the pairing."""
    partner, now = partner_member("walled-partner", "Walled partner", "blind"), timezone.now()
    pairing = Pairing.objects.create(
        holder=incident.owner,
        partner=partner.organisation,
        agreement=agreement(supervisor, partner, "other", "possible_match"),
        key="0" * 64,
        key_made_at=now,
        key_shown_at=now,
        started_by=supervisor.user,
        started_at=now,
    )
    run = Run.objects.create(
        pairing=pairing,
        asked_by=partner.user,
        asked_at=now,
        rows=60,
        compared=1,
        left_out=0,
        found=1,
        threshold=0.78,
        form="harbour-blind-1",
    )
    candidate = Candidate.objects.create(
        pairing=pairing,
        run=run,
        incident=incident,
        label="TR-0417",
        score=1.0,
        is_strong=True,
        status="confirmed_here",
        found_at=now,
        here_by=supervisor.user,
        here_at=now,
        told_at=now,
    )
    return {"": pairing.reference, **dict.fromkeys(CANDIDATES, candidate.reference)}


def not_referred(incident: Incident, supervisor: Member, words: str) -> None:
    """Why nobody was referred for tracing after a review."""
    clock = ReviewClock.objects.filter(incident=incident).order_by("pk").first()
    assert clock is not None
    NotReferred.objects.create(
        incident=incident,
        clock=clock,
        why="other",
        words=words,
        said_by=supervisor.user,
        said_at=timezone.now(),
    )


def routed(incident: Incident, officer: Member, words: str) -> dict[str, str]:
    """The arguments of the pages of concerns. One was referred; a notice names nobody."""
    now = timezone.now()
    Notice.objects.create(
        organisation=incident.owner, responder="home_office", month=date(now.year, now.month, 1)
    )
    concern = Concern.objects.create(
        incident=incident,
        kind="trafficking",
        path="adult",
        status="referred",
        raised_by=officer.user,
        raised_at=now - timedelta(days=2),
        why=words,
        authority_person=words[:120],
        responder="police",
        responder_name=words[:120],
        responder_reference=words[:60],
        referred_on=date(now.year, now.month, 1),
        ended_by=officer.user,
        ended_at=now,
    )
    return {"reference": concern.reference, "incident": incident.reference, "step": "rule-out"}
