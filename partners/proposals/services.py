"""Saying why somebody is not referred after a review. A referral itself is `partners.services`."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from foundation.access import Refusal, Refused, require
from foundation.actors import Actor
from foundation.audit import services as audit
from foundation.exceptions import Invalid
from missingcases.enums import Audience
from missingcases.services import add_timeline_entry
from missingcases.services.common import for_writing
from partners.proposals import selectors
from partners.proposals.enums import WhyNot
from partners.proposals.models import NotReferred
from partners.proposals.policies import may_decide

NOTHING_WAITS = Refusal("decided", "Nothing waits: somebody has said so, or has begun a referral, meanwhile.")


@transaction.atomic
def say_why_not(*, actor: Actor, incident_id: int, why: str, words: str = "") -> NotReferred:
    """Keep why nobody is referred after the latest review. Raises `NotVisible`, `Refused`, `Invalid`."""
    incident = for_writing(actor, incident_id)
    require(may_decide(actor, incident))
    if why not in WhyNot.values:
        raise Invalid({"why": "Choose why not."})
    if why == WhyNot.OTHER and not words.strip():
        raise Invalid({"words": "Say which reason."})
    clock = selectors.undecided_of(actor, incident)
    if clock is None:
        raise Refused(NOTHING_WAITS)
    row = NotReferred.objects.create(
        incident=incident,
        clock=clock,
        why=why,
        words=words.strip(),
        said_by_id=actor.user_id,
        said_at=timezone.now(),
    )
    audit.record(actor=actor, action="proposal.not_referred", target=row, incident_id=incident.pk)
    add_timeline_entry(
        incident_id=incident.pk,
        kind="proposal.not_referred",
        actor=actor,
        audience=Audience.OWNER,
        summary="Not referred for tracing after the review",
        subject=(NotReferred._meta.label, row.pk),
    )
    return row
